"""Forgetting a person over HTTP."""

from __future__ import annotations

from datetime import datetime

from ninja import Path, Router, Schema

from panoh.access.api import Code, Needs, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries

router = Router(tags=["People"])


class ForgetIn(Schema):
    reason: Word
    confirmed: Code


class CertificateOut(Schema):
    code: str
    at: datetime
    by: str
    agency: str
    reason: str
    reason_label: str
    parts: int
    masters: list[int]
    backups_closed_at: datetime | None


@router.post("/people/{code}/forget", auth=Needs("person.forget"), response=CertificateOut)
def forget(request: Request, code: Path[Code], given: ForgetIn) -> queries.Certificate:
    """Forget a person for good; `confirmed` repeats the code. Gives the certificate."""
    found = queries.person_for(request.actor, code)
    actions.forget_person(request.actor, found, reason=given.reason, confirmed=given.confirmed)
    return queries.certificate_of(request.actor, found)


@router.get("/people/{code}/forgotten", auth=Needs("person.see"), response=CertificateOut)
def certificate(request: Request, code: Path[Code]) -> queries.Certificate:
    """Give the certificate that a person was forgotten."""
    return queries.certificate_of(request.actor, queries.person_for(request.actor, code))
