"""How people are related, over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Path, Router, Schema, Status

from panoh.access.api import Code, Needs, Number, Word
from panoh.access.entrances import Request
from panoh.access.meanwhile import Seen
from panoh.casework import actions, queries
from panoh.casework.models import Relationship

router = Router(tags=["Families"])


class RelationshipOut(Schema):
    number: int
    subject: str
    kind: str
    other: str
    evidence: str
    is_verified: bool


class EvidenceSeen(Schema):
    evidence: Word


class RelationshipIn(Schema):
    """A relationship. seen: the evidence it was recorded by, when it stands there already."""

    subject: Code
    kind: Word
    other: Code
    evidence: Word = "stated"
    seen: EvidenceSeen | None = None


class EvidenceIn(Schema):
    evidence: Word
    seen: EvidenceSeen


def relationship_shown(relation: Relationship) -> dict[str, Any]:
    """Return a relationship as the API shows it."""
    return {
        "number": relation.pk,
        "subject": relation.subject.code,
        "kind": relation.kind,
        "other": relation.other.code,
        "evidence": relation.evidence,
        "is_verified": relation.is_verified,
    }


@router.post("/families/{code}/relationships", auth=Needs("relationship.state"), response={201: RelationshipOut})
def state_relationship(request: Request, code: Path[Code], given: RelationshipIn) -> Status[dict[str, Any]]:
    """Record how two people are related."""
    queries.family_for(request.actor, code)
    subject, other = (queries.person_for(request.actor, who) for who in (given.subject, given.other))
    seen = Seen.of(given.seen.dict() if given.seen else {})
    kept = actions.state_relationship(
        request.actor, subject, kind=given.kind, other=other, evidence=given.evidence, seen=seen
    )
    return Status(201, relationship_shown(kept))


@router.post(
    "/families/{code}/relationships/{number}/verify", auth=Needs("relationship.verify"), response=RelationshipOut
)
def verify_relationship(request: Request, code: Path[Code], number: Path[Number], given: EvidenceIn) -> dict[str, Any]:
    """Verify a relationship by evidence."""
    found = queries.family_for(request.actor, code)
    relation = queries.relationship_for(found, number)
    seen = Seen.of(given.seen.dict())
    kept = actions.verify_relationship(request.actor, found, relationship=relation, evidence=given.evidence, seen=seen)
    return relationship_shown(kept)
