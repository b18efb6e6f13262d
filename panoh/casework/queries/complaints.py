"""Complaints as those read them whom they are not about: the database says who that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.refusals import NotThere
from panoh.access.roles import roles
from panoh.casework.models import Complaint, ComplaintAbout
from panoh.vault.queries import open_parts

__all__ = [
    "ComplaintShown", "complaint_for", "complaint_shown", "complaints", "complaints_waiting", "who_can_look_into",
]  # fmt: skip

MOST = 200


@dataclass(frozen=True)
class ComplaintShown:
    """One complaint in words; has_code: who complained can read the answer with it."""

    complaint: Complaint
    words: str
    answer: str
    named: list[Staff]
    may_share_out: bool
    has_code: bool


def complaints(actor: Actor) -> list[Complaint]:
    """Return the complaints the actor reads, those with something overdue first."""
    found = list(Complaint.objects.select_related("handler").order_by("state", "received_on", "pk")[:MOST])
    return sorted(found, key=lambda one: not one.is_late)


def complaints_waiting(actor: Actor) -> list[Complaint]:
    """Return the complaints the actor reads that are not answered yet."""
    if not actor.may("complaint.see"):
        return []
    return list(Complaint.objects.exclude(state=Complaint.State.ANSWERED)[:MOST])


def complaint_for(actor: Actor, code: str) -> Complaint:
    """Return the complaint of this code, for whoever reads it; else NotThere."""
    found = Complaint.objects.filter(code=code).select_related("handler", "answered_by").first()
    if found is None:
        raise NotThere
    return found


def complaint_shown(actor: Actor, complaint: Complaint) -> ComplaintShown:
    """Return a complaint as its page shows it, with its sealed words opened; the audit says so."""
    opened = open_parts([complaint.words_id, complaint.answer_id])
    audit.write(actor, "complaint.see", about=complaint.code, purpose="complaint")
    named = ComplaintAbout.objects.filter(complaint=complaint).select_related("staff").order_by("pk")
    reads = "complaint.read" if complaint.reader == Complaint.Reader.OFFICER else "complaint.read-officers"
    return ComplaintShown(
        complaint=complaint,
        words=str(opened.get(complaint.words_id, "")),
        answer=str(opened.get(complaint.answer_id, "")) if complaint.answer_id else "",
        named=[one.staff for one in named],
        may_share_out=actor.may(reads) and complaint.state != Complaint.State.ANSWERED,
        has_code=_has_code(complaint),
    )


def _has_code(complaint: Complaint) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select app.lock_of(%s) is not null", [complaint.code])
        return bool(cursor.fetchone()[0])


def who_can_look_into(complaint: Complaint) -> list[Staff]:
    """Return the colleagues who may be asked to look into a complaint: by their role, and not named in it."""
    able = [code for code, role in roles().items() if role.signs_in and "complaint.see" in role.permissions]
    named = ComplaintAbout.objects.filter(complaint=complaint).values("staff")
    found = Staff.objects.filter(is_active=True, role__in=able).exclude(pk__in=named)
    return list(found.select_related("agency").order_by("display_name", "pk"))
