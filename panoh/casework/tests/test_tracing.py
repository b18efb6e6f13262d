"""People whom relatives look for: a task for the worker once found, and nothing told before a person answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.casework import actions, queries
from panoh.casework.models import Suggestion, Task, TracingRequest
from panoh.casework.queries.tracing import counts_of_requests, request_file, request_for, requests_page
from panoh.casework.refusals import AnswerEmpty, NobodyFound, RequestSettled
from panoh.casework.tests import factories as make
from panoh.casework.tests import pairs
from panoh.casework.tests.factories import Home, client_of
from panoh.vault import actions as vault
from panoh.vault.models import SealedPart

pytestmark = pytest.mark.django_db

TOLD = "She is well and will write herself."


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


def found(boss: Actor, home: Home) -> Suggestion:
    """Return the decision that a home's mother is the person sought."""
    pair = pairs.suggest(boss, home.mother, pairs.sought(boss))
    return actions.decide_pair(boss, pair, decision=pairs.SAME)


def test_a_person_found_becomes_a_task_of_the_case_s_worker_and_the_request_stays_open(boss: Actor) -> None:
    home = make.home(boss)
    pair = found(boss, home)
    task = Task.objects.get(kind="trace_family")
    assert (task.case, task.owner, task.due) == (home.case, home.worker, today() + timedelta(7))
    assert pair.request.state == TracingRequest.State.OPEN
    page = client_of(home.me).get(f"/families/{home.family.code}/").content.decode()
    assert pair.request.code in page
    assert pair.request.code in client_of(home.me).get(f"/people/{home.mother.code}/").content.decode()


def test_a_suggestion_alone_makes_no_task_and_tells_nobody(boss: Actor) -> None:
    home = make.home(boss)
    pair = pairs.suggest(boss, home.mother, pairs.sought(boss))
    for decision in (pairs.UNSURE, pairs.DIFFERENT):
        actions.decide_pair(boss, pair, decision=decision)
    assert not Task.objects.filter(kind="trace_family").exists()
    with pytest.raises(NotThere):
        request_for(home.me, pair.request.code)
    with pytest.raises(NobodyFound):
        actions.answer_tracing_request(boss, pair.request, told=TOLD, consent="agreed")


def test_deciding_otherwise_ends_the_task_and_hides_the_request_again(boss: Actor) -> None:
    home = make.home(boss)
    pair = found(boss, home)
    actions.decide_pair(boss, pair, decision=pairs.DIFFERENT)
    assert Task.objects.get(kind="trace_family").done_on == today()
    with pytest.raises(NotThere):
        request_for(home.me, pair.request.code)
    actions.decide_pair(boss, pair, decision=pairs.SAME)
    assert Task.objects.filter(kind="trace_family", done_on=None).count() == 1


@pytest.mark.parametrize("consent", ["agreed", "not_asked_child", "not_asked_unsafe"])
def test_the_lead_worker_answers_with_what_was_told_sealed_and_the_consent(boss: Actor, consent: str) -> None:
    home = make.home(boss)
    request = found(boss, home).request
    answered = actions.answer_tracing_request(home.me, request_for(home.me, request.code), told=TOLD, consent=consent)
    assert (answered.state, answered.settled_on, answered.settled_by) == (2, today(), home.worker)
    assert answered.consent == consent
    assert TOLD.encode() not in bytes(SealedPart.objects.get(pk=answered.told_id).sealed)
    assert request_file(home.me, request_for(home.me, request.code)).told == TOLD
    assert Task.objects.get(kind="trace_family").done_on == today()
    for step in (
        actions.withdraw_tracing_request,
        lambda by, it: actions.decide_pair(by, it.suggestions.get(), decision=3),
    ):
        with pytest.raises(RequestSettled):
            step(boss, answered)


def test_an_answer_without_words_or_consent_is_refused_and_nothing_changes(boss: Actor) -> None:
    home = make.home(boss)
    request = found(boss, home).request
    with pytest.raises(AnswerEmpty):
        actions.answer_tracing_request(boss, request, told="  ", consent="agreed")
    with pytest.raises(Unknown):
        actions.answer_tracing_request(boss, request, told=TOLD, consent="no")
    request.refresh_from_db()
    assert (request.state, request.told) == (TracingRequest.State.OPEN, None)


