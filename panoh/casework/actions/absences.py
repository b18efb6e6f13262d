"""Steps of standing in: name who does while somebody is away, open the files for these days, end it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import OPEN, FieldClass
from panoh.access.models import Staff
from panoh.access.queries import staff_of
from panoh.access.refusals import NotAllowed, Refusal
from panoh.casework.actions.notices import tell
from panoh.casework.actions.sharing import require_lead, require_not_withheld
from panoh.casework.models import Absence, Case, Family, Grant, NoticeKind
from panoh.casework.models.absences import STANDING_IN
from panoh.casework.refusals import AlreadySettled
from panoh.casework.refusals_work import AbsenceDaysUnfit, AwayAlready, StandInAway, StandInUnfit

__all__ = ["end_absence", "name_stand_in", "open_files"]

LONGEST_DAYS = 92
NEEDED = frozenset({"family.see", "task.write", "visit.record"})


@action("grant.give")
def name_stand_in(actor: Actor, staff: Staff, *, stand_in: Staff, since: date, until: date) -> Absence:
    """Name who stands in for somebody, oneself or a colleague one leads, from one day to another.

    On these days each file that they lead is open to the stand-in, as a grant that ends by itself; none is that the
    family asked to keep from them.

    Raises:
        NotAllowed: the actor neither is who is away nor leads them.
        StandInUnfit, StandInAway, AwayAlready, AbsenceDaysUnfit.
    """
    _require_leader(actor, staff)
    if not _is_fit(actor, staff, stand_in):
        raise StandInUnfit(name=stand_in)
    if not (today() <= since <= until and until - since <= timedelta(LONGEST_DAYS)):
        raise AbsenceDaysUnfit(most=LONGEST_DAYS)
    there = Absence.objects.filter(ended_at=None, since__lte=until, until__gte=since)
    if taken := there.filter(staff=staff).first():
        raise AwayAlready(absence=taken)
    if there.filter(staff=stand_in).exists():
        raise StandInAway(name=stand_in)
    absence = Absence.objects.create(staff=staff, stand_in=stand_in, since=since, until=until, set_by_id=actor.me)
    tell(stand_in.pk, NoticeKind.STAND_IN, absence.code)
    if absence.is_now:
        open_files(actor, absence)
    return absence


@action("grant.give")
def end_absence(actor: Actor, absence: Absence) -> Absence:
    """End a standing in before its day: the files close again.

    Raises:
        NotAllowed: the actor neither is who is away nor leads them.
        AlreadySettled: it ended before.
    """
    _require_leader(actor, absence.staff)
    held = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if held.ended_at:
        raise AlreadySettled(on=held.ended_at.date())
    held.ended_at, held.ended_by_id = now(), actor.me
    held.save(update_fields=["ended_at", "ended_by"])
    Grant.objects.filter(absence=held, ended_at=None).update(ended_at=now(), ended_by=actor.me)
    return held


def open_files(actor: Actor, absence: Absence) -> list[Grant]:
    """Open to a stand-in each file of who is away that is not open yet; return the new grants.

    A file that the family asked to keep from the stand-in stays closed; what the actor does not lead, too.
    """
    given = []
    for family in _not_open_yet(absence):
        try:
            given.append(_open(actor, family, absence=absence))
        except Refusal:
            continue
    return given


@action("grant.give")
def _open(actor: Actor, family: Family, *, absence: Absence) -> Grant:
    require_lead(actor, family)
    require_not_withheld(family, absence.stand_in, {FieldClass.FILE})  # of single classes the database sees to it
    classes = set(OPEN) & actor.role.classes
    return Grant.objects.create(
        family=family, staff=absence.stand_in, classes=sorted(classes), purpose=STANDING_IN, until=absence.until,
        changes=True, given_by_id=actor.me, absence=absence,
    )  # fmt: skip


def _not_open_yet(absence: Absence) -> list[Family]:
    here = Case.objects.filter(family=OuterRef("pk"))
    going_on = Exists(here.filter(closed_on=None)) | ~Exists(here)
    given = Grant.objects.filter(family=OuterRef("pk"), absence=absence)
    return list(Family.objects.filter(going_on, ~Exists(given), worker=absence.staff))


def _require_leader(actor: Actor, staff: Staff) -> None:
    if staff.pk == actor.staff_id:
        return
    if not (actor.may("worker.view") and staff_of(actor).filter(pk=staff.pk).exists()):
        raise NotAllowed


def _is_fit(actor: Actor, staff: Staff, stand_in: Staff) -> bool:
    is_other = stand_in.pk not in (staff.pk, actor.staff_id)
    return (
        is_other
        and stand_in.is_active
        and stand_in.agency_id == staff.agency_id
        and Actor.of(stand_in).role.permissions >= NEEDED
    )
