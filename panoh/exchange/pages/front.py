"""Page: the front of the exchange."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from panoh.access.entrances import Request, page
from panoh.exchange.models import Lesson, Proposal
from panoh.exchange.queries import events, lessons, lessons_by_kind, proposals, proposals_by_state

NEWEST = 5


class Figure(NamedTuple):
    """A bar of a chart: its words, its number and where the records are."""

    label: str
    value: int
    url: str


@page("exchange/", name="exchange", needs="exchange.see")
def front(request: Request) -> HttpResponse:
    """Show what is new among events, lessons and proposals, and how many there are of each kind."""
    published = int(Lesson.State.PUBLISHED)
    kinds, states = lessons_by_kind(), proposals_by_state()
    bars = [
        Figure(
            str(Lesson.Kind(kind).label),
            kinds[kind],
            f"{reverse('lessons')}?kind={kind}&state={published}",
        )
        for kind in Lesson.Kind.values
        if kind in kinds
    ]
    waiting = [
        Figure(str(Proposal.State(state).label), states[state], f"{reverse('proposals')}?state={state}")
        for state in Proposal.State.values
        if state in states
    ]
    shown = {
        "events": events()[:NEWEST], "lessons": lessons()[:NEWEST], "proposals": proposals()[:NEWEST],
        "kinds": bars, "states": waiting,
    }  # fmt: skip
    return render(request, "exchange/exchange.html", shown)
