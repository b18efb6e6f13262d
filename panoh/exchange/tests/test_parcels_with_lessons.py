"""A lesson that its country shares is read elsewhere as it stood there, and changed nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pydantic import ValidationError

from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Lesson, Parcel
from panoh.exchange.parcels.documents import Thing
from panoh.exchange.parcels.files import unpacked
from panoh.exchange.parcels.kinds import KINDS
from panoh.exchange.queries.lessons import find_lessons, lesson_shown
from panoh.exchange.queries.parcels import checked, parcel_shown, shown_of, what_would_leave
from panoh.exchange.refusals import LessonFromElsewhere
from panoh.exchange.refusals_parcels import ChangedSince, StandsOn
from panoh.exchange.tests.make import lesson, published
from panoh.exchange.tests.make_parcels import Sender, of, partner, somebody
from panoh.plan.tests.make import english, worker

pytestmark = pytest.mark.django_db
A = "K-0000-000A"
PLAIN = {"kind": 1, "strength": 1, "title": english("Not reviewed")}
GONE = {"code": A, "country": "KZ", "state": 4}


def told(code: str = A, country: str = "KZ", **more: Any) -> Thing:
    given = {
        "code": code, "country": country, "state": 3, "kind": 1, "strength": 3, "secrecy": 2,
        "title": (("ru", "Свидетельства через суд"), ("en", "Certificates")), "tried": (("en", "A judge comes."),),
        "tags": ("documents",), "consent_on": "2026-11-01", **more,
    }  # fmt: skip
    return of("lesson", **given)


def boss():
    return somebody("secretariat", "one")


def taken(by, sender: Sender, *things: Thing) -> Parcel:
    return actions.take_in_parcel(by, actions.receive_parcel(by, sender.sends(*things)))


def shown_to(by, parcel: Parcel):
    with acting_for(by.staff_id):
        return parcel_shown(by, parcel)


def counts(by, parcel: Parcel) -> dict[str, int]:
    return {word: n for word, n in shown_to(by, parcel).counts.items() if n}


def leaving(by) -> dict[str, int]:
    with acting_for(by.staff_id):
        return {thing.key: thing.item.state for thing in what_would_leave(by) if thing.kind.name == "lesson"}


def test_what_is_shared_leaves_and_no_draft_no_national_lesson_and_nobody_who_wrote_or_agreed() -> None:
    kz = somebody("focal_point", "kz", "KZ")
    shared = published()
    lesson(title=english("A draft"))
    published(country="", by=worker("secretariat"), title=english("Of no country"))
    assert leaving(kz) == {shared.code: 3}
    assert len(leaving(boss())) == 2
    sent = actions.send_parcel(kz, partner(Sender(), country=""))
    assert "Birth certificates" in sent.content
    assert not any(name in sent.content for name in ("focal_point KZ", "Office of KZ", "expert"))


def test_a_lesson_that_is_shared_no_more_is_said_to_be_gone_to_those_who_were_told() -> None:
    kz, to = somebody("focal_point", "kz", "KZ"), partner(Sender(), country="")
    shared, other = published(), published()
    actions.withdraw_lesson(worker("focal_point", "KZ"), other)
    assert leaving(kz) == {shared.code: 3}
    actions.send_parcel(kz, to)
    actions.take_back_lesson(worker("focal_point", "KZ"), shared)
    with acting_for(kz.staff_id):
        (gone,) = what_would_leave(kz, to)
    assert gone.item == KINDS["lesson"].schema(code=shared.code, country="KZ", state=4)


def test_it_stands_published_without_a_reviewer_here_and_is_found_in_its_languages() -> None:
    uz, sender = somebody("focal_point", "uz", "UZ"), Sender()
    made = partner(sender, country="")
    taken(uz, sender, told(body="unknown", event="V-0"), told("K-0000-000B", "", consent_on=None))
    with acting_for(uz.staff_id):
        found = Lesson.objects.get(code=A)
        assert (found.state, found.author, found.reviewed_by, found.came_from) == (3, None, None, made.code)
        assert (found.consent_by, str(found.consent_on), found.body, found.version) == ("KZ", "2026-11-01", None, 1)
        assert {one.code for one in find_lessons("certificates")} == {A, "K-0000-000B"}
        shown = lesson_shown(uz, found)
    assert (shown.sender, shown.steps) == ("Instance of the region", frozenset({"propose"}))
    assert counts(uz, actions.receive_parcel(uz, sender.sends(told()))) == {"same": 1}


def test_its_page_says_where_it_came_from_and_offers_no_change() -> None:
    editor, sender = boss(), Sender()
    partner(sender, country="")
    taken(editor, sender, told())
    client = Client()
    client.force_login(editor.staff)
    page = client.get(f"/exchange/lessons/{A}/").content.decode()
    assert "It came from Instance of the region, where it was reviewed, and is changed there." in page
    assert "Kazakhstan, " in page
    assert f"/exchange/lessons/{A}/take-back/" not in page


def test_a_newer_one_makes_a_version_a_withdrawn_one_is_hidden_and_each_goes_back() -> None:
    uz, sender = somebody("focal_point", "uz", "UZ"), Sender()
    partner(sender, country="")
    first = taken(uz, sender, told())
    second = actions.receive_parcel(uz, sender.sends(told(tried=(("en", "Two judges come."),))))
    assert counts(uz, second) == {"changed": 1}
    actions.take_in_parcel(uz, second)
    third = taken(uz, sender, of("lesson", **GONE))
    with acting_for(uz.staff_id):
        found = Lesson.objects.get(code=A)
        assert (found.state, found.version, found.versions.count()) == (Lesson.State.WITHDRAWN, 2, 2)
    for parcel in (third, second):
        actions.take_back_parcel(uz, parcel)
    with acting_for(uz.staff_id):
        found.refresh_from_db()
        assert (found.state, str(found.tried), found.version) == (Lesson.State.PUBLISHED, "A judge comes.", 3)
    actions.take_back_parcel(uz, first)
    assert not Lesson.objects.exists()


def test_what_is_gone_and_never_stood_here_is_not_taken() -> None:
    uz, sender = somebody("focal_point", "uz", "UZ"), Sender()
    partner(sender, country="")
    (one,) = shown_to(uz, actions.receive_parcel(uz, sender.sends(of("lesson", **GONE)))).conflicts
    assert (one.why, one.can_be_taken) == ("It is not shared any more, and never stood here.", False)


def test_a_lesson_that_was_written_here_is_never_overwritten() -> None:
    kz, sender = somebody("focal_point", "kz", "KZ"), Sender()
    partner(sender, country="")
    shared, draft = published(), lesson(title=english("A draft"))
    came = actions.receive_parcel(kz, sender.sends(told(shared.code), told(draft.code)))
    assert {(one.why, one.can_be_taken) for one in shown_to(kz, came).conflicts} == {
        ("It was written here, and stands here in other words.", False)
    }
    actions.take_in_parcel(kz, came, over={f"lesson:{shared.code}", f"lesson:{draft.code}"})
    with acting_for(kz.staff_id):
        assert not Lesson.objects.exclude(came_from="").exists()


def test_whoever_does_not_read_a_lesson_that_stands_here_is_not_told_that_it_is_new() -> None:
    editor, sender = boss(), Sender()
    partner(sender, country="")
    taken(editor, sender, told())
    seen = checked(unpacked(sender.sends(told(), told("K-0000-000B"))))
    with acting_for(None):  # the operator, as `panoh exchange unpack` does without --as
        found = {one.thing.key: (one.verdict, one.why) for one in shown_of(Actor.operator(), seen)}
    unread = "It stands here, where you do not read it. Let somebody look who does."
    assert found == {A: ("conflict", unread), "K-0000-000B": ("new", "")}


def test_only_its_own_country_changes_what_came_and_then_it_is_reviewed_here() -> None:
    editor, kz, sender = somebody("secretariat", "one"), somebody("focal_point", "kz", "KZ"), Sender()
    partner(sender, country="")
    parcel = taken(editor, sender, told(), told("K-0000-000B", "UZ"))
    with acting_for(editor.staff_id):
        ours, theirs = Lesson.objects.get(code=A), Lesson.objects.get(code="K-0000-000B")
    for step in (
        lambda: actions.take_back_lesson(editor, theirs),
        lambda: actions.translate_lesson(editor, theirs, language="kk", texts={"title": "x"}, seen_version=1),
    ):
        with pytest.raises(LessonFromElsewhere):
            step()
    assert actions.translate_lesson(kz, ours, language="kk", texts={"title": "x"}, seen_version=1).state == 3
    draft = actions.take_back_lesson(kz, ours)
    assert (draft.came_from, draft.state) == ("", Lesson.State.DRAFT)
    with pytest.raises(ChangedSince):
        actions.take_back_parcel(editor, parcel)
    assert actions.withdraw_lesson(editor, theirs).state == Lesson.State.WITHDRAWN
    came = actions.receive_parcel(editor, sender.sends(told("K-0000-000B", "UZ")))
    assert [one.why for one in shown_to(editor, came).conflicts] == [
        "It stands here in words that did not come from there."
    ]


def test_past_the_steps_too_nobody_evades_the_review_by_naming_a_partner() -> None:
    editor, sender = boss(), Sender()
    made = partner(sender, country="")
    mine = actions.submit_lesson(worker("focal_point", "KZ"), lesson())
    waits = actions.receive_parcel(editor, sender.sends(told()))

    def past_the_steps(step: Callable[[], Any]) -> None:
        with acting_for(editor.staff_id), transaction.atomic():
            Parcel.objects.filter(pk=waits.pk).update(state=Parcel.State.TAKING)
            step()
            Parcel.objects.filter(pk=waits.pk).update(state=Parcel.State.TAKEN)

    for change in ({"came_from": made.code}, {"came_from": made.code, "state": 3}, {"state": 3}):
        with pytest.raises(DatabaseError):
            past_the_steps(lambda change=change: Lesson.objects.filter(pk=mine.pk).update(**change))
    for given in ({"code": "K-0000-000C", "came_from": made.code}, {"code": A, "came_from": "N-0000-0000"}):
        with pytest.raises(DatabaseError):
            past_the_steps(lambda given=given: Lesson.objects.create(**PLAIN, state=3, **given))
    actions.take_in_parcel(editor, waits)
    for change in ({"came_from": ""}, {"title": english("x")}, {"state": 2}, {"consent_by": "Us"}):
        with pytest.raises(DatabaseError), acting_for(editor.staff_id), transaction.atomic():
            Lesson.objects.filter(code=A).update(**change)


def test_what_a_proposal_came_out_of_is_not_taken_back() -> None:
    editor, sender = boss(), Sender()
    partner(sender, country="")
    parcel = taken(editor, sender, told())
    with acting_for(editor.staff_id):
        found = Lesson.objects.get(code=A)
    actions.add_proposal(editor, title=english("Courts"), text=english("x"), lesson=found)
    with pytest.raises(StandsOn):
        actions.take_back_parcel(editor, parcel)


@pytest.mark.parametrize("lack", [{"consent_on": None}, {"title": ()}, {"kind": 0}, {"secrecy": 3}, {"state": 1}])
def test_a_lesson_without_consent_title_or_kind_or_for_its_country_only_is_no_lesson(lack: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        told(**lack)
