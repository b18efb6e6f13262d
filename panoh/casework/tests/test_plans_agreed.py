"""Assessments in words and on a schedule, and plans that are written down, compared, signed and printed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import AssessedDomain, Assessment, Need, PlanLine, PlanVersion
from panoh.casework.queries.planning import compare, plan_pdf, plan_shown, versions_of
from panoh.casework.refusals_deciding import (
    NewerVersion,
    NothingPlanned,
    PlanIncomplete,
    ReviewDayUnfit,
    SignedAlready,
    SignerMissing,
    SignsAsAnother,
    ViewFirst,
)
from panoh.casework.rhythms import later, next_due
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, client_of, days_ago
from panoh.casework.tests.fenced import give, refused

pytestmark = pytest.mark.django_db

LATER = timedelta(90)


def talk(home: Home, **found: int) -> Assessment:
    return actions.assess(home.me, home.again(), on=today(), found=found, own_view="I want to sew.")


def step(home: Home, need: Need, **given: object) -> object:
    planned = {"service": SERVICE, "responsible": home.worker, "due": today() + timedelta(3), **given}
    return actions.plan_step(home.me, need, **planned)  # type: ignore[arg-type]


def planned(home: Home, **given: object) -> PlanVersion:
    return actions.write_plan(home.me, home.again(), review_on=today() + LATER, **given)  # type: ignore[arg-type]


@pytest.fixture
def ready(home: Home) -> Home:
    """Return a family whose mother was asked and has an urgent need with a whole step."""
    talk(home, adult_papers=1, income_skills=3)
    step(home, Need.objects.get(domain="adult_papers"))
    return home


# --- assessments -------------------------------------------------------------------------------------------------


def test_what_is_said_of_each_domain_is_sealed_in_its_class(home: Home) -> None:
    words = {"adult_health": {"needs": "Her knee hurts."}, "plans": {"strengths": "She learns fast."}, "offices": {}}
    actions.assess(
        home.me, home.case, on=today(), found={"adult_health": 2}, own_view="I am well.", words=words,
        answers={"adult_strengths": "Her sister is near.", "adult_wish": " "},
    )  # fmt: skip
    kinds = {AssessedDomain.objects.get(domain=code).field_class for code in ("adult_health", "plans")}
    assert kinds == {FieldClass.HEALTH, FieldClass.CARE}
    assert not AssessedDomain.objects.filter(domain="offices").exists()
    helper = make.hire("psychologist", "East")
    give(home, helper, FieldClass.CARE, FieldClass.PSYCHOSOCIAL)
    with acting_for(helper.pk):
        assert list(AssessedDomain.objects.values_list("domain", flat=True)) == ["plans"]


def test_a_child_an_adult_and_a_family_are_assessed_apart(home: Home) -> None:
    child = actions.open_case(home.me, home.family, home.child, stage="rehabilitation", on=today())
    for case, kind in ((home.case, ""), (child, ""), (home.case, "family")):
        actions.assess(home.me, case, on=today(), found={}, own_view="I am well.", kind=kind)
    assert list(Assessment.objects.order_by("pk").values_list("kind", flat=True)) == ["adult", "child", "family"]


def test_the_page_asks_by_kind_and_keeps_what_was_said(home: Home) -> None:
    client, address = client_of(home.me), f"/cases/{home.case.code}/assess/"
    page = client.get(address).content.decode()
    assert "What the person wants for the coming months" in page
    assert "Who sleeps and eats under this roof" not in page
    assert "Who sleeps and eats under this roof" in client.get(f"{address}?kind=family").content.decode()
    form = {
        "on": today(), "own_view": "We are fine.", "need_money_food": "1", "goes_well_money_food": "A garden.",
        "wanted_money_food": "Flour until June.", "answer_family_goal": "A house.",
    }  # fmt: skip
    assert client.post(f"{address}?kind=family", form).status_code == 302
    assert Assessment.objects.get().kind == "family"
    shown = client.get(f"/cases/{home.case.code}/plan/").content.decode()
    for said in ("A garden.", "Flour until June.", "A house."):
        assert said in shown


@pytest.mark.parametrize(("stage", "months"), [("rehabilitation", 3), ("reintegration", 6), ("follow_up", 12)])
def test_an_assessment_falls_due_again_by_the_stage(stage: str, months: int) -> None:
    there = make.home(stage=stage)
    assert there.case.assess_by == there.case.opened_on + timedelta(21)
    talk(there)
    assert there.again().assess_by == later(today(), months)
    shown = client_of(there.me).get(f"/families/{there.family.code}/").content.decode()
    assert "assessed again by" in shown


def test_a_due_assessment_is_on_today_and_goes_with_the_talk() -> None:
    there = make.home(stage="rehabilitation")
    late = [item for item in queries.todo(there.me).late if item.what == "Assessment"]
    assert [item.due for item in late] == [there.case.opened_on + timedelta(21)]
    talk(there)
    assert not [item for item in queries.todo(there.me).late if item.what == "Assessment"]


def test_before_the_arrival_nobody_is_assessed_by_a_day() -> None:
    assert make.home(stage="reception").case.assess_by is None
    assert next_due("adult", 20, last=None, since=today()) is None


def test_of_a_longer_month_the_last_day_of_a_shorter_one() -> None:
    day = today().replace(year=2026, month=8, day=31)
    assert [later(day, months).isoformat() for months in (1, 6, 18)] == ["2026-09-30", "2027-02-28", "2028-02-29"]


# --- versions ----------------------------------------------------------------------------------------------------


def test_a_plan_with_an_uncovered_urgent_need_is_not_written_down(home: Home) -> None:
    talk(home, adult_papers=1)
    need = Need.objects.get()
    for lacking in ({"responsible": None}, {"due": None}):
        step(home, need, **lacking)
        with pytest.raises(PlanIncomplete, match="Papers"):
            planned(home)
    page = client_of(home.me).get(f"/cases/{home.case.code}/plan/").content.decode()
    assert "no step with an owner and a date" in page
    step(home, need)
    assert planned(home).number == 1


def test_the_database_itself_takes_no_plan_with_an_uncovered_urgent_need(home: Home) -> None:
    found = talk(home, adult_papers=1)
    with acting_for(home.worker.pk), pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(
            case=home.case, number=1, assessment=found, made_on=today(), made_by=home.worker, review_on=today() + LATER
        )


def test_before_each_version_the_person_is_asked(ready: Home) -> None:
    planned(ready)
    with pytest.raises(ViewFirst):
        planned(ready)
    talk(ready)
    assert planned(ready).number == 2


def test_a_plan_needs_a_talk_a_need_and_a_day_to_go_through_it(home: Home) -> None:
    with pytest.raises(ViewFirst):
        planned(home)
    talk(home)
    with pytest.raises(NothingPlanned):
        planned(home)
    with pytest.raises(ReviewDayUnfit):
        actions.write_plan(home.me, home.again(), review_on=today())


def test_a_version_stays_as_it_was_and_shows_what_changed(ready: Home) -> None:
    first = planned(ready, goal="A sewing machine of her own.")
    papers = Need.objects.get(domain="adult_papers").steps.get()
    actions.change_step(ready.me, papers, service=SERVICE, responsible=ready.worker, due=today() + timedelta(9))
    skills = step(ready, Need.objects.get(domain="income_skills"))
    talk(ready, housing=2)
    second = planned(ready)
    told = compare(plan_shown(second).lines, plan_shown(first).lines)
    assert [line.domain for line in told.added] == ["Condition of the home", "Income and skills"]
    assert [(now.domain, before.due) for now, before in told.changed] == [
        ("Papers and legal questions", today() + timedelta(3))
    ]
    actions.settle_step(ready.me, skills, outcome="done")  # type: ignore[arg-type]
    talk(ready)
    third = planned(ready)
    assert [line.service for line in compare(plan_shown(third).lines, plan_shown(second).lines).dropped]
    page = client_of(ready.me).get(f"/plans/{second.code}/").content.decode()
    for word in ("Added", "Changed", "Condition of the home"):
        assert word in page
    for statement in ("update casework_planline set due = null", "update casework_planversion set number = 9"):
        with acting_for(ready.worker.pk):
            refused(statement)


def test_who_helps_by_a_grant_writes_no_version_and_reads_the_lines_of_its_class(ready: Home) -> None:
    version, helper = planned(ready), make.hire("lawyer", "East")
    give(ready, helper, FieldClass.LEGAL, changes=True)
    with pytest.raises(NotAllowed):
        actions.write_plan(Actor.of(helper), ready.again(), review_on=today() + LATER)
    with acting_for(helper.pk):
        assert list(PlanLine.objects.values_list("need__domain", flat=True)) == ["adult_papers"]
    assert version.lines.count() == 2


# --- signing and printing ----------------------------------------------------------------------------------------


def test_a_version_is_signed_by_the_person_and_by_a_relative_without_a_file(ready: Home) -> None:
    version = planned(ready)
    signed = {"language": "uz", "on": today()}
    actions.sign_plan(ready.me, version, signing="self", person=ready.mother, read_by=ready.worker, **signed)
    actions.sign_plan(ready.me, version, signing="carer", signer="Grandmother Oysha", reserve="School first.", **signed)
    with pytest.raises(SignedAlready):
        actions.sign_plan(ready.me, version, signing="self", person=ready.mother, **signed)
    with pytest.raises(SignsAsAnother):
        actions.sign_plan(ready.me, version, signing="self", person=ready.child, **signed)
    with pytest.raises(SignerMissing):
        actions.sign_plan(ready.me, version, signing="parent", **signed)
    page = client_of(ready.me).get(f"/plans/{version.code}/").content.decode()
    for word in ("Grandmother Oysha", "School first.", "Uzbek"):
        assert word in page


def test_an_older_version_is_not_signed(ready: Home) -> None:
    old = planned(ready)
    talk(ready)
    planned(ready)
    with pytest.raises(NewerVersion, match="2"):
        actions.sign_plan(ready.me, old, signing="self", person=ready.mother, language="ru", on=today())


def test_a_plan_is_printed_with_codes_in_its_file_name(ready: Home) -> None:
    version = planned(ready)
    answer = client_of(ready.me).post(f"/plans/{version.code}/print/", {"language": "ru"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert f'filename="{version.code}.pdf"' in answer["Content-Disposition"]
    assert plan_pdf(ready.me, version, "xx").startswith(b"%PDF")


def test_the_same_is_done_over_the_api(ready: Home) -> None:
    client, kind = client_of(ready.me), "application/json"
    case = f"/api/v1/cases/{ready.case.code}"
    answer = client.post(f"{case}/plan", {"review_on": today() + LATER, "goal": "Papers."}, content_type=kind)
    code = answer.json()["code"]
    signed = {"signing": "self", "person": ready.mother.code, "language": "uz", "on": today()}
    assert client.post(f"/api/v1/plans/{code}/signatures", signed, content_type=kind).status_code == 201
    told = client.get(f"/api/v1/plans/{code}").json()
    assert (told["number"], told["is_agreed"], len(told["lines"])) == (1, True, 2)
    assert [one["code"] for one in client.get(f"{case}/plan").json()] == [code]


def test_a_plan_of_long_ago_stays_readable(ready: Home) -> None:
    with moved(-1):
        talk(ready)
    planned(ready)
    assert [one.number for one in versions_of(ready.again())] == [1]
    assert days_ago(0) == today()
