"""What every request passes: headers that Django does not set, and who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.sendings import HEADER, once
from panoh.access.sessions import begin_session, device_of, going_on
from panoh.access.tokens import bearing, token_for
from panoh.access.visits import visit_of
from panoh.web.gates import gate_of

SESSION = "work_session"
Next = Callable[[HttpRequest], HttpResponse]


def harden(next_step: Next) -> Next:
    """Add the headers that keep pages out of caches, frames, sensors and other origins."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = next_step(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path == "/account/sign-out/" and request.method == "POST":
            response.setdefault("Clear-Site-Data", '"storage"')
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return answer


def name_the_actor(next_step: Next) -> Next:
    """Give the request its `actor`, and the database the token of the session; one that was ended is signed out.

    While a session must do something else first (`panoh.web.gates`), there is no actor, and other pages don't answer.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, Staff):
            return next_step(request)
        number = request.session.get(SESSION)
        if number is None:
            device = device_of(request.headers.get("User-Agent", ""))
            number = request.session[SESSION] = begin_session(request.user.pk, device=device)
        session = going_on(number, request.user)
        with bearing(token_for(request.user.pk, number)) as bearer:
            if session is not None and bearer is not None:
                request.work_session = session  # type: ignore[attr-defined]
                gate = gate_of(request, session, request.user)
                if gate is None:
                    request.actor = Actor.of(request.user, visit_of(request))  # type: ignore[attr-defined]
                return (gate and gate.answer(request)) or next_step(request)
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
