"""Steps on a tracing request: answer the relative, or note that they ask no more. Nothing tells them by itself."""

from __future__ import annotations

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Suggestion, Task, TracingRequest
from panoh.casework.refusals import AnswerEmpty, NobodyFound, RequestSettled
from panoh.vault import actions as vault
from panoh.vault.refusals import Forgotten

__all__ = ["answer_tracing_request", "withdraw_tracing_request"]


@action("tracing.answer")
def answer_tracing_request(actor: Actor, request: TracingRequest, *, told: str, consent: str) -> TracingRequest:
    """Record what a relative was told of the person who was found, and whether that person agreed to it.

    told: sealed with the words of the request. consent: a code of `tracing_consents`.

    Raises:
        RequestSettled, AnswerEmpty, Unknown (the consent).
        NobodyFound: nobody decided that the person sought is one of ours.
    """
    request = _open(request)
    found = Suggestion.objects.filter(request=request, state=Suggestion.State.SAME)
    if not found.exists():
        raise NobodyFound(request=request.code)
    request.consent = catalogue().known("tracing_consents", consent)
    if not told.strip():
        raise AnswerEmpty
    try:
        request.told_id = vault.keep_words(request.identity_id, told)
    except Forgotten:
        request.told_id = vault.keep_text(request.row.arrival_list.papers_id, told)
    _settle(actor, request, TracingRequest.State.ANSWERED)
    asked = Task.objects.filter(pk__in=found.values("task"), done_on=None)
    asked.update(done_on=today(), done_by=actor.me)
    return request


@action("tracing.withdraw")
def withdraw_tracing_request(actor: Actor, request: TracingRequest) -> TracingRequest:
    """Note that the relative asks no more; who was found stays as decided, and tasks about it end.

    Raises:
        RequestSettled.
    """
    request = _open(request)
    _settle(actor, request, TracingRequest.State.WITHDRAWN)
    asked = Task.objects.filter(pk__in=request.suggestions.values("task"), done_on=None)
    asked.update(done_on=today(), done_by=actor.me)
    return request


def _open(request: TracingRequest) -> TracingRequest:
    locked = TracingRequest.objects.select_for_update(of=("self",)).select_related("row__arrival_list")
    request = locked.get(pk=request.pk)
    if request.state != TracingRequest.State.OPEN:
        raise RequestSettled(request=request.code, state=request.get_state_display(), on=request.settled_on)
    return request


def _settle(actor: Actor, request: TracingRequest, state: int) -> None:
    request.state, request.settled_on, request.settled_by_id = state, today(), actor.me
    request.save(update_fields=["state", "settled_on", "settled_by", "told", "consent"])
