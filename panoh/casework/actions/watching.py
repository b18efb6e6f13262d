"""Steps about unusual viewing: raise an alarm for a review, and say what was found. Nobody is ever blocked by one."""

from __future__ import annotations

from datetime import timedelta

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere
from panoh.casework.models import Alarm
from panoh.casework.queries.watching import acts_of_all
from panoh.casework.refusals import ReviewedAlready
from panoh.casework.watching import judge

__all__ = ["raise_alarms", "review_alarm"]

QUIET_DAYS = 7


@action("viewing.watch")
def raise_alarms(actor: Actor) -> int:
    """Raise an alarm for each rule that somebody has passed; the same one only once a week. Return how many."""
    known = set(Alarm.objects.filter(day__gt=today() - timedelta(QUIET_DAYS)).values_list("staff_id", "rule"))
    raised = [
        Alarm(staff_id=staff_id, day=today(), rule=passed.rule.code, counted=passed.counted, most=passed.rule.most)
        for (staff_id, role), acts in acts_of_all(now()).items()
        for passed in judge(role, acts, now())
        if (staff_id, passed.rule.code) not in known
    ]
    Alarm.objects.bulk_create(raised, ignore_conflicts=True)
    return len(raised)


@action("glass.review")
def review_alarm(actor: Actor, alarm: Alarm, *, finding: int) -> Alarm:
    """Say what a second person finds about an alarm.

    Raises:
        ReviewedAlready. NotThere: not the actor's to see, or the actor's own.
    """
    if alarm.reviewed_at:
        raise ReviewedAlready(on=alarm.reviewed_at.date())
    review = {"reviewed_by": actor.me, "reviewed_at": now(), "finding": Alarm.Finding(finding)}
    if not Alarm.objects.filter(pk=alarm.pk, reviewed_at=None).exclude(staff=actor.me).update(**review):
        raise NotThere
    return Alarm.objects.get(pk=alarm.pk)
