"""The region says what is measured and when; a country's values come back, and another approves them there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pydantic import ValidationError

from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Parcel
from panoh.exchange.parcels.documents import Thing
from panoh.exchange.queries.parcels import parcel_shown, what_would_leave
from panoh.exchange.refusals_parcels import StandsOn
from panoh.exchange.tests.make_parcels import Sender, of, partner, somebody
from panoh.plan.actions.indicators import set_level
from panoh.plan.actions.publishing import answer_oddity, publish_period
from panoh.plan.actions.reporting import approve_value, enter_value, feed_value, return_value, submit_value
from panoh.plan.models import Indicator, Level, Period, Plan, Value
from panoh.plan.queries.gate import oddities
from panoh.plan.refusals_values import SubmittedByYou
from panoh.plan.tests.make import adopted, worker
from panoh.plan.tests.measured import approved, entry, indicator, period, second, submitted, target, value

pytestmark = pytest.mark.django_db
DIGEST = "a" * 64


def boss():
    return somebody("secretariat", "one")


def kazakh():
    return somebody("focal_point", "kz", "KZ")


def told(figure: str = "5", **more: Any) -> Thing:
    given = {
        "plan": "jpoa", "indicator": "1.1.1-a", "every": 3, "starts": "2025-01-01", "country": "KZ", "figure": figure,
        "numerator": "", "denominator": "", "words": "", "parts": (), "source_kind": 1, "source": "Yearbook",
        "source_url": "", "digest": "", "note": "", **more,
    }  # fmt: skip
    return of("value", **given)


def measured(**more: Any) -> Period:
    """Return a year that is asked for, of a plan with one indicator."""
    plan = adopted()
    indicator(plan, **more)
    return period(plan)


def taken(by, sender: Sender, *things: Thing, **how: Any) -> Parcel:
    return actions.take_in_parcel(by, actions.receive_parcel(by, sender.sends(*things)), **how)


def counts(by, parcel: Parcel) -> dict[str, int]:
    return {word: n for word, n in parcel_shown(by, parcel).counts.items() if n}


def why(by, parcel: Parcel) -> list[tuple[str, bool]]:
    return [(one.why, one.can_be_taken) for one in parcel_shown(by, parcel).conflicts]


def of_kinds(things: list[Thing], *kinds: str) -> list[Thing]:
    return [thing for thing in things if thing.kind.name in kinds]


MEASURED = ("indicator", "period", "level")


# --- what is measured ----------------------------------------------------------------------------------------------


def test_what_the_region_measures_reaches_a_country_whose_values_come_back() -> None:
    region, kz, theirs = boss(), kazakh(), Sender()
    asked = measured(disclosure=Indicator.Disclosure.INSIDE)
    target(Indicator.objects.get(), number=10)
    for country in ("KZ", "UZ"):
        target(Indicator.objects.get(), number=3, country=country)
    things = of_kinds(what_would_leave(region, partner(Sender(), country="KZ")), *MEASURED)
    assert [thing.key for thing in things] == [
        "jpoa:1.1.1-a", "jpoa:3:2025-01-01", "jpoa:1.1.1-a:2::2025", "jpoa:1.1.1-a:2:KZ:2025",
    ]  # fmt: skip
    with acting_for(region.staff_id):
        for model in (Level, Value, Period, Indicator):
            model.objects.all().delete()
    partner(theirs, country="")
    first = taken(kz, theirs, *things)
    assert {(one.country, one.state) for one in Value.objects.all()} == {(state, 0) for state in ("KZ", "UZ", "TJ")}
    assert set(Level.objects.values_list("country", "number")) == {("", 10), ("KZ", 3)}
    asked = Period.objects.get()
    submit_value(kz, enter_value(kz, value(asked, "KZ"), entry("2.50", note="Schools of the south")))
    (left,) = of_kinds(what_would_leave(kz, partner(Sender(), country="")), "value")
    assert (left.key, left.item.figure) == ("jpoa:1.1.1-a:3:2025-01-01:KZ", "2.5")
    assert of_kinds(what_would_leave(kz, partner(Sender(), country="UZ")), "value") == []
    assert of_kinds(what_would_leave(region, partner(Sender(), country="TJ")), "value") == []
    with pytest.raises(StandsOn):
        actions.take_back_parcel(kz, first)


def test_what_came_is_taken_back_as_long_as_nothing_was_entered() -> None:
    kz, sender = kazakh(), Sender()
    measured()
    target(Indicator.objects.get())
    things = of_kinds(what_would_leave(boss()), *MEASURED)
    with acting_for(boss().staff_id):
        for model in (Level, Value, Period, Indicator):
            model.objects.all().delete()
    partner(sender, country="")
    parcel = taken(kz, sender, *things)
    again = actions.receive_parcel(kz, sender.sends(*things))
    assert counts(kz, again) == {"same": 3}
    actions.decline_parcel(kz, again)
    actions.take_back_parcel(kz, parcel)
    assert not any(model.objects.exists() for model in (Level, Value, Period, Indicator))


def changed(thing: Thing, **change: Any) -> Thing:
    return Thing(thing.kind, thing.item.model_copy(update=change))


def test_how_an_indicator_is_counted_stays_once_values_were_entered() -> None:
    kz, sender = kazakh(), Sender()
    asked = measured()
    one, when = of_kinds(what_would_leave(boss()), "indicator", "period")
    partner(sender, country="")
    over = {one.name, when.name}
    taken(kz, sender, changed(one, every=1), over=over)
    assert not Value.objects.exists()
    taken(kz, sender, one)
    submitted(asked, "KZ")
    came = actions.receive_parcel(kz, sender.sends(changed(one, measure=2), changed(when, due=date(2026, 4, 1))))
    assert why(kz, came) == [
        ("Values were entered for it here as it is counted now.", False),
        ("It stands here in words that did not come from there.", True),
    ]
    actions.take_in_parcel(kz, came, over=over)
    assert (Period.objects.get().due, Indicator.objects.get().measure) == (date(2026, 4, 1), 1)


def test_a_countrys_own_baseline_is_its_to_say_and_goes_to_the_region() -> None:
    kz, sender = kazakh(), Sender()
    measured()
    set_level(kz, Indicator.objects.get(), kind=1, country="KZ", year=2021, number=None, source="No count was made")
    (mine,) = of_kinds(what_would_leave(kz), "level")
    assert (mine.key, mine.item.figure) == ("jpoa:1.1.1-a:1:KZ:", "")
    partner(sender, country="")
    came = actions.receive_parcel(kz, sender.sends(changed(mine, figure="0")))
    assert why(kz, came) == [("This is ours to say, and stands here in other words.", True)]
    actions.take_in_parcel(kz, came)
    assert Level.objects.get().number is None


def test_a_country_measures_nothing_for_the_region() -> None:
    region, sender = boss(), Sender()
    measured()
    things = of_kinds(what_would_leave(region), "indicator", "period")
    partner(sender)
    came = actions.receive_parcel(region, sender.sends(*(changed(one, every=1) for one in things)))
    assert [can for _why, can in why(region, came)] == [False, False]


# --- what a country reports ----------------------------------------------------------------------------------------


def test_a_value_arrives_submitted_and_another_than_who_took_it_in_approves_it() -> None:
    region, sender = boss(), Sender()
    asked = measured()
    partner(sender)
    taken(region, sender, told("0"))
    came = value(asked, "KZ")
    assert (came.state, came.number, came.submitted_by_id) == (Value.State.SUBMITTED, 0, region.staff_id)
    with pytest.raises(SubmittedByYou):
        approve_value(region, came)
    with pytest.raises(DatabaseError), acting_for(region.staff_id), transaction.atomic():
        Value.objects.filter(pk=came.pk).update(state=4, decided_by_id=region.staff_id)
    approve_value(second(), came)
    assert counts(region, actions.receive_parcel(region, sender.sends(told("0")))) == {"same": 1}


def test_what_is_not_reported_never_becomes_0_and_drafts_stay_at_home() -> None:
    kz = kazakh()
    asked = measured()
    assert of_kinds(what_would_leave(kz), "value") == []
    enter_value(kz, value(asked, "KZ"), entry(5))
    assert of_kinds(what_would_leave(kz), "value") == []
    for nothing in ({"figure": ""}, {"figure": "", "numerator": "1"}, {"figure": "1", "denominator": "0"}):
        with pytest.raises(ValidationError):
            told(**nothing)
    submit_value(kz, value(asked, "KZ"))
    assert [thing.item.figure for thing in of_kinds(what_would_leave(kz), "value")] == ["5"]


def test_a_newer_value_replaces_a_submitted_or_returned_one_and_goes_back() -> None:
    region, sender = boss(), Sender()
    asked = measured()
    partner(sender)
    first = taken(region, sender, told("5"))
    newer = actions.receive_parcel(region, sender.sends(told("6")))
    assert counts(region, newer) == {"changed": 1}
    actions.take_in_parcel(region, newer)
    actions.take_back_parcel(region, newer)
    assert value(asked, "KZ").number == 5
    return_value(second(), value(asked, "KZ"), reason="The year is another.")
    with pytest.raises(StandsOn):
        actions.take_back_parcel(region, first)
    last = taken(region, sender, told("7"))
    assert (value(asked, "KZ").state, value(asked, "KZ").number) == (Value.State.SUBMITTED, 7)
    actions.take_back_parcel(region, last)
    actions.take_back_parcel(region, first)
    now = value(asked, "KZ")
    assert (now.state, now.number, now.source, now.submitted_by) == (Value.State.NO_DATA, None, "", None)


def test_what_is_approved_public_or_being_entered_is_never_overwritten() -> None:
    region, sender = boss(), Sender()
    asked = measured()
    partner(sender)

    def stays(words: str, **more: Any) -> None:
        came = actions.receive_parcel(region, sender.sends(told("9", **more)))
        assert why(region, came) == [(words, False)]
        actions.take_in_parcel(region, came, over={told("9").name})

    enter_value(worker("focal_point", "KZ"), value(asked, "KZ"), entry(4))
    stays("Somebody is entering it here.")
    submit_value(worker("focal_point", "KZ"), value(asked, "KZ"))
    approve_value(worker("secretariat"), value(asked, "KZ"))
    stays("It is approved here. Return it with a reason, then take in what comes anew.")
    for country in ("UZ", "TJ"):
        approved(asked, country)
    for odd in oddities(asked):
        answer_oddity(worker("secretariat"), asked, key=odd.key, text="Known.")
    publish_period(worker("secretariat"), asked)
    stays("The figures of this period are public here, and do not change.")
    assert value(asked, "KZ").number == 4


def test_what_was_submitted_here_by_hand_is_a_conflict_that_a_person_decides() -> None:
    region, sender = boss(), Sender()
    asked = measured()
    partner(sender)
    submitted(asked, "KZ", 4)
    came = actions.receive_parcel(region, sender.sends(told("9")))
    assert why(region, came) == [("It stands here in words that did not come from there.", True)]
    actions.take_in_parcel(region, came, over={told().name})
    assert value(asked, "KZ").number == 9


def test_a_value_of_a_signed_release_is_replaced_by_a_release_alone() -> None:
    region, sender = boss(), Sender()
    asked = measured()
    partner(sender)
    feed_value(worker("focal_point", "KZ"), value(asked, "KZ"), entry(4), digest=DIGEST)
    came = actions.receive_parcel(region, sender.sends(told("9")))
    assert why(region, came) == [("It came with a signed statistics release, and changes with the next one.", False)]
    actions.take_in_parcel(region, came)
    next_one = told("9", source_kind=4, digest="b" * 64)
    parcel = taken(region, sender, next_one, over={next_one.name})
    assert (value(asked, "KZ").number, value(asked, "KZ").digest) == (9, "b" * 64)
    actions.take_back_parcel(region, parcel)
    assert (value(asked, "KZ").number, value(asked, "KZ").digest) == (4, DIGEST)


def test_a_value_of_what_is_not_asked_here_or_otherwise_is_not_taken() -> None:
    region, sender = boss(), Sender()
    measured()
    partner(sender)
    given = [told(indicator="9.9"), told(starts="2019-01-01"), told(country="UZ"), told("", words="Many")]
    came = actions.receive_parcel(region, sender.sends(*given))
    assert [can for _why, can in why(region, came)] == [False] * 4
    assert why(region, came)[0][0] == "Its indicator is not here."
    actions.take_in_parcel(region, came)
    came = actions.receive_parcel(region, sender.sends(told(parts=(("sex", "1"),))))
    assert why(region, came) == [("This indicator is reported as a number. Enter that, and nothing else.", False)]
    assert set(Value.objects.values_list("state", flat=True)) == {0}


def test_past_the_steps_a_focal_point_enters_no_other_countrys_value() -> None:
    asked = measured()
    with acting_for(kazakh().staff_id):
        assert Value.objects.filter(period=asked, country="UZ").update(state=1) == 0
        assert Indicator.objects.update(number="x") == Plan.objects.update(edition=9) == 0
