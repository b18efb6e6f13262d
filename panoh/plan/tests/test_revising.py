"""A plan becomes its next edition: whole, traceable, and never by the back door."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions import Wanted
from panoh.plan.models import Plan, PlanAction, Revision
from panoh.plan.refusals import (
    ActionNumberTaken,
    ChangedAlready,
    NothingToAdopt,
    NotOfThisPlan,
    PlanInForce,
    PlanNotInForce,
    RevisionOpen,
    RevisionOver,
)
from panoh.plan.tests.make import adopted, english, plan, worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


def of(found: Plan, number: str) -> PlanAction:
    return found.actions.select_related("plan", "area", "parent").get(code=number, until=None)


def test_a_text_is_shown_in_the_readers_language_or_in_the_one_it_was_written_in() -> None:
    made = plan()
    made.title = Wording({"ru": "План", "en": "Plan"})
    with acting_for(worker("secretariat").staff_id):
        made.save()
    kept = Plan.objects.get(pk=made.pk).title
    assert (str(kept), list(kept)) == ("Plan", ["ru", "en"])
    assert str(kept.worded("en", "")) == "План"


def test_the_next_edition_adds_rewords_and_drops_in_one_step_and_says_who_asked() -> None:
    by, found = worker("secretariat"), adopted()
    revision = actions.begin_revision(by, found)
    law = Wanted("4.1", "4.1.1", english("Law and child justice"))
    actions.propose_change(by, revision, of=of(found, "4.1.1"), to=law, asked_for_in="R-1")
    actions.propose_change(by, revision, of=of(found, "1.1.1"))
    actions.propose_change(by, revision, to=Wanted("1.1", "1.1.1", english("Schools")), asked_for_in="R-2")
    assert str(of(found, "4.1.1").text) == "Law"
    actions.adopt_revision(by, revision, on=DAY)
    found.refresh_from_db()
    assert found.edition == 2
    assert [(str(a.text), a.since, a.edition) for a in found.actions.filter(until=None).order_by("code")] == [
        ("Schools", 2, 2), ("Resilience", 1, 1), ("Law and child justice", 1, 2),
    ]  # fmt: skip
    assert found.actions.get(until=1).code == "1.1.1"
    assert [c.asked_for_in for c in revision.changes.order_by("kind")] == ["R-2", "R-1", ""]
    with pytest.raises(RevisionOver):
        actions.adopt_revision(by, revision, on=DAY)


def test_a_plan_in_force_is_changed_by_a_revision_only_and_a_draft_directly() -> None:
    by, draft, found = worker("secretariat"), plan("draft"), adopted()
    actions.edit_action(by, of(draft, "1.1.2"), Wanted("1.1", "1.1.9", english("Other")))
    assert draft.actions.filter(code="1.1.9").exists()
    with pytest.raises(PlanInForce):
        actions.edit_action(by, of(found, "1.1.2"), Wanted("1.1", "1.1.2", english("Other")))
    with pytest.raises(PlanNotInForce):
        actions.begin_revision(by, draft)
    with pytest.raises(DatabaseError, match="next edition"), acting_for(by.staff_id), transaction.atomic():
        found.actions.filter(code="1.1.2").update(text=english("By the back door"))


def test_what_a_revision_cannot_hold_is_refused_with_the_reason() -> None:
    by, found = worker("secretariat"), adopted()
    revision = actions.begin_revision(by, found)
    with pytest.raises(RevisionOpen):
        actions.begin_revision(by, found)
    with pytest.raises(NothingToAdopt):
        actions.adopt_revision(by, revision, on=DAY)
    with pytest.raises(ActionNumberTaken):
        actions.propose_change(by, revision, to=Wanted("1.1", "1.1.2", english("Twice")))
    with pytest.raises(NotOfThisPlan):
        actions.propose_change(by, revision, to=Wanted("9.9", "9.9.1", english("Nowhere")))
    actions.propose_change(by, revision, of=of(found, "1.1.2"))
    with pytest.raises(ChangedAlready):
        actions.propose_change(by, revision, of=of(found, "1.1.2"))
    actions.abandon_revision(by, revision)
    assert Revision.objects.get(pk=revision.pk).state == Revision.State.ABANDONED
    assert found.actions.filter(until=None).count() == 3


@pytest.mark.parametrize("role", ["focal_point", "observer", "expert", "caseworker"])
def test_who_does_not_edit_the_plan_changes_no_word_of_it_even_past_the_steps(role: str) -> None:
    found, other = adopted(), worker(role, "KZ")
    with pytest.raises(NotAllowed):
        actions.begin_revision(other, found)
    with acting_for(other.staff_id):
        assert Plan.objects.filter(pk=found.pk).update(source="https://example.org") == 0
        assert Plan.objects.exists() == (role != "caseworker")
