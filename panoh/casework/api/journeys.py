"""What was before arrival over HTTP: who somebody may be, kinship tests, flights, the hand-over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Number, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.actions.journeys import FLIGHT
from panoh.casework.api.care import CareMadeOut, ViewlessIn
from panoh.casework.models import HandOver, Hypothesis, Journey, KinshipTest
from panoh.casework.queries.journeys import flights, hypothesis_for, journey_file, journey_for

router = Router(tags=["Before arrival"])
WRITES, PERSON = "journey.write", "/people/{code}"

Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=300)]
Sureness = Literal["sure", "likely", "possible", "doubtful"]
Standing = Literal["open", "taken", "ruled_out"]
TestOutcome = Literal["supports", "does_not", "inconclusive"]


class HypothesisIn(Schema):
    source: Word
    sureness: Sureness
    name: Said = ""
    birth: Said = ""
    kin: Said = ""
    origin: Said = ""
    on: date | None = None


class StandingIn(Schema):
    standing: Standing


class KinshipTestIn(Schema):
    other: Code
    outcome: TestOutcome
    laboratory: Code
    on: date


class FlightIn(Schema):
    flight: Annotated[str, StringConstraints(pattern=FLIGHT)]
    on: date
    arrival_list: Code | None = None


class HandOverIn(ViewlessIn):
    from_agency: Code
    at: datetime | None = None
    missing: Annotated[list[Word], Field(max_length=20)] = Field([])
    words: Text = ""


class HypothesisOut(Schema):
    number: int
    source: str
    sureness: Sureness
    standing: Standing
    name: str
    birth: str
    kin: str
    origin: str


class KinshipTestOut(Schema):
    other: str
    outcome: TestOutcome
    on: date
    laboratory: str


class FlightOut(Schema):
    number: int = Field(..., alias="pk")
    flight: str
    on: date
    taken_off_on: date | None


class HandOverOut(Schema):
    from_agency: str
    to: str
    at: datetime
    missing: list[str]
    words: str


class JourneyOut(Schema):
    hypotheses: list[HypothesisOut]
    kinship_tests: list[KinshipTestOut]
    flights: list[FlightOut]
    hand_overs: list[HandOverOut]


class OnFlightOut(Schema):
    flight: str
    on: date
    person: str = Field(..., alias="person.code")
    family: str = Field(..., alias="person.home.code")


@router.get("/flights", auth=Needs(WRITES), response=list[OnFlightOut])
def who_flies(request: Request) -> list[Journey]:
    """Give who of the families in reach comes on which flight, by code."""
    return [one for _flight, passengers in flights(request.actor) for one in passengers]


@router.get(f"{PERSON}/journey", auth=Needs("person.see"), response=JourneyOut)
def journey(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give what is known of a person before arrival; its words are opened."""
    file = journey_file(request.actor, queries.person_for(request.actor, code))
    return {
        "hypotheses": [
            {"number": one.pk, "source": one.source, "sureness": Hypothesis.Sureness(one.sureness).name.lower(),
             "standing": Hypothesis.Standing(one.standing).name.lower(),
             **{part: str(words.get(part, "")) for part in ("name", "birth", "kin", "origin")}}
            for one, _source, words in file.hypotheses
        ],
        "kinship_tests": [
            {"other": test.other.code, "outcome": KinshipTest.Outcome(test.outcome).name.lower(), "on": test.on,
             "laboratory": test.laboratory.code}
            for test, _name in file.tests
        ],
        "flights": file.journeys,
        "hand_overs": [
            {"from_agency": one.from_agency.code, "to": to, "at": one.at, "missing": one.missing, "words": words}
            for one, to, _missing, words in file.hand_overs
        ],
    }  # fmt: skip


@router.post(f"{PERSON}/hypotheses", auth=Needs(WRITES), response={201: CareMadeOut})
def add_hypothesis(request: Request, code: Path[Code], given: HypothesisIn) -> Status[Hypothesis]:
    """Add who a person may be; what others said stays beside it."""
    read = {"sureness": Hypothesis.Sureness[given.sureness.upper()]}
    person = queries.person_for(request.actor, code)
    return Status(201, actions.add_hypothesis(request.actor, person, **{**given.dict(), **read}))


@router.post(f"{PERSON}/hypotheses/{{number}}", auth=Needs(WRITES), response={204: None})
def settle_hypothesis(request: Request, code: Path[Code], number: Path[Number], given: StandingIn) -> Status[None]:
    """Take one as right, rule it out, or leave it open."""
    claim = hypothesis_for(queries.person_for(request.actor, code), number)
    actions.settle_hypothesis(request.actor, claim, standing=Hypothesis.Standing[given.standing.upper()])
    return Status(204, None)


@router.post(f"{PERSON}/kinship-tests", auth=Needs(WRITES), response={201: CareMadeOut})
def record_test(request: Request, code: Path[Code], given: KinshipTestIn) -> Status[KinshipTest]:
    """Record the outcome of a kinship test, and nothing it was found from."""
    person, other = (queries.person_for(request.actor, one) for one in (code, given.other))
    return Status(201, actions.record_kinship_test(
        request.actor, person, other=other, outcome=KinshipTest.Outcome[given.outcome.upper()],
        laboratory=access.agency(given.laboratory), on=given.on,
    ))  # fmt: skip


@router.post(f"{PERSON}/flights", auth=Needs(WRITES), response={201: FlightOut})
def book(request: Request, code: Path[Code], given: FlightIn) -> Status[Journey]:
    """Put a person on a flight."""
    person = queries.person_for(request.actor, code)
    arrivals = queries.list_for(request.actor, given.arrival_list) if given.arrival_list else None
    return Status(
        201, actions.book_flight(request.actor, person, flight=given.flight, on=given.on, arrival_list=arrivals)
    )


@router.post(f"{PERSON}/flights/{{number}}/take-off", auth=Needs(WRITES), response={204: None})
def take_off(request: Request, code: Path[Code], number: Path[Number]) -> Status[None]:
    """Take a person off a flight."""
    actions.take_off_flight(request.actor, journey_for(queries.person_for(request.actor, code), number))
    return Status(204, None)


@router.post(f"{PERSON}/hand-overs", auth=Needs(WRITES), response={201: CareMadeOut})
def hand_over(request: Request, code: Path[Code], given: HandOverIn) -> Status[HandOver]:
    """Record who received a person from whom, when, and which papers were missing."""
    person = queries.person_for(request.actor, code)
    return Status(201, actions.hand_over_person(
        request.actor, person, from_agency=access.agency(given.from_agency), to=given.place(request.actor), at=given.at,
        missing=given.missing, words=given.words,
    ))  # fmt: skip
