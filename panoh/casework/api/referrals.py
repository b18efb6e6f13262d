"""The directory, referrals and refusals over HTTP, with the steps and refusals of the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.access.fields import FieldClass
from panoh.casework import actions, queries
from panoh.casework.actions import Basis, Told
from panoh.casework.api.cases import CodeOut
from panoh.casework.jobs_referrals import begin_decline
from panoh.casework.models import Offer, Referral, ServiceRefusal, Via
from panoh.casework.queries.consents import consent_for
from panoh.casework.queries.directory import offer_for, offers
from panoh.casework.queries.referrals import (
    Counted,
    asked_of_us,
    families_refused,
    referral_for,
    referral_shown,
    referrals_of,
    refusal_for,
    refusals_counted,
    sent,
)

router = Router(tags=["Referrals"])

Way = Literal["account", "link", "slip"]
Opened = Literal["identity", "location", "care", "health", "psychosocial", "legal", "education", "material"]
Age = Annotated[int, Field(ge=0, le=120)]
Places = Annotated[int, Field(ge=0, le=9999)]
Short = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")]
Reached = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class ToldIn(Schema):
    """places_free: left out when they are not counted."""

    via: Way
    from_age: Age | None = None
    to_age: Age | None = None
    places_free: Places | None = None
    reached: Reached = ""
    opening: Short = ""
    fee: Short = ""

    def told(self) -> Told:
        """Return what an agency says of its offer."""
        names = ("from_age", "to_age", "places_free", "reached", "opening", "fee")
        return Told(via=Via[self.via.upper()], **{name: getattr(self, name) for name in names})


class OfferIn(ToldIn):
    agency: Code
    service: Code
    district: Code | None = None


class OffersAsked(Schema):
    service: Code | None = None
    district: Code | None = None
    has_place: bool = False


class OfferOut(Schema):
    code: str
    agency: str = Field(..., alias="agency.code")
    service: str
    district: str | None = Field(None, alias="district.code")
    from_age: int | None
    to_age: int | None
    places_free: int | None
    places_told_on: date | None
    via: str
    reached: str
    opening: str
    fee: str

    @staticmethod
    def resolve_via(offer: Offer) -> str:
        return Via(offer.via).name.lower()


class ReferralIn(Schema):
    """offer: code of the directory's entry. Without consent: legal_basis and reason."""

    offer: Code
    classes: Annotated[list[Opened], Field(max_length=8)] = Field([])
    words: Text = ""
    answer_by: date | None = None
    step: Code | None = None
    consent: Code | None = None
    legal_basis: Word | None = None
    reason: Text = ""


class AcceptIn(Schema):
    due: date
    words: Text = ""


class DeclineIn(Schema):
    because: Word
    basis: Text = ""


class FeedbackIn(Schema):
    feedback: Text


class ReferralBecauseIn(Schema):
    because: Word


class ReferralOut(Schema):
    code: str
    service: str
    agency: str = Field(..., alias="agency.code")
    state: str
    answer_by: date
    due: date | None
    answered_on: date | None
    ended_on: date | None
    escalated_on: date | None
    is_late: bool

    @staticmethod
    def resolve_state(referral: Referral) -> str:
        return Referral.State(referral.state).name.lower()


class ReferralFull(Schema):
    referral: ReferralOut
    person: str
    words: str
    said: str
    feedback: str
    refused_because: str


class ReferralsOut(Schema):
    asked: list[ReferralOut]
    sent: list[ReferralOut]


class ServiceRefusalIn(DeclineIn):
    service: Code
    agency: Code
    on: date | None = None


class ReferralAppealIn(Schema):
    words: Text


class ReferralAppealAnswerIn(Schema):
    answer: Literal["given_after_all", "stays"]
    words: Text = ""


class ReasonOut(Schema):
    reason: str
    number: int


class CountedOut(Schema):
    service: str
    total: int
    reasons: list[ReasonOut]
    appealed: int
    given_after_all: int

    @staticmethod
    def resolve_reasons(counted: Counted) -> list[dict[str, Any]]:
        return [{"reason": reason, "number": number} for reason, number in counted.reasons]


class WholeOut(Schema):
    family_code: str
    refused: int


class RefusalsOut(Schema):
    services: list[CountedOut]
    families: list[WholeOut]


@router.get("/directory", auth=Needs("directory.see"), response=list[OfferOut])
def directory(request: Request, asked: Query[OffersAsked]) -> list[Offer]:
    """List who offers what where."""
    where = access.district(asked.district) if asked.district else None
    found = offers(request.actor, service=asked.service or "", district=where, has_place=asked.has_place)
    return [shown.offer for shown in found]


@router.post("/directory", auth=Needs("directory.keep"), response={201: OfferOut})
def offer_service(request: Request, given: OfferIn) -> Status[Offer]:
    """Enter what an agency offers."""
    where = access.district(given.district) if given.district else None
    agency = access.agency(given.agency)
    told = given.told()
    return Status(201, actions.offer_service(request.actor, agency, service=given.service, told=told, district=where))


@router.put("/directory/{code}", auth=Needs("directory.keep"), response=OfferOut)
def change_offer(request: Request, code: Path[Code], given: ToldIn) -> Offer:
    """Put right what an agency says of its offer."""
    return actions.change_offer(request.actor, offer_for(code), told=given.told())


