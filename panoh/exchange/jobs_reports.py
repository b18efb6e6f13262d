"""Work that takes longer than a page: reading a long report."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from panoh.access.actions import end_job, reported_progress, start_job
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.queries import new_job_code
from panoh.access.refusals import NotThere, Refusal
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Report
from panoh.exchange.queries.reports import report_for

SHORT = 30_000  # letters: a report of ten pages is read within a second

log = logging.getLogger(__name__)


def begin_reading(actor: Actor, report: Report) -> str:
    """Read a short report at once, have a long one read in the background; return the code of that job, or nothing."""
    if len(report.text) <= SHORT:
        actions.read_report(actor, report)
        return ""
    code = new_job_code()
    with transaction.atomic():
        start_job(actor, code, report.code)
        read_in_background.defer(report_code=report.code, staff_id=actor.me, job_code=code)
    return code


@app.task(name="read_report", queue="lists", retry=RetryStrategy(max_attempts=3, wait=60))
def read_in_background(*, report_code: str, staff_id: int, job_code: str) -> None:
    """Read a report for a member of staff; begun anew after a fault, it finds no thing twice."""
    with acting_for(staff_id):
        try:
            with reported_progress(job_code) as progress:
                found = actions.read_report(_actor(staff_id), report_for(report_code), progress).items.count()
        except Refusal as refusal:
            end_job(job_code, says=str(refusal), refused=True)
        except Exception:
            log.error("report %s was not read: fault in job %s", report_code, job_code)  # no trace: it may name people
            end_job(job_code, says=_("Something broke, and nothing was found. Try again."), refused=True)
            raise
        else:
            said = ngettext("%(n)s thing was found. Nothing of it is entered yet.",
                            "%(n)s things were found. Nothing of them is entered yet.", found)  # fmt: skip
            end_job(job_code, says=said % {"n": found})


def _actor(staff_id: int) -> Actor:
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is None:
        raise NotThere
    return Actor.of(staff)
