"""A review is held in one place and answered in each country; what is withdrawn or returned is known over there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Lesson, Parcel, Proposal
from panoh.exchange.parcels.documents import Thing
from panoh.exchange.queries.lessons import find_lessons
from panoh.exchange.queries.parcels import parcel_shown, what_would_leave
from panoh.exchange.refusals_parcels import StandsOn, WordStays
from panoh.exchange.tests.make import published
from panoh.exchange.tests.make_parcels import Sender, of, partner, proposal, proposed, somebody
from panoh.exchange.tests.test_parcels_with_lessons import told as lesson_told
from panoh.plan.actions.reporting import approve_value, enter_value, return_value, submit_value
from panoh.plan.actions.reviews import (
    close_review,
    doubt_point,
    hold_meeting,
    record_finding,
    report_done,
    submit_answers,
    verify_point,
    write_answers,
)
from panoh.plan.models import ActionPoint, Answer, Finding, Question, Remark, Review, Value
from panoh.plan.refusals_reviews import HeldElsewhere
from panoh.plan.tests.make import adopted, english, worker
from panoh.plan.tests.measured import entry, indicator, period, second, value
from panoh.plan.tests.test_reviews import asked, begun, found, point

pytestmark = pytest.mark.django_db
REVIEW = ("review", "finding", "point")


def boss():
    return somebody("secretariat", "one")


def focal(country: str = "KZ"):
    return somebody("focal_point", country.lower(), country)


def of_kinds(things: list[Thing], *kinds: str) -> list[Thing]:
    return [thing for thing in things if thing.kind.name in kinds]


def taken(by, sender: Sender, *things: Thing, **how: Any) -> Parcel:
    return actions.take_in_parcel(by, actions.receive_parcel(by, sender.sends(*things)), **how)


def counts(by, parcel: Parcel) -> dict[str, int]:
    with acting_for(by.staff_id):
        return {word: n for word, n in parcel_shown(by, parcel).counts.items() if n}


def why(by, parcel: Parcel) -> list[tuple[str, bool]]:
    with acting_for(by.staff_id):
        return [(one.why, one.can_be_taken) for one in parcel_shown(by, parcel).conflicts]


def emptied() -> None:
    """Make another instance of this one: nothing of a review was ever here."""
    with acting_for(boss().staff_id):
        for model in (ActionPoint, Finding, Question, Review):
            model.objects.all().delete()


def held() -> tuple[Review, list[Thing]]:
    """Return a review of the region with a finding and an action point that is verified, and what leaves of it."""
    review = asked(adopted())
    done = report_done(worker("secretariat"), point(review, finding=found(review)), taken="Drafted", evidence="Draft 3")
    verify_point(second(), done)
    with acting_for(boss().staff_id):
        return review, of_kinds(what_would_leave(boss()), *REVIEW, "answer")


# --- a review --------------------------------------------------------------------------------------------------------


def test_a_review_reaches_a_country_whose_answers_come_back_and_are_locked_in_the_region() -> None:
    review, things = held()
    begun(review.plan)  # of which no country knows yet
    assert [thing.kind.name for thing in things] == ["review", "finding", "point"]
    emptied()
    kz, sender = focal(), Sender()
    partner(sender, country="")
    first = taken(kz, sender, *things)
    here = Review.objects.get()
    assert (here.code, here.held_elsewhere, [str(one.text) for one in here.questions.all()]) == (
        review.code, True, ["What was done?", "What was not?"],
    )  # fmt: skip
    write_answers(kz, here, texts={1: "Schools", 2: "Courts"})
    assert of_kinds(what_would_leave(kz), "answer") == []
    submit_answers(kz, here)
    to_region = of_kinds(what_would_leave(kz, partner(Sender(), country="TJ")), "answer")
    assert to_region == []
    answers = of_kinds(what_would_leave(kz), "answer", *REVIEW)
    assert [thing.item.text for thing in answers] == ["Schools", "Courts"]
    with pytest.raises(StandsOn):
        actions.take_back_parcel(kz, first)


def test_in_the_region_answers_enter_in_the_countrys_name_alone_and_stay() -> None:
    review, region, sender = asked(adopted()), boss(), Sender()
    partner(sender)
    mine = {"review": review.code, "question": 1, "country": "KZ", "text": "Schools"}
    came = actions.receive_parcel(region, sender.sends(of("answer", **mine), of("answer", **{**mine, "country": "UZ"})))
    assert [can for _why, can in why(region, came)] == [False]
    actions.take_in_parcel(region, came, over={f"answer:{review.code}:1:UZ"})
    answer = Answer.objects.get()
    assert (answer.country, answer.state, answer.text) == ("KZ", Answer.State.SUBMITTED, "Schools")
    assert counts(region, actions.receive_parcel(region, sender.sends(of("answer", **mine)))) == {"same": 1}
    again = actions.receive_parcel(region, sender.sends(of("answer", **{**mine, "text": "Other"})))
    assert why(region, again) == [("It is submitted here, and locked.", False)]
    with pytest.raises(WordStays):
        actions.take_back_parcel(region, came)


def test_past_the_steps_too_a_parcel_of_one_country_writes_no_answer_of_another() -> None:
    review, sender = asked(adopted()), Sender()
    partner(sender)
    kz = focal()
    waits = actions.receive_parcel(kz, sender.sends(proposal("R-0000-000A")))
    for country, fits in (("UZ", False), ("KZ", True)):
        with acting_for(kz.staff_id), transaction.atomic():
            Parcel.objects.filter(pk=waits.pk).update(state=Parcel.State.TAKING)
            given = {"question": review.questions.first(), "country": country, "text": "x", "state": 2}
            try:
                with transaction.atomic():
                    Answer.objects.create(**given, by_id=kz.me)
            except DatabaseError:
                assert not fits
            else:
                assert fits
            Parcel.objects.filter(pk=waits.pk).update(state=Parcel.State.TAKEN)


def test_what_is_held_elsewhere_is_changed_by_nobody_here_past_the_steps_either() -> None:
    _review, things = held()
    emptied()
    region, sender = boss(), Sender()
    partner(sender, country="")
    parcel = taken(region, sender, *things)
    here, agreed = Review.objects.get(), ActionPoint.objects.get()
    assert (agreed.state, agreed.done_by, agreed.verified_by) == (ActionPoint.State.VERIFIED, None, None)
    action = here.plan.actions.get(code="4.1.1")
    for step in (
        lambda: hold_meeting(region, here, on=date(2026, 11, 1)),
        lambda: close_review(region, here),
        lambda: record_finding(region, here, about=action, kind=1, text=english("x")),
        lambda: doubt_point(region, agreed, because="x"),
    ):
        with pytest.raises(HeldElsewhere):
            step()
    for change in (
        lambda: Review.objects.update(state=4),
        lambda: Review.objects.update(held_elsewhere=False),
        lambda: Question.objects.update(number=9),
        lambda: Finding.objects.update(kind=1),
        lambda: ActionPoint.objects.update(state=1),
        lambda: Review.objects.create(
            plan=here.plan, title=english("x"), kind=1, starts=date(2020, 1, 1), ends=date(2021, 1, 1),
            answers_due=date(2026, 12, 1), held_elsewhere=True,
        ),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), acting_for(region.staff_id), transaction.atomic():
            change()
    actions.take_back_parcel(region, parcel)
    assert not Review.objects.exists()


def test_a_newer_state_of_a_review_replaces_the_last_and_its_own_is_never_overwritten() -> None:
    _review, things = held()
    region, kz, sender = boss(), focal(), Sender()
    partner(sender, country="")
    mine = actions.receive_parcel(region, sender.sends(things[0].__class__(things[0].kind, things[0].item.model_copy(
        update={"met_at": "Elsewhere"}
    ))))  # fmt: skip
    assert why(region, mine) == [("It is held here.", False)]
    actions.decline_parcel(region, mine)
    emptied()
    taken(kz, sender, *things)
    write_answers(kz, Review.objects.get(), texts={1: "Schools"})
    changed = {"state": 3, "met_on": date(2026, 11, 20), "met_at": "Tashkent"}
    newer = Thing(things[0].kind, things[0].item.model_copy(update=changed))
    taken(kz, sender, newer)
    assert (Review.objects.get().state, Review.objects.get().met_at) == (Review.State.MET, "Tashkent")
    other = Thing(things[0].kind, newer.item.model_copy(update={"questions": ((1, (("en", "Else?"),)),)}))
    came = actions.receive_parcel(kz, sender.sends(other))
    assert why(kz, came) == [("Its questions were answered here as they stand.", False)]


def test_a_country_says_nothing_of_a_review_for_the_region() -> None:
    _review, things = held()
    region, sender = boss(), Sender()
    partner(sender)
    changed = [Thing(one.kind, one.item.model_copy(update={"text": (("en", "x"),)})) for one in things[1:]]
    came = actions.receive_parcel(region, sender.sends(*changed))
    assert [can for _why, can in why(region, came)] == [False, False]


# --- a value that was returned ---------------------------------------------------------------------------------------


def test_that_a_value_was_returned_reaches_the_country_with_the_reason_and_no_other() -> None:
    region, kz, sender = boss(), focal(), Sender()
    plan = adopted()
    indicator(plan)
    year = period(plan)
    submit_value(kz, enter_value(kz, value(year, "KZ"), entry("2.50")))
    return_value(region, value(year, "KZ"), reason="The year is another.")
    with acting_for(region.staff_id):
        (back,) = of_kinds(what_would_leave(region, partner(Sender(), country="KZ")), "return")
        assert of_kinds(what_would_leave(region, partner(Sender(), country="UZ")), "return") == []
    assert (back.item.reason, back.item.figure) == ("The year is another.", "2.5")
    again = submit_value(kz, value(year, "KZ"))  # the other instance, where nothing is known of it yet
    approve_value(second(), again)
    partner(sender, country="")
    parcel = taken(kz, sender, back)
    here = value(year, "KZ")
    assert (here.state, here.decided_by_id, here.number) == (Value.State.RETURNED, kz.staff_id, entry("2.50").number)
    assert Remark.objects.filter(value=here, kind=Remark.Kind.RETURNED).latest("pk").text == "The year is another."
    with pytest.raises(WordStays):
        actions.take_back_parcel(kz, parcel)
    submit_value(kz, enter_value(kz, here, entry("3")))
    old = actions.receive_parcel(kz, sender.sends(back))
    assert why(kz, old) == [("Another value stands here by now.", False)]


def test_past_the_steps_a_focal_point_returns_and_approves_nothing() -> None:
    kz = focal()
    plan = adopted()
    indicator(plan)
    submit_value(kz, enter_value(kz, value(period(plan), "KZ"), entry("2")))
    for state in (3, 4):
        with pytest.raises(DatabaseError), acting_for(kz.staff_id), transaction.atomic():
            Value.objects.filter(country="KZ").update(state=state, decided_by_id=kz.staff_id)


# --- what a country withdraws ----------------------------------------------------------------------------------------


def test_a_withdrawn_proposal_is_withdrawn_in_the_region_and_a_decided_one_stays() -> None:
    kz, region, sender = focal(), boss(), Sender()
    mine, merged = (proposed(kz, title, "KZ") for title in ("Training", "Textbooks"))
    for one in (mine, merged):
        actions.withdraw_proposal(kz, one)
    with acting_for(kz.staff_id):
        gone = of_kinds(what_would_leave(kz), "withdrawal")
        assert of_kinds(what_would_leave(kz, partner(Sender(), country="UZ")), "withdrawal") == []
    assert [thing.key for thing in gone] == [f"proposal:{mine.code}", f"proposal:{merged.code}"]
    with acting_for(region.staff_id):  # where they stand as they were sent
        Proposal.objects.filter(pk=mine.pk).update(state=Proposal.State.CIRCULATED)
        Proposal.objects.filter(pk=merged.pk).update(state=Proposal.State.ADOPTED)
    partner(sender)
    foreign = of("withdrawal", of="proposal", code=proposed(region, "Theirs", "UZ").code, country="KZ")
    came = actions.receive_parcel(region, sender.sends(*gone, foreign))
    assert why(region, came) == [
        ("It was decided on, or merged, here.", False),
        ("It is another country's here.", False),
    ]
    actions.take_in_parcel(region, came)
    assert [one.state for one in (Proposal.objects.get(pk=mine.pk), Proposal.objects.get(pk=merged.pk))] == [
        Proposal.State.WITHDRAWN, Proposal.State.ADOPTED,
    ]  # fmt: skip
    decisions = of_kinds(what_would_leave(region, partner(Sender(), country="UZ")), "decision")
    assert (mine.code, Proposal.State.WITHDRAWN) in [(one.item.proposal, one.item.state) for one in decisions]
    with pytest.raises(WordStays):
        actions.take_back_parcel(region, came)


def test_a_lesson_that_came_and_its_country_shares_no_more_is_gone_in_the_region_and_then_everywhere() -> None:
    kz, region, uz = focal(), boss(), focal("UZ")
    theirs, ours = Sender(), Sender()
    partner(theirs, country="")
    taken(kz, theirs, lesson_told())  # which the region had written
    with acting_for(kz.staff_id):
        here = Lesson.objects.get()
        assert of_kinds(what_would_leave(kz), "withdrawal") == []
    actions.withdraw_lesson(kz, here)
    with acting_for(kz.staff_id):
        (gone,) = of_kinds(what_would_leave(kz), "withdrawal")
    assert gone.item.model_dump() == {"of": "lesson", "code": here.code, "country": "KZ"}
    shared = published(country="KZ")  # the one that the region wrote, as it stands there
    partner(ours)
    to_uz = partner(Sender(), country="UZ")
    actions.send_parcel(region, to_uz)
    with acting_for(uz.staff_id):
        assert shared.code in {one.code for one in find_lessons("certificates")}
    taken(region, ours, of("withdrawal", of="lesson", code=shared.code, country="KZ"))
    with acting_for(uz.staff_id):
        assert shared.code not in {one.code for one in find_lessons("certificates")}
    with acting_for(region.staff_id):
        found = Lesson.objects.get(code=shared.code)
        assert (found.state, found.consent_on) == (Lesson.State.WITHDRAWN, None)
        told = {one.item.code: one.item.state for one in of_kinds(what_would_leave(region, to_uz), "lesson")}
    assert told[shared.code] == Lesson.State.WITHDRAWN
