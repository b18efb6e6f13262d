"""Steps on two records that may be one person: suggest, decide. Nothing is joined here, nothing is held back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere, Unknown
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Membership, Merge, Person, Suggestion, Task, TracingRequest
from panoh.casework.queries.merging import goes_on_as
from panoh.casework.refusals import DecidedMeanwhile, PairIncomplete, RequestSettled, StillJoined
from panoh.vault import actions as vault

__all__ = ["SuggestedPair", "decide_pair", "suggest_pairs"]

DAYS_TO_TRACE = 7
BATCH = 1000
Key = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class SuggestedPair:
    """Two records by code: two people (P-…), or a person and a tracing request (R-…), in either order.

    weight: how strongly it is suggested (log odds of the engine; 0 for a person's hint). evidence: compared field →
    finding, both codes of `data/joining.toml`, such as {"birth": "day_month_swapped"}; never a value.
    """

    one: str
    other: str
    weight: float = 0.0
    evidence: Mapping[str, str] = field(default_factory=dict)


@action("duplicate.suggest")
def suggest_pairs(
    actor: Actor, pairs: Iterable[SuggestedPair], *, origin: str = Suggestion.Origin.BY_HAND, run: str = ""
) -> int:
    """Put pairs into the review queue, and return how many are new there. Sending the same again changes nothing.

    A pair that waits takes the new weight and evidence; one that was decided on stays decided, whatever an engine says.

    Raises:
        Unknown (a code, or a word of the evidence), PairIncomplete.
        NotThere: a record lies outside the actor's reach.
    """
    pairs = list(pairs)
    _require_words(pairs)
    made = _made_of(pairs, *_records(actor, pairs), origin=origin, run=run)
    there = {
        _key(one): one
        for one in Suggestion.objects.select_for_update().filter(person__in={key[0] for key in made}).order_by("pk")
        if _key(one) in made
    }
    # In one order, whoever sends them: two who send the same in another would wait for each other.
    new = sorted(
        (one for key, one in made.items() if key not in there), key=lambda one: [part or 0 for part in _key(one)]
    )
    Suggestion.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    waiting = [one for one in there.values() if one.state == Suggestion.State.OPEN and origin != one.Origin.BY_HAND]
    for one in waiting:
        fresh = made[_key(one)]
        one.weight, one.evidence, one.origin, one.run = fresh.weight, fresh.evidence, fresh.origin, fresh.run
    Suggestion.objects.bulk_update(waiting, ["weight", "evidence", "origin", "run"], batch_size=BATCH)
    return len(new)


@action("duplicate.decide")
def decide_pair(actor: Actor, suggestion: Suggestion, *, decision: int, was: int | None = None) -> Suggestion:
    """Say whether two records are the same person, different people, or that one is not sure.

    The same person sought and found: the worker of the person's case gets a task; the relative learns nothing yet.
    decision: a state but "to decide". was: the state the decider saw.

    Raises:
        DecidedMeanwhile: it is no longer what the decider saw.
        StillJoined: the two files are joined, or wait to be.
        RequestSettled: the relative was answered, or asks no more.
    """
    suggestion = Suggestion.objects.select_for_update(of=("self",)).select_related("person", "request").get(
        pk=suggestion.pk
    )  # fmt: skip
    if suggestion.state == decision and suggestion.decided_by_id == actor.me:
        return suggestion  # sent twice
    if was is not None and suggestion.state != was:
        raise DecidedMeanwhile(who=suggestion.decided_by or _("A colleague"), state=suggestion.get_state_display())
    live = suggestion.merges.filter(state__in=[Merge.State.PROPOSED, Merge.State.JOINED]).first()
    if live:
        raise StillJoined(merge=live.code)
    if suggestion.request:
        _follow(actor, suggestion, suggestion.request, is_found=decision == Suggestion.State.SAME)
    suggestion.state, suggestion.decided_by_id, suggestion.decided_at = decision, actor.me, now()
    suggestion.save(update_fields=["state", "decided_by", "decided_at", "task"])
    return suggestion


def _follow(actor: Actor, suggestion: Suggestion, request: TracingRequest, *, is_found: bool) -> None:
    request = TracingRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != TracingRequest.State.OPEN:
        raise RequestSettled(request=request.code, state=request.get_state_display(), on=request.settled_on)
    if is_found and suggestion.task_id is None:
        suggestion.task = _ask_worker(goes_on_as(suggestion.person), request)
    elif not is_found and suggestion.task_id is not None:
        Task.objects.filter(pk=suggestion.task_id, done_on=None).update(done_on=today(), done_by=actor.staff_id)
        suggestion.task = None


def _ask_worker(person: Person, request: TracingRequest) -> Task:
    """Return the task of the worker who leads the work with a person; of a closed file, with nobody's case."""
    case = Case.objects.filter(person=person, closed_on=None).select_related("family").first()
    living = Membership.objects.filter(person=person).select_related("family").order_by("-since", "-pk")
    family = case.family if case else living[0].family
    return Task.objects.create(
        family=family,
        case=case,
        kind="trace_family",
        due=today() + timedelta(days=DAYS_TO_TRACE),
        owner_id=family.worker_id,
        words_id=vault.keep_text(family.papers_id, request.code),
    )


def _require_words(pairs: Sequence[SuggestedPair]) -> None:
    """Let nothing but words of the lists into the evidence: it is read in the clear."""
    words = catalogue()
    for pair in pairs:
        for compared, found in pair.evidence.items():
            words.known("match_fields", compared)
            words.known("match_findings", found)
        if not math.isfinite(pair.weight):
            raise Unknown(word=pair.weight, what=_("numbers"))


def _records(actor: Actor, pairs: Sequence[SuggestedPair]) -> tuple[dict[str, Person], dict[str, TracingRequest]]:
    codes = {code for pair in pairs for code in (pair.one, pair.other)}
    people = {person.code: person for person in Person.objects.filter(code__in=codes)}
    requests = {request.code: request for request in TracingRequest.objects.filter(code__in=codes)}
    for code in codes - people.keys() - requests.keys():
        raise Unknown(word=code, what=_("people and tracing requests"))
    named: list[Person | TracingRequest] = [*people.values(), *requests.values()]
    if actor.role.scope != "all" and not all(actor.reaches(one) for one in named):
        raise NotThere
    return people, requests


def _made_of(
    pairs: Sequence[SuggestedPair],
    people: Mapping[str, Person],
    requests: Mapping[str, TracingRequest],
    *,
    origin: str,
    run: str,
) -> dict[Key, Suggestion]:
    """Return one suggestion for each two records; of a pair named twice, the stronger."""
    made: dict[Key, Suggestion] = {}
    for pair in pairs:
        both = {pair.one, pair.other}
        found = sorted((people[code] for code in both if code in people), key=lambda one: one.pk)
        sought = [requests[code] for code in both if code in requests]
        if not found or len(found) + len(sought) != 2:
            raise PairIncomplete
        first, *more = found
        suggestion = Suggestion(
            person=first,
            other=more[0] if more else None,
            request=sought[0] if sought else None,
            origin=Suggestion.Origin(origin),
            run=run[:40],
            weight=pair.weight,
            evidence=dict(pair.evidence),
        )
        before = made.get(_key(suggestion))
        if before is None or before.weight < suggestion.weight:
            made[_key(suggestion)] = suggestion
    return made


def _key(suggestion: Suggestion) -> Key:
    return suggestion.person_id, suggestion.other_id, suggestion.request_id
