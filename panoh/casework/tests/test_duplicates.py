"""Pairs that may be one person: suggested once, shown side by side, decided by people; nothing waits meanwhile."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.casework import actions, queries
from panoh.casework.actions import SuggestedPair
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Suggestion
from panoh.casework.queries.comparing import Side, compare
from panoh.casework.queries.joining import after, counts_of_pairs, first_pair, pair_for, pair_shown, pairs_page
from panoh.casework.refusals import DecidedMeanwhile, PairIncomplete
from panoh.casework.tests import factories as make
from panoh.casework.tests import pairs
from panoh.casework.tests.factories import client_of
from panoh.vault.queries import BirthDate, Document, IdentityFacts, Name

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


# --- suggesting ---------------------------------------------------------------------------------------------------


def test_a_pair_is_suggested_once_whichever_way_round_and_how_often(boss: Actor) -> None:
    one, other = make.home(boss).mother.code, make.home(boss).mother.code
    given_pairs = [SuggestedPair(one, other, 2.0), SuggestedPair(other, one, 3.0)]
    assert actions.suggest_pairs(boss, given_pairs, origin="linking", run="r1") == 1
    assert actions.suggest_pairs(boss, given_pairs, origin="linking", run="r1") == 0
    (pair,) = Suggestion.objects.all()
    assert (pair.weight, pair.person.code, pair.state) == (3.0, one, Suggestion.State.OPEN)


@pytest.mark.parametrize("decision", [pairs.DIFFERENT, pairs.SAME, pairs.UNSURE])
def test_what_people_decided_never_comes_back_by_itself(boss: Actor, decision: int) -> None:
    pair = pairs.two(boss)
    actions.decide_pair(boss, pair.suggestion, decision=decision)
    pairs.suggest(boss, pair.first, pair.second, 99.0, birth="same")
    pair.suggestion.refresh_from_db()
    assert (pair.suggestion.state, pair.suggestion.weight) == (decision, 1.0)


def test_a_pair_that_waits_takes_the_newer_evidence(boss: Actor) -> None:
    pair = pairs.two(boss)
    again = pairs.suggest(boss, pair.first, pair.second, 7.5, birth="day_month_swapped")
    assert again == pair.suggestion
    assert (again.weight, again.evidence) == (7.5, {"birth": "day_month_swapped"})


@pytest.mark.parametrize(
    "evidence", [{"name": "Gavharova"}, {"Nodira": "same"}, {"birth": "1990-03-04"}, {"name": ""}], ids=str
)
def test_evidence_is_words_of_a_list_and_never_a_value(boss: Actor, evidence: dict[str, str]) -> None:
    codes = make.home(boss).mother.code, make.home(boss).mother.code
    with pytest.raises(Unknown):
        actions.suggest_pairs(boss, [SuggestedPair(*codes, 1.0, evidence)])
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("weight", [math.nan, math.inf, -math.inf])
def test_a_weight_that_has_no_place_in_an_order_is_refused(boss: Actor, weight: float) -> None:
    codes = make.home(boss).mother.code, make.home(boss).mother.code
    with pytest.raises(Unknown):
        actions.suggest_pairs(boss, [SuggestedPair(*codes, weight)])


def test_two_records_are_needed_and_both_must_be_there(boss: Actor) -> None:
    one, sought = make.home(boss).mother.code, pairs.sought(boss).code
    other = pairs.sought(boss, "Gavharova Lola").code
    for codes in ((one, one), (sought, other), (sought, sought)):
        with pytest.raises(PairIncomplete):
            actions.suggest_pairs(boss, [SuggestedPair(*codes)])
    with pytest.raises(Unknown, match="P-0000-0000"):
        actions.suggest_pairs(boss, [SuggestedPair(one, "P-0000-0000")])


def test_a_thousand_pairs_are_suggested_in_a_few_queries(boss: Actor, django_assert_max_num_queries: object) -> None:
    rows = (f"Yoqutova {chr(97 + n // 10)}{chr(97 + n % 10)}la,жен,1990,,{n}" for n in range(50))
    people = list(make.listed(boss, *rows).rows.values_list("person__code", flat=True))
    given_pairs = [SuggestedPair(a, b, n) for n, a in enumerate(people) for b in people[n + 1 :]]
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert actions.suggest_pairs(boss, given_pairs, origin="linking") == len(given_pairs) == 1225


def test_a_caseworker_names_two_files_in_reach_and_no_other(boss: Actor) -> None:
    home, foreign = make.home(boss), make.home(boss)
    client = client_of(home.me)
    address = f"/people/{home.mother.code}/same/"
    assert client.post(address, {"other": f" {home.child.code.lower()} "}).status_code == 302
    assert Suggestion.objects.get().origin == Suggestion.Origin.BY_HAND
    hidden, absent = (client.post(address, {"other": code}) for code in (foreign.mother.code, "P-0000-0000"))
    assert hidden.status_code == absent.status_code == 404
    assert client.post(address, {"other": home.mother.code}).status_code == 422
    assert client.post(address, {"other": "Nodira"}).status_code == 422
    with pytest.raises(Unknown):
        actions.suggest_pairs(home.me, [SuggestedPair(home.mother.code, foreign.mother.code)])
    with pytest.raises(Unknown):
        actions.suggest_pairs(home.me, [SuggestedPair(home.mother.code, pairs.sought(boss).code)])


def test_an_open_suggestion_holds_nothing_back(boss: Actor) -> None:
    pair = pairs.two(boss)
    home = pair.theirs
    assert queries.person_for(home.me, home.mother.code) == home.mother
    actions.give_assistance(home.me, home.again(), service=make.SERVICE, quantity=1, unit="kit")
    actions.move_person(boss, home.family, person=home.mother, to=pair.mine.family, on=today())
    assert {row.family for row in queries.families_page(boss).rows} >= {home.family, pair.mine.family}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("person_id = other_id, other_id = person_id", "suggestion_names_the_older_first"),
        ("other_id = null", "suggestion_of_two_records"),
        ("state = 2", "suggestion_decided_by_somebody"),
        ("state = 9", "suggestion_decided_by_somebody"),
    ],
)
def test_a_suggestion_that_cannot_be_is_refused_by_the_database(boss: Actor, change: str, rule: str) -> None:
    pairs.two(boss)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update casework_suggestion set {change}")


# --- the queue ----------------------------------------------------------------------------------------------------


def test_the_strongest_come_first_and_the_next_comes_by_itself(boss: Actor) -> None:
    weak, strong, middle = (pairs.two(boss, weight=weight).suggestion for weight in (1.0, 9.0, 5.0))
    assert first_pair(boss) == strong.code
    assert after(boss, strong) == middle.code
    assert after(boss, weak, back=True) == middle.code
    assert after(boss, weak) is None
    client = client_of(boss)
    said = {"decision": int(pairs.DIFFERENT), "was": 1}
    ways = [client.post(f"/duplicates/{pair.code}/decide/", said)["Location"] for pair in (middle, weak, strong)]
    assert ways == [f"/duplicates/{weak.code}/", f"/duplicates/{strong.code}/", "/duplicates/"]
    assert "No pair waits." in client.get("/duplicates/").content.decode()


def test_the_keys_stay_switched_off_from_pair_to_pair(boss: Actor) -> None:
    first, second = pairs.two(boss, weight=2.0).suggestion, pairs.two(boss, weight=1.0).suggestion
    client = client_of(boss)
    page = client.get(f"/duplicates/{first.code}/?keys=off").content.decode()
    assert "data-keys" not in page
    assert f"/duplicates/{second.code}/?keys=off" in page
    answer = client.post(f"/duplicates/{first.code}/decide/?keys=off", {"decision": 4, "was": 1})
    assert answer["Location"] == f"/duplicates/{second.code}/?keys=off"
    assert "data-keys" in client.get(f"/duplicates/{first.code}/").content.decode()


def test_each_pair_stands_where_it_belongs(boss: Actor) -> None:
    made = [pairs.two(boss) for _ in range(5)]
    for pair, decision in zip(made[1:], (pairs.UNSURE, pairs.DIFFERENT, pairs.SAME, pairs.SAME), strict=True):
        actions.decide_pair(boss, pair.suggestion, decision=decision)
    pairs.joined(made[4])
    assert counts_of_pairs(boss) == {"open": 1, "unsure": 1, "different": 1, "same": 2, "join": 1}
    (waits,) = pairs_page(boss, tab="join", number=1).object_list
    assert waits.suggestion == made[3].suggestion


def test_the_queue_shows_codes_and_opens_nobody(boss: Actor) -> None:
    pair = pairs.two(boss)
    client = client_of(boss)
    opened = AuditEntry.objects.filter(step="identity.open").count()
    page = client.get("/duplicates/").content.decode()
    assert pair.first.code in page
    assert "Gavharova" not in page
    assert AuditEntry.objects.filter(step="identity.open").count() == opened


def test_opening_a_pair_is_an_opening_of_both_with_a_purpose(boss: Actor) -> None:
    pair = pairs.two(boss)
    page = client_of(boss).get(f"/duplicates/{pair.suggestion.code}/")
    assert "Gavharova Nodira" in page.content.decode()
    entry = AuditEntry.objects.filter(step="identity.open").order_by("pk").first()
    assert (entry.purpose, entry.about) == ("duplicate_review", pair.suggestion.code)
    assert set(entry.identities) == {pair.first.identity_id, pair.second.identity_id}


def test_a_supervisor_sees_the_pairs_of_the_agency_alone(boss: Actor) -> None:
    near, across = pairs.two(boss), pairs.two(boss, and_at="South")
    sought = pairs.suggest(boss, near.first, pairs.sought(boss))
    supervisor = make.actor("supervisor", "North")
    assert counts_of_pairs(supervisor)["open"] == 1
    assert [line.suggestion for line in pairs_page(supervisor, tab="open", number=1)] == [near.suggestion]
    for hidden in (across.suggestion, sought):
        with pytest.raises(NotThere):
            pair_for(supervisor, hidden.code)
    assert after(supervisor, near.suggestion) is None
    assert counts_of_pairs(boss)["open"] == 3


def test_whoever_may_not_decide_opens_no_pair(boss: Actor) -> None:
    pair = pairs.two(boss)
    client = client_of(pair.mine.me)
    for address in ("/duplicates/", f"/duplicates/{pair.suggestion.code}/"):
        assert client.get(address).status_code == 403
    with pytest.raises(NotAllowed):
        pair_shown(Actor.operator(), pair.suggestion)


def test_who_may_decide_reads_on_today_how_many_wait(boss: Actor) -> None:
    pair = pairs.decided_same(pairs.two(boss))
    pairs.two(boss)
    actions.propose_merge(boss, pair.suggestion, keep=pair.first)
    assert queries.todo(boss).pairs_to_decide == 1, "one's own proposal waits for others"
    assert queries.todo(make.actor("coordinator", "Coordination")).pairs_to_decide == 2
    assert queries.todo(pair.mine.me).pairs_to_decide == 0


def test_two_decisions_at_once_are_not_one_over_the_other(boss: Actor) -> None:
    pair = pairs.two(boss)
    second, seen = make.actor("coordinator", "Coordination"), pair.suggestion.state
    actions.decide_pair(boss, pair.suggestion, decision=pairs.DIFFERENT, was=seen)
    with pytest.raises(DecidedMeanwhile, match=boss.name):
        actions.decide_pair(second, pair.suggestion, decision=pairs.SAME, was=seen)
    actions.decide_pair(boss, pair.suggestion, decision=pairs.DIFFERENT, was=seen)  # the same sent twice
    pair.suggestion.refresh_from_db()
    assert pair.suggestion.state == pairs.DIFFERENT


# --- side by side -------------------------------------------------------------------------------------------------


def side(name: str = "Ona", birth: BirthDate | None = None, **known: object) -> Side:
    facts = IdentityFacts((Name(name),) if name else (), birth or BirthDate())
    return replace(Side("P-1", False, facts, "f"), **known)  # type: ignore[arg-type]


def found_in(code: str, one: Side, other: Side, evidence: dict[str, str] | None = None) -> tuple[str, str]:
    row = next(row for row in compare(one, other, evidence or {}) if row.code == code)
    label = {entry.label: entry.code for entry in catalogue().match_findings}
    return row.tone, label.get(row.says, row.says)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((2015, 3, 4), (2015, 3, 4), ("good", "same")),
        ((2015, 3, 4), (2015, 4, 3), ("ask", "day_month_swapped")),
        ((2015, 1, 1), (2015, 4, 3), ("ask", "placeholder")),
        ((2015, 3, 4), (2015, None, None), ("ask", "same_year")),
        ((2015, 3, 4), (2016, 3, 4), ("ask", "near")),
        ((2015, 3, 4), (2009, 3, 4), ("late", "different")),
        ((2015, None, None), (2015, None, None), ("ask", "same_year")),
        ((2015, 3, 4), (None, None, None), ("plain", "unknown")),
    ],
)
def test_birth_dates_are_compared_as_precisely_as_they_are_known(
    one: tuple[int, ...], other: tuple[int, ...], found: tuple[str, str]
) -> None:
    sides = [side(birth=BirthDate(*parts, precision="day")) for parts in (one, other)]
    assert found_in("birth", *sides) == found
    assert found_in("birth", *sides[::-1]) == found


def test_names_apart_are_left_to_the_eye_unless_an_engine_knows_better() -> None:
    one, other = side("Юсупова Сумая"), side("سمية يوسف")
    assert found_in("name", one, other) == ("plain", "to_read")
    assert found_in("name", one, other, {"name": "other_script"}) == ("good", "other_script")
    assert found_in("name", one, other, {"name": "different"}) == ("late", "different")
    assert found_in("name", side("Sumaya  YUSUPOVA"), side("sumaya-yusupova")) == ("good", "same")


def test_a_document_of_the_same_number_is_found_however_it_is_written() -> None:
    one, other = (
        replace(side(), facts=IdentityFacts(documents=(Document("passport", number),)))
        for number in ("AA 123-45", "aa12345")
    )
    assert found_in("document", one, other) == ("good", "same_number")
    assert found_in("document", one, side()) == ("plain", "unknown")


NAMES = st.text(max_size=12)


@given(NAMES, NAMES, st.sampled_from(["f", "m", "u"]), st.integers(1900, 2030), st.sampled_from([None, 1, 7]))
def test_comparing_never_depends_on_the_side_and_never_breaks(a: str, b: str, sex: str, year: int, month: int) -> None:
    one = side(a, BirthDate(year, month, None, "year"), sex=sex, family="F-1", members=[(b, "")])
    other = side(b, BirthDate(1990, 7, 1, "day"), sex="f", members=[(a, "")])
    there, back = compare(one, other, {}), compare(other, one, {})
    assert [(row.label, row.tone, row.says) for row in there] == [(row.label, row.tone, row.says) for row in back]
    assert compare(one, one, {})


def test_the_page_says_in_words_why_and_marks_what_differs_with_more_than_colour(boss: Actor) -> None:
    mine, theirs = make.home(boss), make.home(boss)
    actions.correct_person(boss, theirs.mother, sex="m", nationality="KG", is_alone=False)
    pair = pairs.suggest(boss, mine.mother, theirs.mother, birth="same_year")
    page = client_of(boss).get(f"/duplicates/{pair.code}/").content.decode()
    assert "Birth date: the same year" in page
    assert '<span class="mark mark-late">different</span>' in page
    for shown in ("Gavharov Temur", mine.family.code, theirs.family.code, "Reception"):
        assert shown in page


# --- over HTTP ----------------------------------------------------------------------------------------------------


def test_a_program_reads_the_queue_decides_and_joins(boss: Actor) -> None:
    pair = pairs.two(boss)
    make.close(pair.theirs)
    client = client_of(boss)

    def ask(method: str, where: str, given: dict[str, object] | None = None, status: int = 200) -> object:
        answer = client.generic(method, f"/api/v1{where}", json.dumps(given or {}), content_type="application/json")
        assert answer.status_code == status, answer.content
        return json.loads(answer.content) if answer.content else None

    listed = ask("GET", "/duplicates")
    code = listed["pairs"][0]["code"]
    assert listed["pairs"][0]["evidence"] == {"name": "other_spelling"}
    shown = ask("GET", f"/duplicates/{code}")
    assert (shown["one"]["code"], shown["state"]) == (pair.first.code, "open")
    ask("POST", f"/duplicates/{code}/decision", {"decision": "same", "was": "open"}, 204)
    assert (
        "decided" in ask("POST", f"/duplicates/{code}/decision", {"decision": "unsure", "was": "open"}, 409)["message"]
    )
    ways = ask("GET", f"/duplicates/{code}/join")
    assert {way["keep"] for way in ways} == {pair.first.code, pair.second.code}
    merge = ask("POST", f"/duplicates/{code}/join", {"keep": pair.first.code}, 201)
    assert (merge["state"], merge["merged"]) == ("joined", pair.second.code)
    ask("POST", f"/merges/{merge['code']}/undo", {}, 204)
    assert ask("GET", f"/merges/{merge['code']}")["state"] == "undone"
    new = {"one": pair.first.code, "other": pair.mine.child.code}
    assert ask("POST", "/duplicates", new, 201) == {"new": 1}