def test_a_request_whose_words_are_forgotten_can_still_be_answered(boss: Actor) -> None:
    home = make.home(boss)
    request = found(boss, home).request
    vault.forget(boss, request.identity_id)
    actions.answer_tracing_request(boss, request, told=TOLD, consent="agreed")
    assert request_file(boss, request_for(boss, request.code)).told == TOLD


def test_a_relative_who_asks_no_more_is_noted_by_the_coordinator(boss: Actor) -> None:
    home = make.home(boss)
    request = found(boss, home).request
    with pytest.raises(NotAllowed):
        actions.withdraw_tracing_request(home.me, request)
    actions.withdraw_tracing_request(boss, request)
    assert Task.objects.get(kind="trace_family").done_on == today()
    with pytest.raises(RequestSettled, match=request.code):
        actions.answer_tracing_request(boss, request, told=TOLD, consent="agreed")


def test_a_request_is_seen_by_the_coordinator_and_by_those_who_help_the_person_found(boss: Actor) -> None:
    home, other = make.home(boss), make.home(boss, at="South")
    request, unfound = found(boss, home).request, pairs.sought(boss, "Gavharova Lola")
    north, south = make.actor("supervisor", "North"), make.actor("supervisor", "South")
    for who in (boss, north, home.me):
        assert request_for(who, request.code) == request
    for who in (south, other.me):
        with pytest.raises(NotThere):
            request_for(who, request.code)
        with pytest.raises(NotThere):
            actions.answer_tracing_request(who, request, told=TOLD, consent="agreed")
    assert counts_of_requests(boss) == {"found": 1, "suggested": 0, "open": 2, "answered": 0, "withdrawn": 0}
    assert counts_of_requests(home.me)["open"] == 1
    assert counts_of_requests(south)["open"] == 0
    assert [line.request for line in requests_page(boss, tab="open", number=1)] == [unfound, request]


def test_who_is_found_in_a_file_that_was_joined_is_asked_for_where_it_leads(boss: Actor) -> None:
    pair = pairs.two(boss, at="South", and_at="North")
    request = pairs.sought(boss)
    pairs.joined(pair)
    late = pairs.suggest(boss, pair.second, request)
    actions.decide_pair(boss, late, decision=pairs.SAME)
    assert Task.objects.get(kind="trace_family").owner == pair.mine.worker
    assert request_for(pair.mine.me, request.code) == request
    assert queries.person_file(boss, pair.first).sought == [request]
    actions.answer_tracing_request(pair.mine.me, request, told=TOLD, consent="agreed")


def test_opening_a_request_is_on_record_with_its_purpose(boss: Actor) -> None:
    request = pairs.sought(boss)
    page = client_of(boss).get(f"/tracing/{request.code}/").content.decode()
    assert "Gavharova Zulayho" in page
    entry = AuditEntry.objects.filter(step="identity.open").latest("pk")
    assert (entry.about, entry.purpose, entry.identities) == (request.code, "family_tracing", [request.identity_id])


def test_the_page_asks_for_consent_and_keeps_what_was_written_when_refused(boss: Actor) -> None:
    home = make.home(boss)
    request = found(boss, home).request
    client = client_of(home.me)
    address = f"/tracing/{request.code}/answer/"
    assert "If they say no, the relative learns nothing" in client.get(address).content.decode()
    answer = client.post(address, {"told": TOLD})
    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
    assert client.post(address, {"told": TOLD, "consent": "agreed"}).status_code == 302
    page = client.get(f"/tracing/{request.code}/").content.decode()
    assert TOLD in page
    assert "Yes, the person agrees" in page


@pytest.mark.parametrize("change", ["state = 2", "state = 3", "consent = 'agreed'", "settled_on = now()", "state = 4"])
def test_a_request_answered_by_nobody_is_refused_by_the_database(boss: Actor, change: str) -> None:
    pairs.sought(boss)
    rule = "answered_with_what_was_told_and_consent"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update casework_tracingrequest set {change}")
