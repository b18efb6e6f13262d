"""Before arrival as pages show it: rival accounts of who somebody is, papers for the way, tests, flights, hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, HandOver, Hypothesis, Journey, KinshipTest, LegalFile, Membership, Person
from panoh.casework.queries.placements import place_of
from panoh.casework.queries.purposes import purpose_for
from panoh.casework.queries.reach import within
from panoh.vault.queries import names_of, open_parts

__all__ = ["JourneyFile", "flights", "hypothesis_for", "journey_file", "journey_for"]

FOR_THE_WAY = ("nationality", "travel_document")
MOST = 500


@dataclass(frozen=True)
class JourneyFile:
    """All that is known of a person before arrival."""

    family: Family
    name: str
    hypotheses: list[tuple[Hypothesis, str, Mapping[str, str]]]
    papers: list[tuple[LegalFile, str, str]]
    tests: list[tuple[KinshipTest, str]]
    journeys: list[Journey]
    hand_overs: list[tuple[HandOver, str, list[str], str]]
    purpose: str


def hypothesis_for(person: Person, number: int) -> Hypothesis:
    """Return a hypothesis on who this person is; else NotThere."""
    found = Hypothesis.objects.filter(person=person, pk=number).select_related("person__home").first()
    if found is None:
        raise NotThere
    return found


def journey_for(person: Person, number: int) -> Journey:
    """Return a flight of this person; else NotThere."""
    found = Journey.objects.filter(person=person, pk=number).select_related("person__home").first()
    if found is None:
        raise NotThere
    return found


def journey_file(actor: Actor, person: Person) -> JourneyFile:
    """Return what is known of a person before arrival, opened; the audit says so."""
    words, home = catalogue(), person.home
    tests = list(KinshipTest.objects.filter(person=person).select_related("other", "laboratory", "by").order_by("-pk"))
    living = Membership.objects.filter(family=home, until=None).select_related("person")
    called = {one.person.identity_id: one.person.code for one in living} | {person.identity_id: person.code}
    called |= {test.other.identity_id: test.other.code for test in tests}
    purpose = purpose_for(actor, home)
    names = called | {
        one: name for one, name in names_of(actor, called, purpose=purpose, about=person.code).items() if name
    }
    claims = list(Hypothesis.objects.filter(person=person).select_related("by").order_by("standing", "sureness", "pk"))
    handed = HandOver.objects.filter(person=person).select_related("from_agency", "with_agency", "with_person", "by")
    hand_overs = list(handed.order_by("-at"))
    opened = open_parts([*(one.words_id for one in claims), *(one.words_id for one in hand_overs)])
    booked = Journey.objects.filter(person=person).select_related("arrival_list", "by")
    papers = LegalFile.objects.filter(person=person, kind__in=FOR_THE_WAY).order_by("kind", "pk")
    return JourneyFile(
        family=home,
        name=names[person.identity_id],
        hypotheses=[
            (one, words.label("claim_sources", one.source), opened.get(one.words_id, {})) for one in claims
        ],
        papers=[
            (one, words.label("legal_kinds", one.kind), words.label("legal_steps", one.step)) for one in papers
        ],
        tests=[(test, names[test.other.identity_id]) for test in tests],
        journeys=list(booked.order_by("-on", "-pk")),
        hand_overs=[
            (
                one,
                place_of(one, names),
                [words.label("missing_documents", code) for code in one.missing],
                str(opened.get(one.words_id, "")) if one.words_id else "",
            )
            for one in hand_overs
        ],
        purpose=purpose,
    )  # fmt: skip


def flights(actor: Actor) -> list[tuple[str, list[Journey]]]:
    """Return who of the families in reach is to come on which flight, the next flight first; codes, no names."""
    found = Journey.objects.filter(within(actor, "person__home"), taken_off_on=None, on__gte=today())
    by_flight: dict[str, list[Journey]] = {}
    for one in found.select_related("person__home", "arrival_list").order_by("on", "flight", "person__code")[:MOST]:
        by_flight.setdefault(f"{one.flight} {one.on.isoformat()}", []).append(one)
    return list(by_flight.items())
