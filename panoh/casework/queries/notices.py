"""What somebody was told, how they want to be told, and the mails that say so: kinds, codes and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.urls import NoReverseMatch, reverse

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework.models import CalendarFeed, Notice, NoticeKind, NoticeWish
from panoh.casework.models.notices import mark_of

__all__ = ["Digest", "Told", "calendar_of", "digests", "has_calendar", "notices_of", "unseen_notices", "wishes_of"]

MOST = 100
# Where a notice leads: by the letters of its code, and else by its kind.
PAGES: Mapping[str, str] = {
    "F": "family", "X": "export", "RF": "referral", "AP": "approval", "TR": "transfer", "BI": "determination",
    "HO": "hand-over", "RR": "right", "CP": "complaint",
}  # fmt: skip
LISTS: Mapping[str, str] = {NoticeKind.STAND_IN: "absences", NoticeKind.TASK_DUE: "week"}


@dataclass(frozen=True)
class Told:
    """One notice and where it leads; the address is empty where there is no page for it."""

    notice: Notice
    url: str


@dataclass(frozen=True)
class Digest:
    """What one mail says: to whom, how many of each kind, and their codes."""

    staff: Staff
    notices: list[Notice]

    @property
    def by_kind(self) -> dict[str, list[str]]:
        """Return the codes of each kind, by what it is called."""
        found: dict[str, list[str]] = defaultdict(list)
        for notice in self.notices:
            found[str(NoticeKind(notice.kind).label)].append(notice.about)
        return dict(found)


def notices_of(actor: Actor) -> list[Told]:
    """Return the newest hundred things the actor was told of, the newest first."""
    found = Notice.objects.filter(staff=actor.me).order_by("-pk")[:MOST]
    return [Told(notice, _where(notice)) for notice in found]


def unseen_notices(actor: Actor) -> int:
    """Return how many the actor has not seen."""
    return Notice.objects.filter(staff=actor.staff_id, seen_at=None).count() if actor.staff_id else 0


def wishes_of(actor: Actor) -> NoticeWish:
    """Return how the actor wants to be told; who never said is told in the page alone."""
    return NoticeWish.objects.filter(staff=actor.me).first() or NoticeWish(staff_id=actor.me)


def digests() -> list[Digest]:
    """Return the mails to send: to each who wants some, what they have neither seen nor been sent."""
    wishes = {wish.staff_id: wish for wish in NoticeWish.objects.exclude(mailed=[])}
    waiting: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(staff__in=wishes, seen_at=None, mailed_at=None).order_by("pk"):
        if notice.kind in wishes[notice.staff_id].mailed:
            waiting[notice.staff_id].append(notice)
    readers = Staff.objects.filter(pk__in=waiting, is_active=True).exclude(email="")
    return [Digest(staff, waiting[staff.pk]) for staff in readers]


def has_calendar(actor: Actor) -> bool:
    """Tell whether there is an address under which the actor's calendar can be read."""
    return CalendarFeed.objects.filter(staff=actor.me, ended_at=None).exists()


def calendar_of(secret: str) -> Staff | None:
    """Return whose calendar an address is; of a wrong one, an ended one and an ended account: nobody's."""
    with connection.cursor() as cursor:
        cursor.execute("select app.feed_of(%s)", [mark_of(secret)])
        (staff_id,) = cursor.fetchone()
    return Staff.objects.filter(pk=staff_id).first() if staff_id else None


def _where(notice: Notice) -> str:
    try:
        if notice.kind in LISTS:
            return reverse(LISTS[notice.kind])
        return reverse(PAGES[notice.about.partition("-")[0]], args=[notice.about])
    except (KeyError, NoReverseMatch):
        return ""
