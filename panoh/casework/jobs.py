"""Work that takes longer than a page: registering everybody on a list, and joining a list with the register."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from panoh.access.actions import end_job, reported_progress, start_job
from panoh.access.clock import now
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.queries import new_job_code
from panoh.access.refusals import NotThere, Refusal
from panoh.access.sendings import forget_sendings
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.actions.linking import Linked
from panoh.casework.actions.registering import Registered
from panoh.casework.models import ArrivalList, Export
from panoh.casework.queries.exports import export_for, exports_to_purge
from panoh.casework.queries.lists import lists_to_purge
from panoh.casework.queries.reach import list_for

KEPT = timedelta(days=30)
MOST_ROWS_TOLD = 30

__all__ = [
    "begin_confirming", "begin_export", "begin_linking", "confirm_in_background", "link_in_background",
    "make_export_in_background", "open_events", "purge_exports",
]  # fmt: skip

log = logging.getLogger(__name__)


def begin_confirming(actor: Actor, arrivals: ArrivalList) -> str:
    """Have everybody on a list registered in the background, and return the code of the job."""
    code = new_job_code()
    with transaction.atomic():
        start_job(actor, code, arrivals.code)
        confirm_in_background.defer(list_code=arrivals.code, staff_id=actor.me, job_code=code)
    return code


@app.task(name="confirm_list", queue="lists")
def confirm_in_background(*, list_code: str, staff_id: int, job_code: str) -> None:
    """Register everybody on a list for a member of staff; the job's progress says how it ended."""
    with acting_for(staff_id):
        try:
            done = _confirm(list_code, staff_id, job_code)
        except Refusal as refusal:
            end_job(job_code, says=str(refusal), refused=True)
        except Exception:
            log.error("list %s was not confirmed: fault in job %s", list_code, job_code)  # no trace: it may name people
            end_job(job_code, says=_("Something broke, and nothing was registered. Try again."), refused=True)
            raise
        else:
            end_job(job_code, says=_said(done))
            link_in_background.defer(list_code=list_code, staff_id=staff_id, job_code="")


def begin_linking(actor: Actor, arrivals: ArrivalList) -> str:
    """Have a list joined with the register in the background, and return the code of the job."""
    code = new_job_code()
    with transaction.atomic():
        start_job(actor, code, arrivals.code)
        link_in_background.defer(list_code=arrivals.code, staff_id=actor.me, job_code=code)
    return code


@app.task(name="link_list", queue="lists", retry=RetryStrategy(max_attempts=3, wait=60))
def link_in_background(*, list_code: str, staff_id: int, job_code: str) -> None:
    """Join a list with the register for a member of staff; begun anew after a fault, it makes no pair twice.

    job_code: empty when nobody waits for it, as after a list was confirmed.
    """
    with acting_for(staff_id):
        try:
            with reported_progress(job_code) as progress:
                actor = _actor(staff_id)
                done = actions.link_list(actor, list_for(actor, list_code), progress=progress)
        except Refusal as refusal:
            end_job(job_code, says=str(refusal), refused=True)
        except Exception:
            log.error("list %s was not joined: fault in job %s", list_code, job_code)  # no trace: it may name people
            end_job(job_code, says=_("Something broke, and no pair was suggested. Try again."), refused=True)
            raise
        else:
            end_job(job_code, says=_linked(done))


def _linked(done: Linked) -> str:
    if not done.rows and not done.pairs:
        return _("Nobody on this list seems to be registered or sought already.")
    n = len(done.rows)
    rows = ", ".join(map(str, done.rows[:MOST_ROWS_TOLD])) + (" …" if n > MOST_ROWS_TOLD else "")
    may_be = ngettext("%(n)s row may be somebody who is registered or sought already: %(rows)s.",
                      "%(n)s rows may be people who are registered or sought already: %(rows)s.", n)  # fmt: skip
    told = [may_be % {"n": n, "rows": rows}] if n else []
    if done.can_be_kept:
        pairs = ngettext("%(n)s pair waits for a decision, %(new)s of them new.",
                         "%(n)s pairs wait for a decision, %(new)s of them new.", done.pairs)  # fmt: skip
        told.append(pairs % {"n": done.pairs, "new": done.new})
    else:
        told.append(_("Once the list is confirmed, the pairs wait for a decision under “Same person?”."))
    return " ".join(told)


