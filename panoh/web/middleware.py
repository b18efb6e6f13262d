"""What every request passes: headers that Django does not set, and who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from panoh.access.entrances import Actor

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
    """Give the request its `actor`, for pages, actions and queries alike."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.actor = Actor.of(request.user)  # type: ignore[attr-defined]
        return next_step(request)

    return answer
