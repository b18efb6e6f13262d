"""Requests of relatives: who is sought, who may be that person, what the relative was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Membership, Suggestion, TracingRequest
from panoh.casework.queries.merging import goes_on_as
from panoh.casework.queries.reach import within
from panoh.vault.queries import IdentityFacts, names_of, open_identities, open_parts

__all__ = ["TABS", "Found", "RequestFile", "RequestLine", "counts_of_requests", "request_file", "request_for",
           "requests_page"]  # fmt: skip

PAGE_ROWS = 50
PURPOSE = "family_tracing"
State = TracingRequest.State
TABS = {
    "found": gettext_lazy("Found, to answer"),
    "suggested": gettext_lazy("With a suggestion"),
    "open": gettext_lazy("Open"),
    "answered": gettext_lazy("Answered"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


def _part(tab: str) -> Q:
    if tab in ("answered", "withdrawn"):
        return Q(state=State.ANSWERED if tab == "answered" else State.WITHDRAWN)
    is_open = Q(state=State.OPEN)
    if tab == "open":
        return is_open
    wanted = [Suggestion.State.SAME] if tab == "found" else [Suggestion.State.OPEN, Suggestion.State.UNSURE]
    return is_open & Q(Exists(Suggestion.objects.filter(request=OuterRef("pk"), state__in=wanted)))


def _within(actor: Actor) -> QuerySet[TracingRequest]:
    """Return every request for a coordinator; for others, those whose person was found in a family in reach."""
    if actor.role.scope == "all":
        return TracingRequest.objects.all()
    living = Membership.objects.filter(within(actor, "family"), until=None)
    straight = Q(Exists(living.filter(person=OuterRef("person"))))
    joined = Q(Exists(living.filter(person__merges_into__merged=OuterRef("person"), person__merges_into__state=2)))
    found = Suggestion.objects.filter(straight | joined, request=OuterRef("pk"), state=Suggestion.State.SAME)
    return TracingRequest.objects.filter(Exists(found))


def counts_of_requests(actor: Actor) -> Mapping[str, int]:
    """Return how many requests stand in each part. One query."""
    return _within(actor).aggregate(**{tab: Count("pk", filter=_part(tab)) for tab in TABS})


@dataclass(frozen=True)
class RequestLine:
    """One request in the list: who is sought, and how many may be that person."""

    request: TracingRequest
    name: str
    suggested: int
    found: int


def requests_page(actor: Actor, *, tab: str, number: object) -> Page[Any]:
    """Return one page of the requests in reach, the newest first. The names sought are opened, which is audited."""
    waits = Count("suggestions", filter=Q(suggestions__state__in=[Suggestion.State.OPEN, Suggestion.State.UNSURE]))
    found = Count("suggestions", filter=Q(suggestions__state=Suggestion.State.SAME))
    rows = _within(actor).filter(_part(tab)).annotate(waits=waits, found=found).select_related("row__arrival_list")
    page: Page[Any] = Paginator(rows.order_by("-opened_on", "-pk"), PAGE_ROWS).get_page(number)  # type: ignore[arg-type]
    requests = list(page.object_list)
    names = names_of(actor, [request.identity_id for request in requests], purpose=PURPOSE)
    page.object_list = [
        RequestLine(request, names.get(request.identity_id, ""), request.waits, request.found) for request in requests
    ]
    return page


def request_for(actor: Actor, code: str) -> TracingRequest:
    """Return the request of this code.

    Raises:
        NotThere: absent, or not the actor's to see.
    """
    related = ("row__arrival_list", "settled_by", "identity")
    found = _within(actor).filter(code=code).select_related(*related).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class Found:
    """Somebody who may be the person sought: the pair, the person's code now, and whether the actor reaches it."""

    suggestion: Suggestion
    person: str
    is_reached: bool


@dataclass(frozen=True)
class RequestFile:
    """All that the page of a request shows."""

    facts: IdentityFacts
    applicant: str
    kinship: str
    told: str
    consent: str
    suggestions: list[Found]

    @property
    def is_found(self) -> bool:
        """Tell whether somebody was decided to be the person sought."""
        return any(one.suggestion.state == Suggestion.State.SAME for one in self.suggestions)


def request_file(actor: Actor, request: TracingRequest) -> RequestFile:
    """Return a request with the identity of the person sought opened; the audit names the request."""
    facts = open_identities(actor, [request.identity_id], purpose=PURPOSE, about=request.code)
    texts = open_parts([request.applicant_id, request.told_id])
    said = texts.get(request.applicant_id, {}) if request.applicant_id else {}
    pairs = request.suggestions.select_related("person", "decided_by").order_by("-state", "-weight", "pk")
    shown = [pair for pair in pairs if actor.role.scope == "all" or pair.state == Suggestion.State.SAME]
    return RequestFile(
        facts=facts.get(request.identity_id, IdentityFacts()),
        applicant=said.get("name", ""),
        kinship=said.get("kinship", ""),
        told=str(texts.get(request.told_id, "")) if request.told_id else "",
        consent=catalogue().label("tracing_consents", request.consent) if request.consent else "",
        suggestions=[_found(actor, pair) for pair in shown],
    )


def _found(actor: Actor, pair: Suggestion) -> Found:
    person = goes_on_as(pair.person)
    return Found(pair, person.code, actor.reaches(person))
