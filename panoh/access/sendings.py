"""Sent twice, done once: a change that carries a token is remembered by it, in the transaction of the change itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from panoh.access.actor import Actor
from panoh.access.clock import now
from panoh.access.models import Sending

FIELD = "once"
HEADER = "Idempotency-Key"
FIRST_REFUSED = 400
ONLY_SHOWS = "X-Only-Shows"
LONGEST_TOKEN = 200

Answer = Callable[[], HttpResponse]


def once(request: HttpRequest, actor: Actor, token: str, content: bytes, answer: Answer) -> HttpResponse:
    """Return the answer; for the same content sent again with the same token, the first one's, and nothing is done.

    A second sending waits for the first. One that was refused or broke off is forgotten, so that it can be sent again.
    So is one that only showed something, as often as it is asked for. Other content under an old token is a new
    sending: nothing that somebody wrote is lost.
    """
    if not token or actor.staff_id is None:
        return answer()
    mark = _mark(actor, token, request.path, content)
    with transaction.atomic():
        Sending.objects.bulk_create([Sending(mark=mark, at=now())], ignore_conflicts=True)
        kept = Sending.objects.select_for_update().get(mark=mark)
        if kept.status:
            return _again(request, kept)
        response = answer()
        if response.status_code >= FIRST_REFUSED or ONLY_SHOWS in response.headers:
            del response.headers[ONLY_SHOWS]
            kept.delete()
        else:
            kept.status, kept.location = response.status_code, response.get("Location", "")
            kept.code = _code_in(response)
            kept.save(update_fields=["status", "location", "code"])
        return response


def only_shows(response: HttpResponse) -> HttpResponse:
    """Mark the answer to a form that changed nothing, so that sending it again shows it again."""
    response[ONLY_SHOWS] = "1"
    return response


def forget_sendings(before: datetime) -> None:
    """Forget the tokens of long ago."""
    Sending.objects.filter(at__lt=before).delete()


def _mark(actor: Actor, token: str, path: str, content: bytes) -> bytes:
    told = b"\0".join((str(actor.staff_id).encode(), token[:LONGEST_TOKEN].encode(), path.encode(), content))
    return salted_hmac("panoh.sending", told, algorithm="sha256").digest()


def _again(request: HttpRequest, kept: Sending) -> HttpResponse:
    if kept.location:
        messages.info(request, _("This came twice and was kept once."))
        return HttpResponseRedirect(kept.location)
    if kept.code:
        return JsonResponse({"code": kept.code}, status=kept.status)
    return HttpResponse(status=kept.status)


def _code_in(response: HttpResponse) -> str:
    """Return the code of what was made: the only thing of an answer that is kept, for the rest may name people."""
    if not response.get("Content-Type", "").startswith("application/json") or not response.content:
        return ""
    told = json.loads(response.content)
    return str(told.get("code", ""))[:24] if isinstance(told, dict) else ""
