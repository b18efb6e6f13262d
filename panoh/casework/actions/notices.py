"""Steps that tell somebody of something, by kind and code; and how each wants to be told."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.models import Staff
from panoh.access.roles import roles
from panoh.casework.models import CalendarFeed, Notice, NoticeKind, NoticeWish, Task
from panoh.casework.models.notices import mark_of

__all__ = [
    "end_calendar", "open_calendar", "remind", "see_notices", "tell", "tell_who_may", "wish",
]  # fmt: skip

SECRET_BYTES = 32
MISSED_DAYS = 3  # a reminder still goes out when the machine was off on the day itself


def tell(staff_id: int | None, kind: str, about: str) -> None:
    """Tell somebody of one thing, within the step that is the reason; the same thing again only once it was seen."""
    if staff_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("select app.tell(%s, %s, %s)", [staff_id, NoticeKind(kind).value, about])


def tell_who_may(
    permission: str, kind: str, about: str, *, agency: int | None = None, but: Iterable[int | None] = ()
) -> None:
    """Tell whoever may take a step by their role, of one agency or of all; not those named in `but`."""
    able = {code for code, role in roles().items() if permission in role.permissions}
    there = Staff.objects.filter(is_active=True).exclude(pk__in=[one for one in but if one])
    for staff in there.filter(agency=agency) if agency else there:
        if staff.role_now in able:
            tell(staff.pk, kind, about)


def remind() -> int:
    """Tell the owners of tasks that came due, once for each task; return how many were told."""
    told = Notice.objects.filter(staff=OuterRef("owner"), kind=NoticeKind.TASK_DUE, about=OuterRef("code"))
    due = Task.objects.filter(
        ~Exists(told), due__range=(today() - timedelta(MISSED_DAYS), today()), done_on=None, owner__is_active=True
    )
    tasks = list(due.values_list("owner", "code"))
    for owner, code in tasks:
        tell(owner, NoticeKind.TASK_DUE, code)
    return len(tasks)


@action("account.see")
def see_notices(actor: Actor) -> None:
    """Take note of everything one was told of."""
    Notice.objects.filter(staff=actor.me, seen_at=None).update(seen_at=now())


@action("account.see")
def wish(actor: Actor, *, mailed: Iterable[str], muted: Iterable[str], email: str = "") -> NoticeWish:
    """Say which kinds also come by mail, and which not at all; what is not told is not mailed either.

    email: one's work e-mail, which is entered once: by it roles that check each other are kept apart.

    Raises:
        NotAllowed: an account with this e-mail has a role that checks one's own.
    """
    if email:
        Staff.objects.filter(pk=actor.me, email="").update(email=email)
    silent = {NoticeKind(kind) for kind in muted}
    sent = {NoticeKind(kind) for kind in mailed} - silent
    given = {"mailed": sorted(sent), "muted": sorted(silent)}
    return NoticeWish.objects.update_or_create(staff_id=actor.me, defaults=given)[0]


@action("account.see")
def open_calendar(actor: Actor) -> str:
    """Make a new secret address for one's own calendar, end the one before, and return the secret, kept nowhere."""
    _end(actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarFeed.objects.create(staff_id=actor.me, mark=mark_of(secret))
    return secret


@action("account.see")
def end_calendar(actor: Actor) -> None:
    """End the address of one's own calendar: from now on it answers as one that never was."""
    _end(actor)


def _end(actor: Actor) -> None:
    CalendarFeed.objects.filter(staff=actor.me, ended_at=None).update(ended_at=now())
