"""Sessions: one sign-in on one device, how long it holds, when it is locked, and what ends it.

What is kept of a device is what its owner needs to know it again. The network address is not kept: it tells where
somebody was, and an office shares one.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.access import audit
from panoh.access.actor import Actor
from panoh.access.models import Staff, WorkSession
from panoh.access.refusals import Refusal
from panoh.access.roles import Role, roles
from panoh.access.tokens import bearing, token_for

__all__ = [
    "Locked", "begin_session", "device_of", "end_session", "end_sessions", "going_on", "lock_session", "note",
    "open_sessions", "unlock_session",
]  # fmt: skip

LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
_NOBODY = Role(code="nobody", label="Nobody", scope="none", permissions=frozenset())

# Told apart in this order, for the ones below stand in the words of the ones above as well.
_BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|OPT/"), ("Yandex Browser", r"YaBrowser/"),
    ("Samsung Internet", r"SamsungBrowser/"), ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrom(e|ium)/|CriOS/"),
    ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac", "Macintosh|Mac OS X"), ("ChromeOS", "CrOS"), ("Linux", "Linux"),
)  # fmt: skip


class Locked(Refusal):
    """Nobody touched the session for a while, or its owner locked it."""

    code = "access.locked"
    says = _("This session is locked. Unlock it with your password.")
    status = 403


def note(
    by: Staff | None, step: str, *, about: Staff | None = None, denied: bool = False, operator: bool = False
) -> None:
    """Write into the audit what was done or tried with an account; a try with a name that nobody has bears no name."""
    if by is None:
        actor = Actor.operator() if operator else Actor(None, None, "", _NOBODY)
    else:
        actor = Actor(by.pk, by.agency_id, by.display_name, roles().get(by.role_now, _NOBODY))
    account = about or by
    # A try with another's account may come from whoever is signed in, and one's own session may just have ended.
    with bearing(token_for(actor.staff_id)):
        audit.write(actor, step, about=account.code if account else "", denied=denied)


def device_of(user_agent: str) -> str:
    """Return browser and system, such as "Firefox/Android"; what is not recognised stays out."""
    browser = next((name for name, mark in _BROWSERS if re.search(mark, user_agent)), "")
    system = next((name for name, mark in _SYSTEMS if re.search(mark, user_agent)), "")
    return f"{browser}/{system}"


def begin_session(staff_id: int, *, device: str = "/") -> int:
    """Note that a member of staff signed in, and return the number of the session."""
    role = Staff.objects.get(pk=staff_id).role_now
    return WorkSession.objects.create(staff_id=staff_id, role=role, device=device).pk


def going_on(number: int, staff: Staff) -> WorkSession | None:
    """Return the session if it still holds, and note that it was seen.

    It holds no longer when it was ended, when its owner's role has changed, after 12 hours, and after half an hour
    in which nothing was asked; before that, after ten minutes, it is locked.
    """
    now = timezone.now()
    session = WorkSession.objects.filter(pk=number, staff_id=staff.pk, ended_at=None).first()
    if session is None:
        return None
    idle = now - session.seen_at
    if session.role != staff.role_now or now - session.began_at > LONGEST or idle > settings.PANOH_IDLE:
        end_session(session)
        return None
    if session.locked_at is None and idle > settings.PANOH_LOCK:
        lock_session(session)
    elif session.locked_at is None and idle > NOTED_EVERY:
        WorkSession.objects.filter(pk=number).update(seen_at=now)
    return session


def open_sessions(staff: Staff) -> list[WorkSession]:
    """Return the sessions that go on, the one that was seen last first."""
    now = timezone.now()
    found = WorkSession.objects.filter(staff_id=staff.pk, ended_at=None, role=staff.role_now)
    return list(
        found.filter(began_at__gt=now - LONGEST, seen_at__gt=now - settings.PANOH_IDLE).order_by("-seen_at", "-pk")
    )


def end_session(session: WorkSession) -> None:
    """End one session: its token opens nothing any more."""
    WorkSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=timezone.now())


def end_sessions(staff: Staff, *, but: int | None = None) -> int:
    """End all sessions of somebody, save one; return how many went on."""
    going = WorkSession.objects.filter(staff_id=staff.pk, ended_at=None)
    return (going.exclude(pk=but) if but else going).update(ended_at=timezone.now())


def lock_session(session: WorkSession) -> None:
    """Lock a session: it answers nothing but the page that unlocks it."""
    session.locked_at = timezone.now()
    session.save(update_fields=["locked_at"])


def unlock_session(session: WorkSession) -> None:
    """Let a session go on, whose owner wrote the password."""
    session.locked_at, session.seen_at = None, timezone.now()
    session.save(update_fields=["locked_at", "seen_at"])
