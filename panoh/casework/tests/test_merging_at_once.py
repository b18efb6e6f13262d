"""Several people join, part and decide in the same moment: one after the other in effect, and never half."""

from __future__ import annotations

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import Unknown
from panoh.casework import actions, queries
from panoh.casework.models import Case, Membership, Merge, Person, Suggestion
from panoh.casework.refusals import JoinedAlready, MergeNotWaiting, StillJoined
from panoh.casework.tests import factories as make
from panoh.casework.tests import pairs
from panoh.casework.tests.together import at_once

ROUNDS = 3


def assert_whole() -> None:
    """Assert that whoever leads to another has neither a home nor an open case of its own, and everybody else has."""
    away = set(Merge.objects.filter(state=Merge.State.JOINED).values_list("merged", flat=True))
    assert not Membership.objects.filter(person__in=away, until=None).exists()
    assert not Case.objects.filter(person__in=away, closed_on=None).exists()
    alone = Person.objects.exclude(pk__in=away)
    assert alone.count() == Membership.objects.filter(person__in=alone, until=None).count()


def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


def test_two_colleagues_join_the_same_pair_the_two_ways_round(committed: None) -> None:
    for _ in range(ROUNDS):
        pair = pairs.decided_same(pairs.two(boss()))
        make.close(pair.theirs)
        make.close(pair.mine)
        one, other = boss(), boss()
        said = at_once(
            lambda pair=pair, one=one: actions.propose_merge(one, pair.suggestion, keep=pair.first),
            lambda pair=pair, other=other: actions.propose_merge(other, pair.suggestion, keep=pair.second),
        )
        assert [type(what) for what in said].count(Merge) == 1
        assert [type(what) for what in said].count(StillJoined) == 1
        assert_whole()


def test_two_colleagues_agree_at_once(committed: None) -> None:
    for _ in range(ROUNDS):
        pair = pairs.decided_same(pairs.two(boss()))
        merge = actions.propose_merge(pair.boss, pair.suggestion, keep=pair.first)
        one, other = boss(), boss()
        said = at_once(
            lambda merge=merge, one=one: actions.agree_to_merge(one, merge),
            lambda merge=merge, other=other: actions.agree_to_merge(other, merge),
        )
        assert {type(what) for what in said} == {Merge, MergeNotWaiting}
        assert_whole()


def test_one_agrees_while_another_declines(committed: None) -> None:
    for _ in range(ROUNDS):
        pair = pairs.decided_same(pairs.two(boss()))
        merge = actions.propose_merge(pair.boss, pair.suggestion, keep=pair.first)
        other = boss()
        said = at_once(
            lambda merge=merge, other=other: actions.agree_to_merge(other, merge),
            lambda merge=merge, pair=pair: actions.decline_merge(pair.boss, merge),
        )
        assert {type(what) for what in said} == {Merge, MergeNotWaiting}
        assert_whole()


def test_links_of_a_chain_are_joined_at_once(committed: None) -> None:
    """A to B while B goes to C: either the chain stands, or the second learns that B has just gone to C."""
    for _ in range(ROUNDS):
        by = boss()
        homes = [make.home(by) for _ in range(3)]
        for home in homes:
            make.close(home)
        a, b, c = (home.mother for home in homes)
        links = [pairs.suggest(by, a, b), pairs.suggest(by, b, c)]
        for link in links:
            actions.decide_pair(by, link, decision=pairs.SAME)
        said = at_once(
            lambda by=by, link=links[0], b=b: actions.propose_merge(by, link, keep=b),
            lambda by=by, link=links[1], c=c: actions.propose_merge(by, link, keep=c),
        )
        assert isinstance(said[1], Merge)
        assert isinstance(said[0], Merge | JoinedAlready | Unknown)
        assert queries.goes_on_as(a) == (c if isinstance(said[0], Merge) else a)
        assert_whole()


def test_one_is_joined_to_two_others_at_once(committed: None) -> None:
    for _ in range(ROUNDS):
        by = boss()
        homes = [make.home(by) for _ in range(3)]
        for home in homes:
            make.close(home)
        a, b, c = (home.mother for home in homes)
        links = [pairs.suggest(by, a, b), pairs.suggest(by, a, c)]
        for link in links:
            actions.decide_pair(by, link, decision=pairs.SAME)
        said = at_once(
            lambda by=by, link=links[0], b=b: actions.propose_merge(by, link, keep=b),
            lambda by=by, link=links[1], c=c: actions.propose_merge(by, link, keep=c),
        )
        joined = [what for what in said if isinstance(what, Merge)]
        assert joined
        assert Merge.objects.filter(merged=a, state=Merge.State.JOINED).count() == 1
        assert_whole()


def test_a_person_is_moved_or_a_case_opened_while_its_file_is_joined(committed: None) -> None:
    for number in range(ROUNDS * 2):
        pair = pairs.decided_same(pairs.two(boss()))
        make.close(pair.theirs)
        by, family, mother, to = boss(), pair.theirs.family, pair.second, pair.mine.family

        def other(by=by, family=family, mother=mother, to=to, number=number) -> object:
            if number % 2:
                return actions.move_person(by, family, person=mother, to=to, on=today())
            return actions.open_case(by, family, mother, stage="reception", on=today())

        at_once(lambda pair=pair: actions.propose_merge(pair.boss, pair.suggestion, keep=pair.first), other)
        assert_whole()


def test_undoing_twice_at_once_undoes_once(committed: None) -> None:
    pair = pairs.two(boss())
    merge = pairs.joined(pair)
    one, other = boss(), boss()
    said = at_once(lambda: actions.undo_merge(one, merge), lambda: actions.undo_merge(other, merge))
    assert {type(what) for what in said} == {Merge, MergeNotWaiting}
    assert_whole()


def test_the_same_pairs_suggested_at_once_stand_in_the_queue_once(committed: None) -> None:
    by = boss()
    homes = [make.home(by) for _ in range(6)]
    given = [
        actions.SuggestedPair(one.mother.code, other.mother.code, 1.0)
        for one in homes
        for other in homes
        if one is not other
    ]
    at_once(
        lambda: actions.suggest_pairs(by, given, origin="linking"),
        lambda: actions.suggest_pairs(by, given[::-1], origin="linking"),
    )
    assert Suggestion.objects.count() == 15
