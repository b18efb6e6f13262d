"""Who can see a file, over HTTP: grants given and ended, and what is kept from whom."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Actor, Request
from panoh.access.fields import FieldClass
from panoh.access.models import Agency, Staff
from panoh.casework import actions, queries
from panoh.casework.models import Grant, Withhold
from panoh.casework.queries.consents import consent_for

router = Router(tags=["Who sees it"])

Kind = Literal["file", "identity", "location", "care", "health", "psychosocial", "legal", "education", "material"]


class WhomIn(Schema):
    """One colleague by user name, or an agency by code: one of the two."""

    staff: Word | None = None
    agency: Code | None = None
    classes: list[Kind]

    def whom(self) -> Staff | Agency:
        """Return the colleague or the agency."""
        return access.colleague(self.staff) if self.staff else access.agency(self.agency or "")

    def kinds(self) -> list[FieldClass]:
        """Return the classes chosen."""
        return [FieldClass[name.upper()] for name in self.classes]


class GrantIn(WhomIn):
    purpose: Word
    until: date
    changes: bool = False
    consent: Code | None = None
    legal_basis: Word | None = None
    reason: Text = ""

    def basis(self, actor: Actor) -> actions.Basis:
        """Return on what it is told."""
        consent = consent_for(actor, self.consent) if self.consent else None
        return actions.Basis(consent, self.legal_basis or "", self.reason)


class WithholdIn(WhomIn):
    because: Word


class ProtectionIn(Schema):
    reason: Text


class MadeOut(Schema):
    code: str


class ReaderOut(Schema):
    who: str
    why: str
    what: str
    until: date | None
    code: str


class ReadersOut(Schema):
    readers: list[ReaderOut]
    withheld: list[ReaderOut]


@router.get("/families/{code}/readers", auth=Needs("family.see"), response=ReadersOut)
def readers(request: Request, code: Path[Code]) -> dict[str, list[queries.Reader]]:
    """Say who can see the file and why, and from whom something is kept."""
    family = queries.family_for(request.actor, code)
    return {"readers": queries.readers_of(family), "withheld": queries.withheld_of(family)}


@router.post("/families/{code}/grants", auth=Needs("grant.give"), response={201: MadeOut})
def give_grant(request: Request, code: Path[Code], given: GrantIn) -> Status[Grant]:
    """Open some classes of a file to a colleague or an agency, for a purpose, until a day."""
    family = queries.family_for(request.actor, code)
    grant = actions.give_grant(
        request.actor, family, to=given.whom(), classes=given.kinds(), purpose=given.purpose, until=given.until,
        changes=given.changes, basis=given.basis(request.actor),
    )  # fmt: skip
    return Status(201, grant)


@router.post("/grants/{code}/end", auth=Needs("grant.give"), response={204: None})
def end_grant(request: Request, code: Path[Code]) -> Status[None]:
    """Close a file again to whom it was opened."""
    actions.end_grant(request.actor, queries.grant_for(request.actor, code))
    return Status(204, None)


@router.post("/families/{code}/withheld", auth=Needs("grant.give"), response={201: MadeOut})
def withhold(request: Request, code: Path[Code], given: WithholdIn) -> Status[Withhold]:
    """Keep something of a file from a colleague or an agency."""
    family = queries.family_for(request.actor, code)
    entry = actions.withhold(request.actor, family, whom=given.whom(), classes=given.kinds(), because=given.because)
    return Status(201, entry)


@router.post("/withheld/{code}/end", auth=Needs("grant.give"), response={204: None})
def stop_withholding(request: Request, code: Path[Code]) -> Status[None]:
    """Take an entry off the withhold list."""
    actions.stop_withholding(request.actor, queries.withhold_for(request.actor, code))
    return Status(204, None)


@router.post("/families/{code}/protection", auth=Needs("family.protect"), response={204: None})
def protect_family(request: Request, code: Path[Code], given: ProtectionIn) -> Status[None]:
    """Let nobody see a file who only looks after the region."""
    actions.protect_family(request.actor, queries.family_for(request.actor, code), reason=given.reason)
    return Status(204, None)


@router.post("/families/{code}/protection/end", auth=Needs("family.protect"), response={204: None})
def end_protection(request: Request, code: Path[Code], given: ProtectionIn) -> Status[None]:
    """Let a file be seen from the region again."""
    actions.end_protection(request.actor, queries.family_for(request.actor, code), reason=given.reason)
    return Status(204, None)
