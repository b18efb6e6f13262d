"""What the rules for unusual viewing count, read from the audit; and the alarms that wait for a review."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import F

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.models import Alarm
from panoh.casework.watching import LONGEST, Act, label_of

__all__ = ["AlarmShown", "acts_of_all", "alarm_for", "alarms", "alarms_waiting"]

PERMISSION = "glass.review"
MOST = 100

# Off the work is a file that one neither leads nor was let into by a grant; what an emergency opened was not granted.
# Alone: its viewer took no step in it that day, and its lead worker did not open it within a day before.
ACTS = """
    with entries as materialized (
        select e.id, e.staff_id, e.role, e.at, e.step, e.outcome, e.about, e.purpose, e.identities
        from access_auditentry e where e.at > %(since)s and e.staff_id is not null
    ), asked as (
        select distinct about as code from entries where about <> ''
    ), codes as (
        select code, id as file from casework_family join asked using (code)
        union all select code, home_id from casework_person join asked using (code)
        union all select code, family_id from casework_case join asked using (code)
        union all select code, family_id from casework_task join asked using (code)
        union all select n.code, c.family_id from casework_need n join asked using (code)
            join casework_case c on c.id = n.case_id
        union all select i.code, c.family_id from casework_planitem i join asked using (code)
            join casework_need n on n.id = i.need_id join casework_case c on c.id = n.case_id
    ), done as materialized (
        select e.id, e.staff_id, e.role, e.at, e.step, f.id as file, f.worker_id
        from entries e join codes on codes.code = e.about join casework_family f on f.id = codes.file
        where e.outcome = 1
    ), steps as (
        select distinct staff_id, file, at::date as day from done
        where step not in ('identity.open', 'person.find', 'family.see', 'person.see', 'audit.look', 'glass.break')
    ), leads as (
        select distinct file, date_trunc('hour', at) as hour from done where staff_id = worker_id
    ), ours as (
        select g.family_id, s.id as staff_id from casework_grant g
        join access_staff s on s.id = g.staff_id or (g.staff_id is null and s.agency_id = g.agency_id)
        where g.expires_at is null and g.until >= %(since)s::date
    )
    select d.staff_id, d.role, d.at, 'file', d.file,
        not exists (select from steps s where s.staff_id = d.staff_id and s.file = d.file and s.day = d.at::date)
        and not exists (select from leads l where l.file = d.file
                        and l.hour > d.at - interval '25 hours' and l.hour <= d.at)
    from done d where d.step = 'identity.open' and d.worker_id is distinct from d.staff_id
        and not exists (select from ours o where o.family_id = d.file and o.staff_id = d.staff_id)
    union all
    select e.staff_id, e.role, e.at, 'found', p.id, true
    from entries e join access_staff s on s.id = e.staff_id cross join unnest(e.identities) found
        join casework_person p on p.identity_id = found join casework_family f on f.id = p.home_id
    where e.step = 'person.find' and e.outcome = 1 and f.agency_id <> s.agency_id
        and f.worker_id is distinct from e.staff_id
        and not exists (select from ours o where o.family_id = f.id and o.staff_id = e.staff_id)
        and not (e.purpose = 'registration' and exists (
            select from entries r where r.staff_id = e.staff_id and r.outcome = 1
                and r.step in ('family.create', 'person.edit')
                and r.at between e.at - interval '5 minutes' and e.at + interval '30 minutes'))
    union all
    select e.staff_id, e.role, e.at, 'denied', e.id, true from entries e where e.outcome = 2
"""


@dataclass(frozen=True)
class AlarmShown:
    """An alarm in words: of whom, which rule, and the counts."""

    code: str
    who: str
    agency: str
    what: str
    day: date
    counted: int
    most: int
    finding: str
    reviewed_by: str


def acts_of_all(instant: datetime) -> dict[tuple[int, str], list[Act]]:
    """Return the acts of the last seven days that the rules count, by member of staff and role. One query."""
    found: dict[tuple[int, str], list[Act]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(ACTS, {"since": instant - LONGEST})
        for staff_id, role, at, what, of, is_alone in cursor.fetchall():
            found[staff_id, role].append(Act(at, what, of, is_alone))
    return found


def alarms(actor: Actor) -> list[AlarmShown]:
    """Return the alarms that the actor may see, those that wait for a review first."""
    found = Alarm.objects.select_related("staff__agency", "reviewed_by").exclude(staff=actor.staff_id)
    return [
        AlarmShown(
            one.code, str(one.staff), str(one.staff.agency), label_of(one.rule), one.day, one.counted, one.most,
            str(one.get_finding_display()) if one.finding else "", str(one.reviewed_by or ""),
        )
        for one in found.order_by(F("reviewed_at").desc(nulls_first=True), "-at")[:MOST]
    ]  # fmt: skip


def alarms_waiting(actor: Actor) -> int:
    """Return how many alarms wait for a review by the actor."""
    if not actor.may(PERMISSION):
        return 0
    return Alarm.objects.filter(reviewed_at=None).exclude(staff=actor.staff_id).count()


def alarm_for(actor: Actor, code: str) -> Alarm:
    """Return the alarm of this code; else NotThere, also for one's own."""
    found = Alarm.objects.filter(code=code).exclude(staff=actor.staff_id).first() if actor.may(PERMISSION) else None
    if found is None:
        raise NotThere
    return found
