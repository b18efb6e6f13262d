"""What every request passes: headers that Django does not set, and who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from panoh.access.actions import begin_session
from panoh.access.entrances import Actor
from panoh.access.sendings import HEADER, once
from panoh.access.tokens import bearing, token_for
from panoh.access.visits import visit_of

SESSION = "work_session"
Next = Callable[[HttpRequest], HttpResponse]


def harden(next_step: Next) -> Next:
    """Add the headers that keep pages out of caches, frames, sensors and other origins."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = next_step(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return answer


def name_the_actor(next_step: Next) -> Next:
    """Give the request its `actor`, and the database the token of the session; one that was ended is signed out."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return next_step(request)
        number = request.session.get(SESSION)
        if number is None:
            number = request.session[SESSION] = begin_session(request.user.pk)
        with bearing(token_for(request.user.pk, number)) as bearer:
            if bearer is not None:
                request.actor = Actor.of(request.user, visit_of(request))  # type: ignore[attr-defined]
                return next_step(request)
        logout(request)
        return next_step(request)

    return answer


def do_once(next_step: Next) -> Next:
    """Let a change over the API that carries an Idempotency-Key be done once, however often it is sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not key or not request.path.startswith("/api/") or request.method not in {"POST", "PUT"}:
            return next_step(request)
        actor = getattr(request, "actor", None)
        is_file = (request.content_type or "").startswith("multipart/")  # a file is known again by what it holds
        if actor is None or is_file:
            return next_step(request)
        return once(request, actor, key, request.body, lambda: next_step(request))

    return answer
