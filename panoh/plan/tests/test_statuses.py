"""Each country reports for itself, with a source; what it said stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from panoh.access.clock import today
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.plan import actions, refusals
from panoh.plan.actions import Wanted
from panoh.plan.models import Funding, Plan, PlanAction, Reached, Status
from panoh.plan.tests.make import adopted, english, plan, worker

pytestmark = pytest.mark.django_db
SHOWN = {"evidence_kind": "document", "evidence": "https://example.org/a", "evidence_on": date(2024, 5, 14)}


def of(found: Plan, number: str) -> PlanAction:
    return found.actions.select_related("plan", "area", "parent").get(code=number, until=None)


def test_a_report_is_added_to_those_before_and_the_latest_day_counts() -> None:
    act, by = of(adopted(), "1.1.1"), worker("focal_point", "KZ")
    for state, on in ((2, date(2024, 1, 1)), (4, date(2025, 1, 1)), (1, date(2023, 1, 1))):
        actions.report_status(by, act, country="KZ", state=state, on=on, source="ministry")
    assert [one.state for one in act.statuses.filter(country="KZ")] == [4, 2, 1]


@pytest.mark.parametrize(("given", "refused"), [
    ({"state": 3}, refusals.DoneNeedsEvidence),
    ({"state": 2, "evidence": "https://example.org/a"}, refusals.EvidenceInPart),
    ({"state": 2, "on": date(2999, 1, 1)}, refusals.DayToCome),
    ({"state": 2, "country": "UZ"}, refusals.NotYourCountry),
    ({"state": 2, "country": ""}, refusals.NotYourCountry),
])  # fmt: skip
def test_a_report_that_cannot_be_is_refused_with_the_reason(given: dict[str, Any], refused: type[Exception]) -> None:
    act, by = of(adopted(), "1.1.1"), worker("focal_point", "KZ")
    with pytest.raises(refused):
        actions.report_status(by, act, **{"country": "KZ", "source": "ministry", **given})
    assert not Status.objects.exists()


def test_done_is_told_with_its_evidence() -> None:
    act, by = of(adopted(), "1.1.1"), worker("focal_point", "KZ")
    told = actions.report_status(by, act, country="KZ", state=3, source="ministry", **SHOWN)
    assert (told.state, told.evidence_on) == (Status.State.DONE, date(2024, 5, 14))


def test_the_secretariat_reports_for_any_country_that_the_action_concerns() -> None:
    by, found = worker("secretariat"), plan()
    actions.edit_action(by, of(found, "1.1.1"), Wanted("1.1", "1.1.1", english("Dialogue"), states=("UZ",)))
    actions.adopt_plan(by, found, on=today())
    actions.report_status(by, of(found, "1.1.1"), country="UZ", state=2, source="news")
    with pytest.raises(refusals.CountryNotConcerned):
        actions.report_status(by, of(found, "1.1.1"), country="KZ", state=2, source="news")
    with acting_for(by.staff_id), pytest.raises(DatabaseError, match="does not concern"), transaction.atomic():
        Status.objects.create(action=of(found, "1.1.1"), country="KZ", state=2, on=today(), source="news")


def test_a_draft_and_a_dropped_action_have_nothing_to_report_on() -> None:
    by, found = worker("secretariat"), plan()
    with pytest.raises(refusals.NothingToReportOn):
        actions.report_status(by, of(found, "1.1.1"), country="UZ", state=2, source="news")


@pytest.mark.parametrize("role", ["focal_point", "observer", "expert"])
def test_past_the_steps_the_database_lets_nobody_report_for_another_country(role: str) -> None:
    act, other = of(adopted(), "1.1.1"), worker(role, "KZ")
    with acting_for(other.staff_id), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Status.objects.create(action=act, country="UZ", state=2, on=today(), source="news")
    with acting_for(other.staff_id), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Funding.objects.create(action=act, year=2026, currency="USD", planned=1, source="news")


def test_a_focal_point_without_a_country_speaks_for_nobody() -> None:
    act, nobody = of(adopted(), "1.1.1"), worker("focal_point")
    with pytest.raises(NotAllowed):
        actions.record_funding(nobody, act, year=2026, currency="USD", planned=Decimal(1), source="news")
    with acting_for(nobody.staff_id), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Funding.objects.create(action=act, year=2026, currency="USD", planned=1, source="news")


@pytest.mark.parametrize("role", ["focal_point", "secretariat"])
def test_what_was_reported_is_not_changed_nor_taken_away_even_past_the_steps(role: str) -> None:
    act, by = of(adopted(), "1.1.1"), worker(role, "KZ")
    told = actions.report_status(by, act, country="KZ", state=2, source="ministry")
    for change in (lambda: Status.objects.update(state=1), told.delete):
        with acting_for(by.staff_id), pytest.raises(DatabaseError, match="add another"), transaction.atomic():
            change()


def test_a_milestone_is_reached_by_each_country_or_by_all_together() -> None:
    act, editor, focal = of(adopted(), "1.1.1"), worker("secretariat"), worker("focal_point", "KZ")
    each = actions.add_milestone(editor, act, text=english("Law passed"), due=date(2024, 1, 1))
    joint = actions.add_milestone(editor, act, text=english("First meeting"), due=date(2024, 1, 1), for_each=False)
    reached = actions.reach_milestone(focal, each, country="KZ", on=date(2024, 2, 1), source="gazette")
    actions.reach_milestone(editor, joint, on=date(2024, 2, 1), source="news")
    for by, milestone, country, refused in (
        (focal, each, "KZ", refusals.ReachedAlready), (focal, each, "UZ", refusals.NotYourCountry),
        (focal, joint, "", refusals.NotYourCountry), (editor, each, "", refusals.ReachedEach),
        (editor, joint, "UZ", refusals.ReachedTogether),
    ):  # fmt: skip
        with pytest.raises(refused):
            actions.reach_milestone(by, milestone, country=country, on=date(2024, 2, 1), source="news")
    with pytest.raises(refusals.ActionInUse):
        actions.remove_milestone(editor, each)
    actions.take_back_reached(focal, reached)
    actions.remove_milestone(editor, each)
    assert [str(one.milestone) for one in Reached.objects.all()] == ["First meeting"]


def test_money_is_recorded_by_year_and_funder_and_what_nobody_said_stays_empty() -> None:
    act, editor, focal = of(adopted(), "1.1.1"), worker("secretariat"), worker("focal_point", "KZ")
    donor = actions.add_body(editor, code="donor", name=english("Donor"), kind=6)
    money = {"year": 2026, "currency": "USD", "source": "budget law"}
    actions.record_funding(focal, act, country="KZ", planned=Decimal(500), **money)
    actions.record_funding(focal, act, country="KZ", planned=Decimal(600), **money)
    given = actions.record_funding(editor, act, funder=donor, paid=Decimal("12.50"), **money)
    assert list(act.funding.values_list("country", "planned", "paid").order_by("country")) == [
        ("", None, Decimal("12.50")), ("KZ", Decimal(600), None),
    ]  # fmt: skip
    with pytest.raises(refusals.AmountMissing):
        actions.record_funding(editor, act, **money)
    with pytest.raises(refusals.NotYourCountry):
        actions.take_out_funding(focal, given)
    actions.take_out_funding(editor, given)


def test_an_action_that_has_parts_is_dropped_after_them_only() -> None:
    by, found = worker("secretariat"), plan()
    actions.add_action(by, found, Wanted("1.1", "1.1.1a", english("Part"), parent="1.1.1"))
    with pytest.raises(refusals.ActionHasParts):
        actions.remove_action(by, of(found, "1.1.1"))
    actions.adopt_plan(by, found, on=today())
    revision = actions.begin_revision(by, found)
    with pytest.raises(refusals.ActionHasParts) as refused:
        actions.propose_change(by, revision, of=of(found, "1.1.1"))
    assert "1.1.1a" in str(refused.value)
    change = actions.propose_change(by, revision, of=of(found, "1.1.1a"))
    actions.propose_change(by, revision, of=of(found, "1.1.1"))
    with pytest.raises(refusals.ActionLeaves):
        actions.propose_change(by, revision, to=Wanted("1.1", "1.1.1b", english("Other"), parent="1.1.1"))
    actions.take_out_change(by, change)
    with pytest.raises(refusals.ActionHasParts):
        actions.adopt_revision(by, revision, on=today())
    actions.propose_change(by, revision, of=of(found, "1.1.1a"))
    actions.adopt_revision(by, revision, on=today())
    assert sorted(found.actions.filter(until=None).values_list("code", flat=True)) == ["1.1.2", "4.1.1"]


def _drop(found: Plan, number: str) -> None:
    found.actions.filter(code=number).update(until=1)
    with connection.cursor() as cursor:
        cursor.execute("set constraints parts_go_first immediate")


def test_past_the_steps_no_part_is_left_behind_either() -> None:
    by, found = worker("secretariat"), plan()
    actions.add_action(by, found, Wanted("1.1", "1.1.1a", english("Part"), parent="1.1.1"))
    actions.adopt_plan(by, found, on=today())
    with acting_for(by.staff_id), pytest.raises(DatabaseError, match="with parts"), transaction.atomic():
        _drop(found, "1.1.1")


def test_an_action_serves_other_pillars_too_and_a_revision_may_say_so() -> None:
    by, found = worker("secretariat"), adopted()
    revision = actions.begin_revision(by, found)
    actions.propose_change(
        by, revision, of=of(found, "1.1.1"), to=Wanted("1.1", "1.1.1", english("Dialogue"), also=(4,))
    )
    assert not of(found, "1.1.1").also_serves.exists()
    actions.adopt_revision(by, revision, on=today())
    assert [pillar.number for pillar in of(found, "1.1.1").also_serves.all()] == [4]


@pytest.mark.parametrize(("wanted", "refused"), [
    ({"also": (3,)}, refusals.NotOfThisPlan),
    ({"states": ("FR",)}, refusals.NotOfThisPlan),
    ({"parent": "1.1.1"}, refusals.NotOfThisPlan),
    ({"starts": date(2026, 1, 2), "ends": date(2026, 1, 1)}, refusals.EndsFirst),
])  # fmt: skip
def test_an_action_of_a_draft_is_put_where_it_can_stand(wanted: dict[str, Any], refused: type[Exception]) -> None:
    found = plan()
    with pytest.raises(refused):
        actions.edit_action(
            worker("secretariat"), of(found, "1.1.1"), Wanted("1.1", "1.1.1", english("Dialogue"), **wanted)
        )


def test_what_is_there_already_is_not_written_twice() -> None:
    by, found = worker("secretariat"), plan()
    pillar = found.pillars.get(number=1)
    for again in (
        lambda: actions.begin_plan(by, code="jpoa", title=english("Again"), states=["UZ"]),
        lambda: actions.add_pillar(by, found, number=1, title=english("Again")),
        lambda: actions.add_area(by, pillar, code="4.1", title=english("Again")),
        lambda: [actions.add_body(by, code="un", name=english("UN"), kind=2) for _ in range(2)],
    ):
        with pytest.raises(refusals.CodeTaken):
            again()
