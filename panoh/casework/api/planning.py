"""Plans that are agreed to, over HTTP: written down, compared, signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.api.cases import CodeOut
from panoh.casework.models import PlanVersion
from panoh.casework.queries.planning import Line, compare, plan_shown, version_for, versions_of

router = Router(tags=["Plans"])


class PlanningPlanIn(Schema):
    review_on: date
    goal: Text = ""


class SignatureIn(Schema):
    """person: who signs, if they have a file; else signer: their name."""

    signing: Word
    language: Word
    on: date
    person: Code | None = None
    signer: Text = ""
    read_by: Word | None = None
    reserve: Text = ""


class PlanningVersionOut(Schema):
    code: str
    number: int
    made_on: date
    review_on: date


class PlanningLineOut(Schema):
    domain: str
    urgency: str
    need: str
    service: str
    provider: str
    responsible: str
    due: date | None


class SignatureOut(Schema):
    who: str
    signing: str
    signed_on: date
    language: str
    reserve: str


class PlanningPlanOut(PlanningVersionOut):
    goal: str
    view: str
    is_agreed: bool
    lines: list[PlanningLineOut]
    signatures: list[SignatureOut]
    added: list[PlanningLineOut]
    changed: list[PlanningLineOut]
    dropped: list[PlanningLineOut]


@router.get("/cases/{code}/plan", auth=Needs("family.see"), response=list[PlanningVersionOut])
def versions(request: Request, code: Path[Code]) -> list[PlanVersion]:
    """Give the versions of a plan, the newest first."""
    return versions_of(queries.case_for(request.actor, code))


@router.post("/cases/{code}/plan", auth=Needs("plan.write"), response={201: CodeOut})
def write(request: Request, code: Path[Code], given: PlanningPlanIn) -> Status[PlanVersion]:
    """Write the plan down as it stands, as its next version."""
    return Status(201, actions.write_plan(request.actor, queries.case_for(request.actor, code), **given.dict()))


@router.get("/plans/{code}", auth=Needs("family.see"), response=PlanningPlanOut)
def version(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give a version of a plan, with what differs from the one before."""
    found = version_for(request.actor, code)
    shown = plan_shown(found)
    before: list[Line] = plan_shown(shown.before).lines if shown.before else []
    told = compare(shown.lines, before)
    signatures = [
        {
            "who": one.who, "signing": one.signature.signing, "signed_on": one.signature.signed_on,
            "language": one.signature.language, "reserve": one.reserve,
        }
        for one in shown.signatures
    ]  # fmt: skip
    return {
        "code": found.code, "number": found.number, "made_on": found.made_on, "review_on": found.review_on,
        "goal": shown.goal, "view": shown.view, "is_agreed": shown.is_agreed, "lines": shown.lines,
        "signatures": signatures, "added": told.added, "changed": [now for now, _before in told.changed],
        "dropped": told.dropped,
    }  # fmt: skip


@router.post("/plans/{code}/signatures", auth=Needs("plan.write"), response={201: None})
def sign(request: Request, code: Path[Code], given: SignatureIn) -> Status[None]:
    """Record who agreed to a version."""
    read: dict[str, Any] = given.dict()
    read["person"] = queries.person_for(request.actor, given.person) if given.person else None
    read["read_by"] = access.staff_for(request.actor, given.read_by) if given.read_by else None
    actions.sign_plan(request.actor, version_for(request.actor, code), **read)
    return Status(201, None)