@app.periodic(cron="30 2 * * *")
@app.task(name="purge_lists", queue="lists")
def purge_lists(timestamp: int) -> None:
    """Destroy what is left of lists that were confirmed 30 days ago and of which every row is decided.

    The marks by which a second sending is known go too.
    """
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        for arrivals in lists_to_purge(now() - KEPT):
            actions.purge_list(actor, arrivals)
        forget_sendings(now() - KEPT)


def begin_export(actor: Actor, export: Export) -> Export:
    """Agree to an export, and have its file made in the background for who asked."""
    with transaction.atomic():
        agreed = actions.approve_export(actor, export)
        make_export_in_background.defer(export_code=export.code, staff_id=export.asked_by_id)
    return agreed


@app.task(name="make_export", queue="lists")
def make_export_in_background(*, export_code: str, staff_id: int) -> None:
    """Make a file with the rights that who asked for it has now; a right lost meanwhile yields nothing."""
    try:
        with acting_for(staff_id):
            actor = _actor(staff_id)
            actions.make_export(actor, export_for(actor, export_code))
    except Refusal:
        _give_up(export_code)
    except Exception:
        log.error("export %s was not made", export_code)  # no trace: it may name people
        _give_up(export_code)
        raise


def _give_up(export_code: str) -> None:
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        actions.give_up_export(actor, Export.objects.get(code=export_code))


@app.periodic(cron="40 2 * * *")
@app.task(name="purge_exports", queue="lists")
def purge_exports(timestamp: int) -> None:
    """Destroy the files of exports whose last day has passed."""
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        for export in exports_to_purge():
            actions.purge_export(actor, export)


@app.periodic(cron="10 3 * * *")
@app.task(name="open_events", queue="lists", queueing_lock="open_events")
def open_events(timestamp: int) -> None:
    """Set tasks for what the next months bring to whoever comes to an age."""
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        actions.open_events(actor)


@app.periodic(cron="*/5 * * * *")  # who is fast opens twenty files in half an hour
@app.task(name="watch_viewing", queue="lists", queueing_lock="watch_viewing")
def watch_viewing(timestamp: int) -> None:
    """Raise an alarm for a review where viewing passed what is usual; it reads counts, and blocks nobody."""
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        actions.raise_alarms(actor)


@app.periodic(cron="20 * * * *")
@app.task(name="fold_counts", queue="lists", queueing_lock="fold_counts")
def fold_counts(timestamp: int) -> None:
    """Add up what changes of cases wrote to the counts by stage; they are exact before and after."""
    with connection.cursor() as cursor:
        cursor.execute("select app.fold_counts()")


def _confirm(list_code: str, staff_id: int, job_code: str) -> Registered:
    actor = _actor(staff_id)
    with reported_progress(job_code) as progress:
        return actions.confirm_list(actor, list_for(actor, list_code), progress=progress)


def _actor(staff_id: int) -> Actor:
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is None:
        raise NotThere
    return Actor.of(staff)


def _said(done: Registered) -> str:
    if done.tracing_requests:
        n = done.tracing_requests
        told = [ngettext("%(n)s tracing request was opened.", "%(n)s tracing requests were opened.", n) % {"n": n}]
    else:
        people = ngettext("%(n)s person", "%(n)s people", done.persons) % {"n": done.persons}
        families = ngettext("%(n)s family", "%(n)s families", done.families) % {"n": done.families}
        told = [_("Registered: %(people)s in %(families)s.") % {"people": people, "families": families}]
    if n := done.tasks:
        said = ngettext("%(n)s task was set for what is open.", "%(n)s tasks were set for what is open.", n)
        told.append(said % {"n": n})
    if n := done.held:
        told.append(ngettext("%(n)s row waits for a decision.", "%(n)s rows wait for a decision.", n) % {"n": n})
    return " ".join(told)
