"""Records of the demonstration that are one person, as its maker knows: put into the review queue by the real steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework import actions
from panoh.casework.models import ArrivalList, Family, Suggestion
from panoh.web.demo.names import ComposedPerson

# Requests that get a suggestion; the others stay open without one.
REQUESTS_SUGGESTED = 12
FOUND = 2
PERSON_WEIGHT, REQUEST_WEIGHT = 9.0, 4.0


class WhoIsWho:
    """Remembers which records stand for which composed person."""

    def __init__(self) -> None:
        self.people: dict[ComposedPerson, list[str]] = defaultdict(list)
        self.requests: dict[ComposedPerson, str] = {}

    def registered(self, arrivals: ArrivalList, people: Iterable[ComposedPerson]) -> None:
        """Note whom the rows of a list became, in the order of the list."""
        rows = arrivals.rows.order_by("sheet_row").values_list("person__code", "tracing_request__code")
        for composed, (person, request) in zip(people, rows, strict=True):
            if person:
                self.people[composed].append(person)
            elif request:
                self.requests[composed] = request

    def pairs(self) -> list[actions.SuggestedPair]:
        """Return the people registered twice, and some of those whom relatives look for."""
        twice = [
            actions.SuggestedPair(
                codes[0], codes[1], PERSON_WEIGHT - number / 8, {"name": "other_script", "birth": "same", "sex": "same"}
            )
            for number, codes in enumerate(codes for codes in self.people.values() if len(codes) > 1)
        ]
        sought = [
            actions.SuggestedPair(
                self.people[composed][0], request, REQUEST_WEIGHT, {"name": "other_script", "birth": "same_year"}
            )
            for composed, request in self.requests.items()
            if self.people[composed]
        ]
        return twice + sought[-REQUESTS_SUGGESTED:]


def fill_the_queue(boss: Actor, known: WhoIsWho, twice: Sequence[ComposedPerson], worker: Staff) -> None:
    """Suggest who is who; let a worker lead those registered twice, and some of them be found by relatives."""
    codes = [code for composed in twice for code in known.people[composed]]
    for family in Family.objects.filter(memberships__person__code__in=codes).distinct().order_by("pk"):
        actions.assign_family(boss, family, worker=worker)
    actions.suggest_pairs(boss, known.pairs())
    sought = Suggestion.objects.filter(request__isnull=False, person__code__in=codes).order_by("pk")
    for found in sought[:FOUND]:
        actions.decide_pair(boss, found, decision=Suggestion.State.SAME)
