"""Two files of one person: joined by people, both histories kept, and taken apart again as if nothing had been."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.casework import actions, queries
from panoh.casework.models import Case, Membership, Merge, Person, StageChange, Suggestion, Task
from panoh.casework.queries.merging import what_joining_does, what_undoing_does
from panoh.casework.refusals import (
    JoinedAlready,
    MergeNotWaiting,
    NotTheSame,
    OneAlready,
    SecondColleagueNeeded,
    StillJoined,
    WorkGoesOnThere,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests import pairs
from panoh.casework.tests.factories import client_of
from panoh.casework.tests.test_query_counts import care
from panoh.vault import actions as vault
from panoh.vault.queries import Document, Name

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


@pytest.fixture
def second() -> Actor:
    return make.actor("coordinator", "Coordination")


# --- both histories are kept, and undoing puts back what was ------------------------------------------------------


@pytest.mark.parametrize("keeps", ["first", "second"])
def test_undoing_puts_every_row_back_as_it_was_and_takes_no_history_away(boss: Actor, keeps: str) -> None:
    pair = pairs.two(boss)
    care(pair.mine)
    care(pair.theirs)
    pair.mine.need()
    pair.theirs.need()
    pairs.decided_same(pair)
    before, told = pairs.stood(), pairs.history()
    merge = pairs.joined(pair, keep=getattr(pair, keeps))
    assert pairs.stood() != before
    with moved(3):
        actions.undo_merge(boss, merge)
    assert pairs.stood() == before
    now = pairs.history()
    assert {key: now[key] for key in told} == told
    new = {key for key in now if key not in told and key.startswith("change")}
    assert len(new) == 2, "closed by joining, opened by undoing: both stay in the history"


def test_joining_changes_one_membership_one_case_where_the_file_stands_and_no_other_row(boss: Actor) -> None:
    pair = pairs.two(boss)
    care(pair.theirs)
    pairs.decided_same(pair)
    before = pairs.stood()
    pairs.joined(pair)
    now = pairs.stood()
    changed = {(table, pk) for table, rows in now.items() for pk, row in rows.items() if before[table].get(pk) != row}
    member = Membership.objects.get(person=pair.second)
    assert changed == {("Membership", member.pk), ("Case", pair.theirs.case.pk), ("Person", pair.second.pk)}
    assert Person.objects.get(pk=pair.second.pk).home_id == pair.first.home_id, "whoever leads the kept file sees both"
    assert all(before[table].keys() == now[table].keys() for table in now), "no row came or went"
    assert member.until == today()
    closed = pair.theirs.again()
    assert (closed.closing_reason, closed.closed_on, closed.is_open) == ("merged", today(), False)
    assert pair.mine.again().is_open


def test_joining_undoing_and_joining_again_the_other_way_round(boss: Actor) -> None:
    pair = pairs.two(boss)
    actions.undo_merge(boss, pairs.joined(pair))
    pair.suggestion.refresh_from_db()
    assert (pair.suggestion.state, pair.suggestion.decided_by) == (Suggestion.State.OPEN, None)
    pairs.decided_same(pair)
    merge = pairs.joined(pair, keep=pair.second)
    assert queries.goes_on_as(pair.first) == pair.second
    assert merge.case == pair.mine.case


def test_the_kept_file_shows_the_other_s_names_documents_cases_and_way(boss: Actor) -> None:
    pair = pairs.two(boss)
    actions.add_fact(boss, pair.second, fact=Name("Гавҳарова Нодира", "other_spelling", "Cyrl", "flight list"))
    actions.add_fact(boss, pair.second, fact=Document("passport", "AA 7654321", "seen"))
    merge = pairs.joined(pair)
    file = queries.person_file(boss, pair.first)
    (other,) = file.joined
    assert other.merge == merge
    assert "Гавҳарова Нодира" in [name.text for name in other.facts.names]
    assert [case.code for case, _stage in other.cases] == [pair.theirs.case.code]
    assert {membership.family.code for membership in file.memberships} == {
        pair.mine.family.code,
        pair.theirs.family.code,
    }
    page = client_of(boss).get(f"/people/{pair.first.code}/").content.decode()
    for shown in ("Гавҳарова Нодира", "AA 7654321", pair.theirs.case.code, pair.second.code, str(merge.proposed_by)):
        assert shown in page
    assert f"/merges/{merge.code}/" in page


def test_the_code_of_the_other_file_leads_to_the_kept_one_on_the_page_and_in_the_api(boss: Actor) -> None:
    pair = pairs.two(boss)
    pairs.joined(pair)
    client = client_of(boss)
    answer = client.get(f"/people/{pair.second.code}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{pair.first.code}/")
    told = client.get(f"/api/v1/people/{pair.second.code}").json()
    assert told["code"] == pair.first.code
    assert [other["code"] for other in told["joined"]] == [pair.second.code]


def test_whoever_leads_the_kept_file_reaches_it_by_the_other_code_and_nobody_else_does(boss: Actor) -> None:
    pair = pairs.two(boss, at="North", and_at="South")
    pairs.joined(pair)
    assert queries.person_for(pair.mine.me, pair.second.code) == pair.first
    with pytest.raises(NotThere):
        queries.person_for(pair.theirs.me, pair.second.code)


def test_all_identities_of_a_person_are_known_for_forgetting(boss: Actor) -> None:
    pair, third = pairs.two(boss), make.home(boss)
    pairs.joined(pair)
    more = pairs.suggest(boss, pair.first, third.mother)
    actions.decide_pair(boss, more, decision=pairs.SAME)
    make.close(third)
    actions.propose_merge(boss, more, keep=pair.first)
    mine = {pair.first.identity_id, pair.second.identity_id, third.mother.identity_id}
    assert set(queries.identities_of(pair.first)) == mine
    assert queries.identities_of(pair.second) == [pair.second.identity_id]
    assert queries.goes_on_as(third.mother) == pair.first


def test_a_forgotten_file_can_still_be_joined_and_parted(boss: Actor) -> None:
    pair = pairs.two(boss)
    vault.forget(boss, pair.second.identity_id)
    merge = pairs.joined(pair)
    assert queries.person_file(boss, pair.first).joined[0].facts.names == ()
    actions.undo_merge(boss, merge)
    assert pair.theirs.again().is_open


def test_what_was_open_in_the_closed_case_becomes_a_task_to_take_it_over(boss: Actor) -> None:
    pair = pairs.two(boss)
    pair.theirs.need()
    merge = pairs.joined(pair)
    task = Task.objects.get(kind="take_over")
    assert (task.family, task.case, task.owner) == (pair.mine.family, pair.mine.case, pair.mine.worker)
    actions.undo_merge(boss, merge)
    task.refresh_from_db()
    assert task.done_on == today()


# --- who decides --------------------------------------------------------------------------------------------------


def test_where_both_cases_are_open_nothing_happens_before_a_second_colleague_agrees(boss: Actor, second: Actor) -> None:
    pair = pairs.decided_same(pairs.two(boss))
    before = pairs.stood()
    merge = actions.propose_merge(boss, pair.suggestion, keep=pair.first)
    assert merge.state == Merge.State.PROPOSED
    assert pairs.stood() == before
    with pytest.raises(SecondColleagueNeeded):
        actions.agree_to_merge(boss, merge)
    assert pairs.stood() == before
    actions.agree_to_merge(second, merge)
    assert queries.goes_on_as(pair.second) == pair.first
    with pytest.raises(MergeNotWaiting):
        actions.agree_to_merge(second, merge)


def test_one_decides_where_only_one_case_is_open_and_the_work_goes_on_in_that_one(boss: Actor) -> None:
    pair = pairs.decided_same(pairs.two(boss))
    make.close(pair.theirs)
    with pytest.raises(WorkGoesOnThere, match=pair.first.code):
        actions.propose_merge(boss, pair.suggestion, keep=pair.second)
    merge = actions.propose_merge(boss, pair.suggestion, keep=pair.first)
    assert (merge.state, merge.case, merge.agreed_by) == (Merge.State.JOINED, None, None)
    assert pair.theirs.again().closing_reason == "mistake", "a case closed before keeps its own reason"


def test_a_second_colleague_may_decline_and_the_proposer_may_take_it_back(boss: Actor, second: Actor) -> None:
    for who in (second, boss):
        pair = pairs.decided_same(pairs.two(boss))
        merge = actions.propose_merge(boss, pair.suggestion, keep=pair.first)
        actions.decline_merge(who, merge)
        pair.suggestion.refresh_from_db()
        assert pair.suggestion.state == Suggestion.State.UNSURE
        with pytest.raises(MergeNotWaiting):
            actions.agree_to_merge(second, merge)
        assert pair.theirs.again().is_open


def test_a_case_that_closed_since_the_proposal_is_not_overlooked(boss: Actor, second: Actor) -> None:
    pair = pairs.decided_same(pairs.two(boss))
    merge = actions.propose_merge(boss, pair.suggestion, keep=pair.first)
    make.close(pair.mine)
    with pytest.raises(WorkGoesOnThere, match=pair.second.code):
        actions.agree_to_merge(second, merge)
    assert pair.theirs.again().is_open


def test_a_supervisor_joins_within_the_agency_and_sees_no_pair_with_another(boss: Actor) -> None:
    near, far = pairs.two(boss), pairs.two(boss, and_at="South")
    supervisor = make.actor("supervisor", "North")
    actions.decide_pair(supervisor, near.suggestion, decision=pairs.SAME)
    actions.propose_merge(supervisor, near.suggestion, keep=near.first)
    with pytest.raises(NotThere):
        actions.decide_pair(supervisor, far.suggestion, decision=pairs.SAME)
    pairs.decided_same(far)
    with pytest.raises(NotThere):
        actions.propose_merge(supervisor, far.suggestion, keep=far.first)
    merge = pairs.joined(far)
    for step in (actions.undo_merge, actions.decline_merge, actions.agree_to_merge):
        with pytest.raises(NotThere):
            step(supervisor, merge)
    with pytest.raises(NotThere):
        queries.merge_for(supervisor, merge.code)


def test_a_caseworker_neither_decides_nor_joins(boss: Actor) -> None:
    home = make.home(boss)
    pair = pairs.suggest(boss, home.mother, home.child)
    with pytest.raises(NotAllowed):
        actions.decide_pair(home.me, pair, decision=pairs.SAME)
    actions.decide_pair(boss, pair, decision=pairs.SAME)
    with pytest.raises(NotAllowed):
        actions.propose_merge(home.me, pair, keep=home.mother)


def test_joining_needs_the_decision_that_both_are_the_same(boss: Actor) -> None:
    pair = pairs.two(boss)
    for decision in (None, pairs.DIFFERENT, pairs.UNSURE):
        if decision:
            actions.decide_pair(boss, pair.suggestion, decision=decision)
        with pytest.raises(NotTheSame):
            actions.propose_merge(boss, pair.suggestion, keep=pair.first)
    pairs.decided_same(pair)
    with pytest.raises(Unknown):
        actions.propose_merge(boss, pair.suggestion, keep=pair.mine.child)


def test_a_decision_stands_while_the_files_are_joined(boss: Actor) -> None:
    pair = pairs.two(boss)
    merge = pairs.joined(pair)
    with pytest.raises(StillJoined, match=merge.code):
        actions.decide_pair(boss, pair.suggestion, decision=pairs.DIFFERENT)
    with pytest.raises(StillJoined):
        actions.propose_merge(boss, pair.suggestion, keep=pair.first)


def test_a_step_on_two_files_is_one_line_in_the_audit(boss: Actor) -> None:
    pair = pairs.two(boss)
    merge = pairs.joined(pair)
    actions.undo_merge(boss, merge)
    steps = AuditEntry.objects.filter(step="person.merge").values_list("about", flat=True)
    assert list(steps) == [pair.suggestion.code, merge.code, merge.code]


# --- chains -------------------------------------------------------------------------------------------------------


def test_a_chain_leads_to_its_end_and_comes_apart_link_by_link(boss: Actor) -> None:
    pair, last = pairs.two(boss), make.home(boss)
    before = pairs.stood()
    first = pairs.joined(pair, keep=pair.second)
    link = pairs.suggest(boss, pair.second, last.mother)
    third = pairs.joined(pairs.Two(boss, pair.theirs, last, link), keep=last.mother)
    assert queries.goes_on_as(pair.first) == last.mother
    assert {file.merge for file in queries.person_file(boss, last.mother).joined} == {first, third}
    assert queries.person_for(boss, pair.first.code) == last.mother
    actions.undo_merge(boss, first)
    assert queries.goes_on_as(pair.first) == pair.first
    assert pair.mine.again().is_open
    actions.undo_merge(boss, third)
    assert pairs.stood() == before


def test_a_pair_whose_files_went_on_elsewhere_is_joined_where_they_went(boss: Actor) -> None:
    pair, other = pairs.two(boss), make.home(boss)
    old = pairs.suggest(boss, pair.second, other.mother)
    pairs.joined(pair)
    actions.decide_pair(boss, old, decision=pairs.SAME)
    with pytest.raises(Unknown):
        actions.propose_merge(boss, old, keep=pair.second)
    make.close(other)
    merge = actions.propose_merge(boss, old, keep=pair.first)
    assert (merge.kept, merge.merged) == (pair.first, other.mother)


def test_what_is_one_by_another_pair_is_said_to_be(boss: Actor) -> None:
    pair, other = pairs.two(boss), make.home(boss)
    make.close(other)
    links = [pairs.suggest(boss, one, other.mother) for one in (pair.first, pair.second)]
    pairs.joined(pair)
    for link in links:
        actions.decide_pair(boss, link, decision=pairs.SAME)
    actions.propose_merge(boss, links[0], keep=pair.first)
    with pytest.raises(OneAlready):
        actions.propose_merge(boss, links[1], keep=pair.first)


def test_nothing_is_opened_in_a_file_that_leads_to_another(boss: Actor) -> None:
    pair = pairs.two(boss)
    pairs.joined(pair)
    family = pair.theirs.family
    with pytest.raises(JoinedAlready, match=pair.first.code):
        actions.open_case(boss, family, pair.second, stage="reception", on=today())
    with pytest.raises(JoinedAlready):
        actions.reopen_case(boss, pair.theirs.again(), to="reception")
    with pytest.raises(JoinedAlready):
        actions.move_person(boss, family, person=pair.second, to=pair.mine.family, on=today())


def test_joined_is_no_reason_to_choose_when_closing_by_hand(boss: Actor) -> None:
    home = make.home(boss)
    with pytest.raises(Unknown):
        make.close(home, reason="merged")
    assert 'value="merged"' not in client_of(boss).get(f"/cases/{home.case.code}/close/").content.decode()


# --- in sentences -------------------------------------------------------------------------------------------------


def test_the_page_says_before_what_will_be_and_it_comes_so(boss: Actor) -> None:
    pair = pairs.decided_same(pairs.two(boss))
    pair.theirs.need()
    told = " ".join(what_joining_does(pair.first, pair.second))
    for word in (pair.second.code, pair.mine.case.code, pair.theirs.case.code, "1 open need", "second colleague"):
        assert word in told
    page = client_of(boss).get(f"/duplicates/{pair.suggestion.code}/join/").content.decode()
    assert "Propose to a second colleague" in page
    merge = pairs.joined(pair)
    undone = " ".join(what_undoing_does(merge))
    assert pair.theirs.case.code in undone
    assert pair.theirs.family.code in undone


# --- states the database itself refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"agreed_by": None},
        {"agreed_by": "proposer"},
        {"joined_at": None},
        {"ended_at": "now"},
        {"kept": "merged"},
        {"case_stage": None},
    ],
    ids=str,
)
def test_a_merge_that_cannot_be_is_refused_by_the_database(boss: Actor, wrong: dict[str, object]) -> None:
    merge = pairs.joined(pairs.two(boss))
    stands_for = {"proposer": merge.proposed_by, "now": merge.joined_at, "merged": merge.merged}
    for field, value in wrong.items():
        setattr(merge, field, stands_for.get(str(value), value))
    with pytest.raises(IntegrityError), transaction.atomic():
        merge.save()


def test_nobody_is_merged_into_two(boss: Actor) -> None:
    pair = pairs.two(boss)
    merge = pairs.joined(pair)
    other = pairs.suggest(boss, pair.second, make.home(boss).mother)
    with pytest.raises(IntegrityError, match="merged_into_one"), transaction.atomic():
        Merge.objects.create(
            suggestion=other, kept=other.other, merged=pair.second, state=2, both_open=False,
            proposed_by=merge.proposed_by, joined_at=merge.joined_at,
        )  # fmt: skip


def test_the_reason_of_a_joined_case_stands_in_its_way(boss: Actor) -> None:
    pair = pairs.two(boss)
    merge = pairs.joined(pair)
    actions.undo_merge(boss, merge)
    way = (
        StageChange.objects.filter(case=pair.theirs.case).order_by("pk").values_list("from_stage", "to_stage", "reason")
    )
    assert list(way)[-2:] == [(40, 80, "merged"), (80, 40, "merged")]
    assert Case.objects.get(pk=pair.theirs.case.pk).is_open
