"""A report read in: nothing of it is anywhere until somebody confirms it, and then it can be followed back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction

from panoh.access.clock import now
from panoh.access.entrances import Actor
from panoh.access.models import JobProgress
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.exchange import actions, jobs_reports
from panoh.exchange.actions.reports import MOST_LETTERS
from panoh.exchange.models import Event, EventBody, Position, Proposal, Report, ReportItem, Statement
from panoh.exchange.queries.reports import item_for, report_for, report_shown, reports
from panoh.exchange.refusals import (
    BodyOfThePlan,
    EventFirst,
    ItemDecided,
    ItemOpen,
    LabelInOurWords,
    PersonRejected,
    PositionOfNobody,
    ProposalFirst,
    ReportEmpty,
    ReportTooManyLetters,
    RestsOnIt,
    SameReport,
)
from panoh.exchange.tests.text import REPORT
from panoh.plan.models import Body
from panoh.plan.tests.make import worker

pytestmark = pytest.mark.django_db

EVENT, UNODC, UNICEF, PETROVA, OMAROV, SAID, PROPOSED, LABEL, ALL_SAID, PROPOSAL, POSITION, NUMBER = range(1, 13)


WITHOUT = ("focal_point", "expert", "observer", "plan_editor")


@pytest.fixture
def by() -> Iterator[Actor]:
    for role in (*WITHOUT, "exchange_editor"):  # while the operator may still open accounts
        worker(role)
    actor = worker("secretariat")
    with acting_for(actor.staff_id):
        yield actor


@pytest.fixture
def report(by: Actor) -> Report:
    entered = actions.enter_report(by, text=REPORT, kind=Report.Kind.PASTED)
    return actions.read_report(by, entered)


def confirm(by: Actor, report: Report, *numbers: int) -> Any:
    """Return the item confirmed last."""
    return [actions.confirm_item(by, report, number) for number in numbers][-1]


def rows_of_everything() -> dict[str, int]:
    """Return how many rows each table of plan and exchange has, but those of the reports."""
    kept = {Report, ReportItem}
    tables = [*apps.get_app_config("plan").get_models(), *apps.get_app_config("exchange").get_models()]
    return {one._meta.label: one.objects.count() for one in tables if one not in kept}


def test_what_was_found_is_proposed_at_its_place_and_is_nowhere_else(by: Actor) -> None:
    before = rows_of_everything()
    report = actions.read_report(by, actions.enter_report(by, text=REPORT, kind=Report.Kind.PASTED))
    assert rows_of_everything() == before
    items = list(report.items.all())
    assert {item.kind for item in items} == set(ReportItem.Kind)
    assert all(item.is_open and item.became is None for item in items)
    assert report.items.get(number=SAID).quote == "children learn best in ordinary schools"
    assert (report.language, report.title[:20]) == ("en", "On 5 May 2024, an in")


def test_reading_a_report_twice_finds_nothing_twice(by: Actor, report: Report) -> None:
    before = report.items.count()
    actions.read_report(by, report)
    assert report.items.count() == before


def test_the_database_holds_that_what_is_not_confirmed_became_nothing(by: Actor, report: Report) -> None:
    confirm(by, report, EVENT)
    event = Event.objects.get()
    for changes in ({"event": event}, {"event": event, "state": 4}, {"state": 2}, {"state": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            report.items.filter(number=SAID).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():  # a statement that became an event
        report.items.filter(number=SAID).update(event=event, state=2, decided_by=by.staff_id, decided_at=now())


def test_a_whole_report_enters_with_who_said_what_for_whom(by: Actor, report: Report) -> None:
    confirm(by, report, EVENT, UNODC, UNICEF, PETROVA, OMAROV, SAID, PROPOSAL, POSITION, NUMBER)
    event, said, proposal, position = (each.objects.get() for each in (Event, Statement, Proposal, Position))
    assert (str(event), event.starts) == ("Coming home: what schools and families need", date(2024, 5, 5))
    assert event.moderator == "Anna Petrova, Regional Director of UNICEF"
    assert {(part.body.code, part.part) for part in event.bodies.all()} == {("unodc", 1), ("unicef", 2)}
    assert (said.event, said.speaker, said.body.code) == (event, event.moderator, "unicef")
    assert said.quote == "children learn best in ordinary schools"
    assert (proposal.event, proposal.body.code) == (event, "unodc")
    assert (position.proposal, position.body.code, position.stance) == (proposal, "unicef", Position.Stance.SUPPORTS)
    assert position.taken_on == date(2024, 5, 5)
    assert report.code in position.source
    assert item_for(report, SAID).became == said


def test_a_name_is_kept_only_as_who_said_it_and_who_moderated(by: Actor, report: Report) -> None:
    confirm(by, report, EVENT, UNICEF, PETROVA, SAID)
    told = []
    for table in (*apps.get_app_config("plan").get_models(), *apps.get_app_config("exchange").get_models()):
        if table in {Report, ReportItem}:
            continue
        words = [f.name for f in table._meta.get_fields() if isinstance(f, models.CharField | models.TextField)]
        told += [
            f"{table._meta.model_name}.{name}"
            for row in table.objects.values(*words)
            for name, value in row.items()
            if "Petrova" in str(value)
        ]
    assert sorted(set(told)) == ["event.moderator", "statement.speaker"]


def test_what_was_corrected_enters_so_and_what_was_read_stays_to_be_seen(by: Actor, report: Report) -> None:
    confirm(by, report, EVENT)
    item = actions.correct_item(by, report, SAID, {"words": "UNICEF", "body": "", "country": "UZ", "text": "Schools."})
    said = Statement.objects.get()
    assert (said.speaker, said.country, said.text, said.quote) == ("UNICEF", "UZ", "Schools.", item.quote)
    assert (item.state, item.as_read["text"]) == (3, "children learn best in ordinary schools")
    undone = actions.undo_item(by, report, SAID)
    assert (undone.state, undone.data["text"], undone.as_read) == (1, item.as_read["text"], None)


def test_what_is_rejected_becomes_nothing_and_can_be_taken_up_again(by: Actor, report: Report) -> None:
    before = rows_of_everything()
    assert actions.reject_item(by, report, NUMBER).state == ReportItem.State.REJECTED
    with pytest.raises(ItemDecided):
        confirm(by, report, NUMBER)
    actions.undo_item(by, report, NUMBER)
    assert confirm(by, report, NUMBER).became is None
    assert rows_of_everything() == before


def test_a_thing_waits_for_what_it_needs(by: Actor, report: Report) -> None:
    with pytest.raises(EventFirst):
        confirm(by, report, SAID)
    with pytest.raises(EventFirst):
        confirm(by, report, PROPOSAL)
    confirm(by, report, EVENT)
    with pytest.raises(ProposalFirst):
        confirm(by, report, POSITION)
    confirm(by, report, PROPOSAL)
    with pytest.raises(PositionOfNobody):  # her body is not confirmed
        confirm(by, report, POSITION)
    actions.reject_item(by, report, PETROVA)
    with pytest.raises(PersonRejected):
        confirm(by, report, SAID)


def test_a_label_of_people_enters_only_between_quotation_marks(by: Actor, report: Report) -> None:
    confirm(by, report, EVENT)
    with pytest.raises(LabelInOurWords) as refused:
        confirm(by, report, LABEL)
    assert "foreign terrorist fighters and their families" in str(refused.value)
    with pytest.raises(LabelInOurWords):
        actions.correct_item(by, report, LABEL, {"text": "The foreign terrorist fighters and their families."})
    actions.correct_item(by, report, LABEL, {"text": "Those who return need lawyers."})
    said = Statement.objects.get()
    assert (said.text, said.quote[:8]) == ("Those who return need lawyers.", "foreign ")
    actions.undo_item(by, report, LABEL)
    quoted = "“foreign terrorist fighters and their families” need lawyers"
    assert actions.correct_item(by, report, LABEL, {"text": quoted}).statement.text == quoted


def test_undoing_takes_back_what_nothing_rests_on_and_refuses_the_rest_with_the_reason(
    by: Actor, report: Report
) -> None:
    before = rows_of_everything()
    confirm(by, report, EVENT, UNICEF, SAID, PROPOSAL, POSITION)
    for number in (EVENT, UNICEF, PROPOSAL):
        with pytest.raises(RestsOnIt) as refused:
            actions.undo_item(by, report, number)
        assert str(refused.value).endswith("Undo that first.")
    for number in (POSITION, PROPOSAL, SAID, UNICEF, EVENT):
        actions.undo_item(by, report, number)
    assert rows_of_everything() == before
    with pytest.raises(ItemOpen):
        actions.undo_item(by, report, EVENT)
    report.refresh_from_db()
    assert report.event is None
    assert confirm(by, report, EVENT).event


def test_a_position_taken_back_leaves_the_one_before_it_current(by: Actor, report: Report) -> None:
    proposal = confirm(by, report, EVENT, UNICEF, PROPOSAL).proposal
    unicef = Body.objects.get(code="unicef")
    first = actions.take_position(by, proposal, stance=5, taken_on=date(2024, 1, 1), body=unicef)
    confirm(by, report, POSITION)
    actions.undo_item(by, report, POSITION)
    assert list(Position.objects.filter(is_current=True)) == [first]


def test_a_body_that_is_registered_is_not_registered_twice_and_not_removed(by: Actor, report: Report) -> None:
    known = Body.objects.create(code="unicef", name={"en": "United Nations Children's Fund"}, kind=2)
    assert confirm(by, report, UNICEF).body == known
    actions.undo_item(by, report, UNICEF)
    assert list(Body.objects.all()) == [known]


def test_an_event_entered_before_is_not_entered_again(by: Actor) -> None:
    event = actions.add_event(by, title={"en": "Coming home"}, kind=1)
    report = actions.enter_report(by, text=REPORT, kind=Report.Kind.PASTED, event=event)
    actions.read_report(by, report)
    assert confirm(by, report, EVENT, SAID).statement.event == event
    actions.undo_item(by, report, SAID)
    actions.undo_item(by, report, EVENT)
    assert list(Event.objects.all()) == [event]


def test_many_are_confirmed_at_once_and_what_cannot_enter_stays_with_the_reason(by: Actor, report: Report) -> None:
    confirm(by, report, EVENT)
    done = actions.confirm_items(by, report, [SAID, LABEL, ALL_SAID, SAID, 99])
    assert done.entered == [SAID, ALL_SAID]
    assert [number for number, _why in done.left] == [LABEL, 99]
    assert Statement.objects.count() == 2


def test_what_was_said_under_closed_doors_enters_without_who_said_it(by: Actor, report: Report) -> None:
    event = confirm(by, report, EVENT).event
    Event.objects.filter(pk=event.pk).update(rules=Event.Rules.CHATHAM_HOUSE)
    said = confirm(by, report, SAID).statement
    assert (said.speaker, said.body, said.quote) == ("", None, "")


def test_an_editor_of_the_exchange_links_bodies_and_registers_none(report: Report) -> None:
    editor = worker("exchange_editor")
    with acting_for(editor.staff_id):
        with pytest.raises(BodyOfThePlan):
            confirm(editor, report, UNICEF)
        assert confirm(editor, report, EVENT, SAID).statement.speaker.startswith("Anna Petrova")


@pytest.mark.parametrize("role", WITHOUT)
def test_who_enters_no_reports_sees_none_and_changes_none_not_even_in_the_database(report: Report, role: str) -> None:
    other = worker(role)
    with acting_for(other.staff_id):
        assert not Report.objects.exists()
        assert not ReportItem.objects.exists()
        assert ReportItem.objects.update(state=2) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.create(title="x", kind="text", language="en", text="x", sha256="x", entered_by_id=other.me)
    for step in (actions.confirm_item, actions.reject_item, actions.undo_item):
        with pytest.raises(NotAllowed):
            step(other, report, SAID)


def test_a_text_is_entered_once_and_only_where_there_is_one(by: Actor, report: Report) -> None:
    with pytest.raises(SameReport) as refused:
        actions.enter_report(by, text=REPORT, kind=Report.Kind.TEXT)
    assert report.code in str(refused.value)
    with pytest.raises(ReportEmpty):
        actions.enter_report(by, text=" 12 ", kind=Report.Kind.PASTED)
    with pytest.raises(ReportTooManyLetters):
        actions.enter_report(by, text="a" * (MOST_LETTERS + 1), kind=Report.Kind.PASTED)


def test_a_text_in_which_nothing_happens_is_read_and_holds_nothing(by: Actor) -> None:
    report = actions.read_report(by, actions.enter_report(by, text="Hello there.", kind=Report.Kind.PASTED))
    assert report.state == Report.State.READ
    assert not report_shown(report).items


def test_a_long_report_is_read_in_the_background_and_the_job_says_what_came_of_it(by: Actor) -> None:
    report = actions.enter_report(by, text="\n\n".join([REPORT] * 40), kind=Report.Kind.TEXT)
    code = jobs_reports.begin_reading(by, report)
    assert JobProgress.objects.get(code=code).about == report.code
    jobs_reports.read_in_background(report_code=report.code, staff_id=by.me, job_code=code)
    work, found = JobProgress.objects.get(code=code), report_for(report.code).items.count()
    assert (work.state, work.says[:30]) == (JobProgress.State.DONE, f"{found} things were found. Nothing"[:30])


def test_reading_tells_how_far_it_is(by: Actor) -> None:
    report = actions.enter_report(by, text="\n\n".join([REPORT] * 40), kind=Report.Kind.TEXT)
    told: list[tuple[int, int]] = []
    actions.read_report(by, report, progress=lambda done, total: told.append((done, total)))
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert all(0 < done <= total for done, total in told)
    assert len(told) > 3


def test_the_pages_ask_as_much_for_one_report_as_for_many(
    by: Actor, report: Report, django_assert_num_queries: Any
) -> None:
    actions.read_report(by, actions.enter_report(by, text="\n\n".join([REPORT] * 3), kind=Report.Kind.TEXT))
    with django_assert_num_queries(1):
        assert {one.code: (one.total, str(one.entered_by)) for one in reports()}[report.code][0] == 13
    with django_assert_num_queries(4):
        report_shown(report, ReportItem.Kind.STATEMENT)
    assert EventBody.objects.count() == 0
