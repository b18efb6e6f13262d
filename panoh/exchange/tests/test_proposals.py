"""A proposal goes its way in the open: drafts stay at home, positions are kept, what is merged stays traceable."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Position, Proposal, ProposalPart
from panoh.exchange.queries import proposal_for, proposal_shown, stances
from panoh.exchange.refusals import DropWithoutReason, NothingToMerge, ProposalNotCirculated, ProposalOver
from panoh.exchange.tests.make import DAY, proposal, published
from panoh.plan.actions import Wanted, adopt_revision
from panoh.plan.queries import actions_of, revision_in_work
from panoh.plan.tests.make import adopted, english, worker

pytestmark = pytest.mark.django_db


def reads(role: str, country: str, made: Proposal) -> bool:
    with acting_for(worker(role, country).staff_id):
        return Proposal.objects.filter(pk=made.pk).exists()


def test_a_draft_is_read_by_its_country_and_the_editors_only() -> None:
    made = proposal("KZ", circulated=False)
    asked = [("focal_point", "KZ"), ("secretariat", ""), ("focal_point", "UZ"), ("observer", ""), ("expert", "")]
    assert [reads(role, country, made) for role, country in asked] == [True, True, False, False, False]
    actions.circulate_proposal(worker("focal_point", "KZ"), made)
    assert all(reads(role, country, made) for role, country in asked)
    with pytest.raises(ProposalOver):
        actions.edit_proposal(worker("focal_point", "KZ"), made, title=english("Other"), text=english("Other"))


def test_a_country_speaks_for_itself_and_what_it_said_before_stays() -> None:
    made, uzbek = proposal("KZ"), worker("focal_point", "UZ")
    with pytest.raises(NotAllowed):
        actions.take_position(uzbek, made, stance=1, taken_on=DAY, country="KZ")
    with pytest.raises(NotAllowed):
        actions.circulate_proposal(uzbek, made)
    actions.take_position(uzbek, made, stance=3, taken_on=DAY, country="UZ", statement="We study it.")
    actions.take_position(uzbek, made, stance=1, taken_on=DAY, country="UZ")
    with acting_for(uzbek.staff_id):
        assert list(made.positions.order_by("pk").values_list("stance", "is_current")) == [(3, False), (1, True)]
    with pytest.raises(DatabaseError), acting_for(uzbek.staff_id), transaction.atomic():
        Position.objects.create(proposal=made, country="TJ", stance=1, taken_on=DAY)


def test_merging_keeps_who_asked_for_which_part_and_who_dissents() -> None:
    by, one, two = worker("secretariat"), proposal("KZ"), proposal("UZ")
    with pytest.raises(NothingToMerge):
        actions.consolidate_proposals(by, [one], title=one.title, text=one.text)
    whole = actions.consolidate_proposals(by, [one, two], title=english("Certificates"), text=english("Both."))
    one.refresh_from_db()
    assert (one.state, one.merged_into_id) == (Proposal.State.CONSOLIDATED, whole.pk)
    with acting_for(by.staff_id):
        first, second = ProposalPart.objects.filter(proposal=whole).select_related("proposal")
    with pytest.raises(DropWithoutReason):
        actions.word_part(by, second, outcome=ProposalPart.Outcome.DROPPED, text=english(""))
    actions.word_part(by, first, outcome=2, text=english("In 180 days."), dissent="TJ wants 90.")
    actions.word_part(by, second, outcome=3, text=english("x"), because="Said in part 1.")
    with acting_for(by.staff_id):
        parts = proposal_shown(by, whole).parts
    assert [(part.asked_by, part.outcome, part.dissent) for part in parts] == [
        (one, 2, "TJ wants 90."), (two, 3, ""),
    ]  # fmt: skip
    with pytest.raises(NothingToMerge):
        actions.consolidate_proposals(by, [one, whole], title=one.title, text=one.text)


def test_the_way_from_lesson_to_edition_can_be_read_on_the_proposal() -> None:
    by, plan = worker("secretariat"), adopted()
    made = actions.add_proposal(by, title=english("Certificates"), text=english("In 90 days."), lesson=published())
    wanted = Wanted("1.1", "1.1.3", english("Certificates in 90 days"))
    with pytest.raises(ProposalNotCirculated):
        actions.adopt_proposal(by, made, plan, to=wanted)
    actions.circulate_proposal(by, made)
    with pytest.raises(NotAllowed):
        actions.adopt_proposal(worker("focal_point", "KZ"), made, plan, to=wanted)
    actions.adopt_proposal(by, made, plan, to=wanted)
    with pytest.raises(ProposalOver):
        actions.take_position(by, made, stance=1, taken_on=DAY, country="KZ")
    with acting_for(by.staff_id):
        shown = proposal_shown(by, proposal_for(made.code))
    assert shown.proposal.lesson is not None
    assert [(change.asked_for_in, change.revision.edition, change.revision.state) for change in shown.changes] == [
        (made.code, 2, 1)
    ]
    adopt_revision(by, revision_in_work(plan), on=DAY)
    plan.refresh_from_db()
    assert (plan.edition, actions_of(plan).get(code="1.1.3").asked_for_in) == (2, made.code)


def test_a_change_goes_into_the_revision_that_is_open_already() -> None:
    by, plan, one, two = worker("secretariat"), adopted(), proposal("KZ"), proposal("UZ")
    actions.adopt_proposal(by, one, plan, to=Wanted("1.1", "1.1.3", one.text))
    actions.adopt_proposal(by, two, plan, of=actions_of(plan).get(code="4.1.1"))
    assert sorted(revision_in_work(plan).changes.values_list("kind", flat=True)) == [1, 3]


def test_silence_is_a_position_and_no_position_is_none() -> None:
    by, made = worker("secretariat"), proposal("KZ")
    proposal("UZ")
    actions.take_position(by, made, stance=Position.Stance.SILENT, taken_on=DAY, country="TJ")
    with acting_for(by.staff_id):
        assert stances([made.pk]) == {(made.pk, "TJ"): Position.Stance.SILENT}
