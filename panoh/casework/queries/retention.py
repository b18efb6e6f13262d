"""Whose time has come, by code: never a name; and the disposals and holds as they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Disposal, DisposalItem, RetentionHold
from panoh.casework.refusals_rights import NoFileOfCode
from panoh.vault.queries import open_parts

__all__ = [
    "Due", "RetentionPage", "disposal_for", "disposal_items", "due_people", "file_to_hold", "hold_for",
    "retention_page",
]  # fmt: skip

AHEAD_DAYS = 184  # the longest half year, so that what closes today for six months is seen
MOST = 500
NEWEST = 50


@dataclass(frozen=True)
class Due:
    """One person whose file falls due: number and codes, the class, the day, and what keeps it."""

    number: int
    person: str
    family: str
    retention_class: str
    due_on: date
    is_held: bool
    disposal: str = ""

    @property
    def class_label(self) -> str:
        """Return what the class is called."""
        return catalogue().label("retention_classes", self.retention_class)

    @property
    def is_due(self) -> bool:
        """Tell whether its day has come."""
        return self.due_on <= today()

    @property
    def can_be_proposed(self) -> bool:
        """Tell whether it is due, not held back, and in no open disposal."""
        return self.is_due and not self.is_held and not self.disposal


@dataclass(frozen=True)
class RetentionPage:
    """What the page of retention shows; reasons: of the holds, for who may read them."""

    due: list[Due]
    has_more: bool
    disposals: list[Disposal]
    holds: list[tuple[RetentionHold, str]]
    ahead_days: int = AHEAD_DAYS


def due_people(*, until: date, most: int = 100_000) -> list[Due]:
    """Return who falls due until a day, the first first; the database refuses whoever does not look after it."""
    words = catalogue()
    numbers = {stage.code: stage.number for stage in words.stages}
    classes = [
        {
            "place": place, "code": one.code, "reasons": one.closing_reasons, "months": one.months,
            # A class of stages that this country skips fits no file, not every file.
            "stages": [numbers.get(stage, 0) for stage in one.stages], "years_after_18": one.years_after_18,
        }
        for place, one in enumerate(words.retention_classes)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select * from app.retention_due(%s::jsonb, %s, %s)", [json.dumps(classes), until, most])
        return [Due(*row) for row in cursor.fetchall()]


def retention_page(actor: Actor) -> RetentionPage:
    """Return what falls due in the next half year, by code, and the disposals and holds there are."""
    found = due_people(until=today() + timedelta(AHEAD_DAYS), most=MOST + 1)
    open_ones = DisposalItem.objects.filter(disposal__state__in=[Disposal.State.PROPOSED, Disposal.State.AGREED])
    proposed = dict(open_ones.values_list("person_id", "disposal__code"))
    due = [Due(*_fields(one), disposal=proposed.get(one.number, "")) for one in found[:MOST]]
    holds = list(RetentionHold.objects.filter(ended_at=None).select_related("set_by").order_by("pk"))
    reasons = open_parts(hold.reason_id for hold in holds) if actor.may("retention.hold") else {}
    disposals = Disposal.objects.select_related("proposed_by", "decided_by").order_by("-pk")[:NEWEST]
    return RetentionPage(
        due, len(found) > MOST, list(disposals), [(hold, str(reasons.get(hold.reason_id, ""))) for hold in holds]
    )


def _fields(one: Due) -> tuple[int, str, str, str, date, bool]:
    return one.number, one.person, one.family, one.retention_class, one.due_on, one.is_held


def disposal_for(actor: Actor, code: str) -> Disposal:
    """Return the disposal of this code; else NotThere."""
    found = Disposal.objects.filter(code=code).select_related("proposed_by", "decided_by").first()
    if found is None or not actor.may("retention.see"):
        raise NotThere
    return found


def disposal_items(disposal: Disposal) -> list[tuple[DisposalItem, str]]:
    """Return who stands in a disposal, each with what its class is called."""
    items = DisposalItem.objects.filter(disposal=disposal).order_by("due_on", "pk")
    return [(item, catalogue().label("retention_classes", item.retention_class)) for item in items]


def hold_for(actor: Actor, code: str) -> RetentionHold:
    """Return the hold of this code; else NotThere."""
    found = RetentionHold.objects.filter(code=code).first()
    if found is None or not actor.may("retention.see"):
        raise NotThere
    return found


def file_to_hold(code: str) -> tuple[int, str]:
    """Return the number and the code of the family that a family's or a person's code names.

    Raises:
        NoFileOfCode.
    """
    with connection.cursor() as cursor:
        cursor.execute("select id, code from app.file_to_hold(%s)", [code.strip().upper()])
        found = cursor.fetchone()
    if found is None:
        raise NoFileOfCode(code=code)
    return int(found[0]), str(found[1])
