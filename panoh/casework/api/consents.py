"""The consent register and the log of talks over HTTP, with the steps and refusals of the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Word
from panoh.access.entrances import Actor, Request
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.casework import actions, queries
from panoh.casework.actions import Answer
from panoh.casework.models import Consent, Interview
from panoh.casework.queries.consents import consent_for, consents_of
from panoh.casework.queries.interviews import interviews_of

router = Router(tags=["Consents"])

Told = Literal["identity", "location", "care", "health", "psychosocial", "legal", "education", "material"]
AgencyKind = Literal[
    "ministry", "social_service", "reception_centre", "school", "clinic", "committee", "ngo", "international",
    "civil_registry",
]  # fmt: skip
Stands = Literal["assessment", "note", "sealed_note", "with_agency", "not_kept"]


class ConsentSaidIn(Schema):
    """until: left out when they said no. guardian: code of whoever speaks for a child."""

    kinds: Annotated[list[AgencyKind], Field(max_length=9)] = Field([])
    agencies: Annotated[list[Code], Field(max_length=20)] = Field([])
    classes: Annotated[list[Told], Field(max_length=8)]
    language: Word
    until: date | None = None
    guardian: Code | None = None
    evidence: Word | None = None
    assent: Literal["yes", "no", "not_asked"] | None = None
    not_asked_because: Word | None = None
    is_interpreted: bool = False
    on: date | None = None

    def said(self, actor: Actor) -> Answer:
        """Return what was said, ready for the step."""
        return Answer(
            kinds=[Agency.Kind[kind.upper()] for kind in self.kinds],
            agencies=[access.agency(code) for code in self.agencies],
            classes=[FieldClass[kind.upper()] for kind in self.classes],
            language=self.language,
            until=self.until,
            guardian=queries.person_for(actor, self.guardian) if self.guardian else None,
            evidence=self.evidence or "",
            assent=Consent.Assent[self.assent.upper()] if self.assent else None,
            not_asked_because=self.not_asked_because or "",
            is_interpreted=self.is_interpreted,
            on=self.on,
        )


class ConsentIn(ConsentSaidIn):
    purpose: Word


class ConsentOut(Schema):
    code: str
    purpose: str
    kinds: list[str]
    agencies: list[str]
    classes: list[str]
    state: str
    said_on: date
    until: date | None
    ended_on: date | None
    holds: bool

    @staticmethod
    def resolve_kinds(consent: Consent) -> list[str]:
        return [Agency.Kind(kind).name.lower() for kind in consent.kinds]

    @staticmethod
    def resolve_classes(consent: Consent) -> list[str]:
        return [FieldClass(kind).name.lower() for kind in consent.classes]

    @staticmethod
    def resolve_state(consent: Consent) -> str:
        return Consent.State(consent.state).name.lower()


class InterviewIn(Schema):
    """again_because: where somebody asked about it before."""

    topic: Word
    stands: Stands
    on: date | None = None
    agency: Code | None = None
    again_because: Word | None = None


class InterviewOut(Schema):
    topic: str
    on: date
    agency: str = Field(..., alias="agency.code")
    stands: str
    again_because: str

    @staticmethod
    def resolve_stands(interview: Interview) -> str:
        return Interview.Stands(interview.stands).name.lower()


@router.get("/people/{code}/consents", auth=Needs("consent.record"), response=list[ConsentOut])
def consents(request: Request, code: Path[Code]) -> list[Consent]:
    """List what somebody was asked and said, the newest first."""
    return [shown.consent for shown in consents_of(queries.person_for(request.actor, code))]


@router.post("/people/{code}/consents", auth=Needs("consent.record"), response={201: ConsentOut})
def record_consent(request: Request, code: Path[Code], given: ConsentIn) -> Status[Consent]:
    """Record what somebody said when asked."""
    person = queries.person_for(request.actor, code)
    said = given.said(request.actor)
    return Status(201, actions.record_consent(request.actor, person, purpose=given.purpose, said=said))


@router.post("/consents/{code}/renewal", auth=Needs("consent.record"), response={201: ConsentOut})
def renew_consent(request: Request, code: Path[Code], given: ConsentSaidIn) -> Status[Consent]:
    """Record that somebody was asked again; what rested on the former consent moves as far as this one reaches."""
    found = consent_for(request.actor, code)
    return Status(201, actions.renew_consent(request.actor, found, said=given.said(request.actor)))


@router.post("/consents/{code}/withdrawal", auth=Needs("consent.record"), response={204: None})
def withdraw_consent(request: Request, code: Path[Code]) -> Status[None]:
    """Take a consent back, and all that rests on it."""
    actions.withdraw_consent(request.actor, consent_for(request.actor, code))
    return Status(204, None)


@router.get("/people/{code}/interviews", auth=Needs("interview.record"), response=list[InterviewOut])
def interviews(request: Request, code: Path[Code]) -> list[Interview]:
    """List who asked somebody about what, and where the answers stand."""
    return [shown.interview for shown in interviews_of(queries.person_for(request.actor, code))]


@router.post("/people/{code}/interviews", auth=Needs("interview.record"), response={201: InterviewOut})
def record_interview(request: Request, code: Path[Code], given: InterviewIn) -> Status[Interview]:
    """Record a talk, unless somebody asked about the same and it is not said why again."""
    person = queries.person_for(request.actor, code)
    agency = access.agency(given.agency) if given.agency else access.own_agency(request.actor)
    made = actions.record_interview(
        request.actor, person, topic=given.topic, stands=Interview.Stands[given.stands.upper()], on=given.on,
        agency=agency, again_because=given.again_because or "",
    )  # fmt: skip
    return Status(201, made)
