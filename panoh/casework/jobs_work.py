"""Background work around the day: files open to stand-ins, reminders, and the mails that count what waits."""

from __future__ import annotations

import logging

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from panoh.access.clock import now, today
from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Absence, Notice
from panoh.casework.queries.notices import Digest, digests

__all__ = ["open_to_stand_ins", "remind_of_tasks", "send_digests"]

log = logging.getLogger(__name__)


@app.periodic(cron="5 * * * *")  # hourly: an absence begins at midnight, and families are assigned at any time
@app.task(name="open_to_stand_ins", queue="lists", queueing_lock="open_to_stand_ins")
def open_to_stand_ins(timestamp: int) -> None:
    """Open the files of who is away today to who stands in, with the rights of who said so."""
    with acting_for(None):
        going_on = Absence.objects.filter(ended_at=None, since__lte=today(), until__gte=today())
        absences = list(going_on.select_related("staff", "stand_in", "set_by"))
    for absence in absences:
        if absence.set_by.is_active:
            with acting_for(absence.set_by_id):
                actions.open_files(Actor.of(absence.set_by), absence)


@app.periodic(cron="50 0 * * *")
@app.task(name="remind_of_tasks", queue="lists", queueing_lock="remind_of_tasks")
def remind_of_tasks(timestamp: int) -> None:
    """Tell the owners of tasks that came due."""
    with acting_for(None):
        actions.remind()


@app.periodic(cron="0 1 * * *")
@app.task(name="send_digests", queue="lists", queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:
    """Send who wants it one mail of what they have not seen; what could not be sent waits for the next day."""
    with acting_for(None):
        for digest in digests():
            if _is_sent(digest):
                Notice.objects.filter(pk__in=[one.pk for one in digest.notices]).update(mailed_at=now())


def _is_sent(digest: Digest) -> bool:
    try:
        return bool(send_mail(_subject(digest), _body(digest), None, [digest.staff.email]))
    except OSError:  # what smtplib raises, too; neither address nor text belongs in the log
        log.error("a mail to %s was not sent", digest.staff.code)
        return False


def _subject(digest: Digest) -> str:
    n = len(digest.notices)
    return ngettext("Panoh: %(n)s thing waits for you", "Panoh: %(n)s things wait for you", n) % {"n": n}


def _body(digest: Digest) -> str:
    lines = [f"{label}: {len(codes)} ({', '.join(codes)})" for label, codes in digest.by_kind.items()]
    return "\n".join([*lines, "", _("Sign in to see more. How you are told is chosen there, under Notices."), ""])