@router.post("/directory/{code}/end", auth=Needs("directory.keep"), response={204: None})
def end_offer(request: Request, code: Path[Code]) -> Status[None]:
    """Say that an agency does not offer this any more."""
    actions.end_offer(request.actor, offer_for(code))
    return Status(204, None)


@router.get("/referrals", auth=Needs("referral.see"), response=ReferralsOut)
def referrals(request: Request) -> dict[str, list[Referral]]:
    """List what is asked of the asker's agency, and what was sent for the families in reach and is not finished."""
    asked, ours = asked_of_us(request.actor), sent(request.actor)
    return {"asked": [line.referral for line in asked], "sent": [line.referral for line in ours]}


@router.get("/families/{code}/referrals", auth=Needs("referral.send"), response=list[ReferralOut])
def of_family(request: Request, code: Path[Code]) -> list[Referral]:
    """List every referral of a family, the newest first."""
    return [line.referral for line in referrals_of(queries.family_for(request.actor, code))]


@router.get("/referrals/{code}", auth=Needs("referral.see"), response=ReferralFull)
def referral(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give one referral, with no more of the file than the asker sees of it."""
    found = referral_for(request.actor, code)
    shown = referral_shown(request.actor, found)
    more = {name: getattr(shown, name) for name in ("words", "said", "feedback", "refused_because")}
    return {"referral": found, **more, "person": shown.person.code if shown.person else ""}


@router.post("/cases/{code}/referrals", auth=Needs("referral.send"), response={201: ReferralOut})
def send_referral(request: Request, code: Path[Code], given: ReferralIn) -> Status[Referral]:
    """Ask an agency of the directory for a service."""
    case = queries.case_for(request.actor, code)
    consent = consent_for(request.actor, given.consent) if given.consent else None
    made = actions.send_referral(
        request.actor, case, offer=offer_for(given.offer), words=given.words, answer_by=given.answer_by,
        classes=[FieldClass[kind.upper()] for kind in given.classes],
        basis=Basis(consent, given.legal_basis or "", given.reason),
        step=queries.step_for(request.actor, given.step) if given.step else None,
    )  # fmt: skip
    return Status(201, made)


@router.post("/referrals/{code}/acceptance", auth=Needs("referral.answer"), response={204: None})
def accept(request: Request, code: Path[Code], given: AcceptIn) -> Status[None]:
    """Take a referral."""
    actions.accept_referral(request.actor, referral_for(request.actor, code), **given.dict())
    return Status(204, None)


@router.post("/referrals/{code}/refusal", auth=Needs("referral.answer"), response={204: None})
def decline(request: Request, code: Path[Code], given: DeclineIn) -> Status[None]:
    """Decline a referral; another way is looked for."""
    begin_decline(request.actor, referral_for(request.actor, code), **given.dict())
    return Status(204, None)


@router.post("/referrals/{code}/completion", auth=Needs("referral.answer"), response={204: None})
def complete(request: Request, code: Path[Code], given: FeedbackIn) -> Status[None]:
    """Say that it is done, and how it went."""
    actions.complete_referral(request.actor, referral_for(request.actor, code), **given.dict())
    return Status(204, None)


@router.post("/referrals/{code}/taking-back", auth=Needs("referral.send"), response={204: None})
def take_back(request: Request, code: Path[Code], given: ReferralBecauseIn) -> Status[None]:
    """Take back what was asked."""
    actions.take_back_referral(request.actor, referral_for(request.actor, code), because=given.because)
    return Status(204, None)


@router.post("/cases/{code}/refusals", auth=Needs("refusal.record"), response={201: CodeOut})
def record_refusal(request: Request, code: Path[Code], given: ServiceRefusalIn) -> Status[ServiceRefusal]:
    """Record a service that an office refused."""
    case = queries.case_for(request.actor, code)
    told = {**given.dict(), "agency": access.agency(given.agency)}
    return Status(201, actions.record_refusal(request.actor, case, **told))


@router.post("/refusals/{code}/appeal", auth=Needs("refusal.record"), response={204: None})
def appeal(request: Request, code: Path[Code], given: ReferralAppealIn) -> Status[None]:
    """Note an appeal against a refusal."""
    actions.appeal_refusal(request.actor, refusal_for(request.actor, code), words=given.words)
    return Status(204, None)


@router.post("/refusals/{code}/appeal/answer", auth=Needs("refusal.record"), response={204: None})
def answer_appeal(request: Request, code: Path[Code], given: ReferralAppealAnswerIn) -> Status[None]:
    """Note what came of an appeal."""
    found, answer = refusal_for(request.actor, code), ServiceRefusal.Answer[given.answer.upper()]
    actions.answer_appeal(request.actor, found, answer=answer, words=given.words)
    return Status(204, None)


@router.get("/refusals", auth=Needs("refusal.count"), response=RefusalsOut)
def counted(request: Request) -> dict[str, Any]:
    """Count refusals by service and reason, and name by code the families refused whatever they asked for."""
    return {"services": refusals_counted(request.actor), "families": families_refused(request.actor)}
