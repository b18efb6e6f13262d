"""Pages for whoever leads workers: what one of them sees."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from panoh.access.clock import today
from panoh.access.entrances import Request, page
from panoh.access.queries import staff_for
from panoh.casework import queries
from panoh.casework.pages.families import page_number


@page("workers/", name="workers", needs="worker.view")
def workers(request: Request) -> HttpResponse:
    """Show the colleagues who see less than the reader."""
    return render(request, "casework/workers.html", {"workers": queries.workers(request.actor)})


@page("workers/<str:username>/", name="worker-sees", needs="worker.view")
def worker(request: Request, username: str) -> HttpResponse:
    """Show what a worker sees, as far as the reader sees it too."""
    seen = queries.seen_by(request.actor, staff_for(request.actor, username), page=page_number(request))
    items = [item for part in seen.parts.values() for item in part.items]
    names = queries.called(request.actor, {item.family_code for item in items}) if seen.are_named else {}
    return render(request, "casework/worker_sees.html", {"seen": seen, "names": names, "day": today()})
