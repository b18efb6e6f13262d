"""Steps for an emergency: open a file out of reach at once and for four hours, and review it afterwards."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from panoh.access import audit
from panoh.access.clock import now
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotAllowed, NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.fence_glass import MOST_A_DAY, NOT_THERE, SPENT, YOURS_ALREADY
from panoh.casework.models import Emergency, Family
from panoh.casework.models.emergencies import emergency_code
from panoh.casework.models.grants import grant_code
from panoh.casework.refusals import EmergenciesSpent, ReasonTooShort, ReviewedAlready, YoursAlready
from panoh.vault import actions as vault

__all__ = ["break_glass", "review_emergency"]

SHORTEST_REASON = 20


def break_glass(actor: Actor, code: str, *, kind: str, reason: str) -> Family:
    """Open the file of a family or a person, by code, for four hours, because somebody needs help at once.

    All open classes that the role reads, to add and change too; supervisors and the data-protection officer see it at
    once, and somebody reviews it.

    Raises:
        ReasonTooShort, Unknown (the kind of emergency), YoursAlready.
        NotThere: absent, forgotten, or kept from the actor: the same answer, and it is on record.
        EmergenciesSpent: three were opened today.
    """
    try:
        return _break_glass(actor, code, kind=kind, reason=reason)
    except NotThere:
        audit.write(actor, "glass.break", about=code, purpose="emergency", denied=True)
        raise


@action("glass.break")
def _break_glass(actor: Actor, code: str, *, kind: str, reason: str) -> Family:
    kind = catalogue().known("emergency_kinds", kind)
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise ReasonTooShort(least=SHORTEST_REASON)
    # The file's own key is hidden until it is open, so the reason has one of its own, which then goes to the file.
    words = _sealed(reason)
    with connection.cursor() as cursor:
        given = [code, kind, words, grant_code(), emergency_code()]
        cursor.execute("select outcome, family_id from app.break_glass(%s, %s, %s, %s, %s)", given)
        outcome, family_id = cursor.fetchone()
    if outcome == NOT_THERE:
        raise NotThere
    if outcome == SPENT:
        raise EmergenciesSpent(most=MOST_A_DAY)
    family = Family.objects.get(pk=family_id)
    if outcome == YOURS_ALREADY:
        raise YoursAlready(family=family.code)
    return family


@action("glass.review")
def review_emergency(actor: Actor, emergency: Emergency, *, finding: int, note: str = "") -> Emergency:
    """Say what a second person finds about an emergency; a note lies sealed at the file, where its people read it.

    Raises:
        NotThere: not the actor's to see. NotAllowed: the actor's own, or one that another agency reviews.
        ReviewedAlready.
    """
    found = Emergency.objects.filter(pk=emergency.pk).first()
    if found is None:
        raise NotThere
    if found.reviewed_at:
        raise ReviewedAlready(on=found.reviewed_at.date())
    words = {"note_id": _sealed(note)} if note.strip() else {}
    review = {"reviewed_by": actor.me, "reviewed_at": now(), "finding": Emergency.Finding(finding), **words}
    # The fence lets only those change it who may review it: whoever saw it and may not changes no row.
    if not Emergency.objects.filter(pk=found.pk, reviewed_at=None).update(**review):
        raise NotAllowed
    return Emergency.objects.get(pk=found.pk)


def _sealed(text: str) -> UUID | None:
    return vault.keep_text(vault.make_key("family"), text.strip())
