"""Who can see a file, and why: by leading it, by role, by a grant; and from whom something is kept."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from panoh.access.clock import now, today
from panoh.access.entrances import Actor
from panoh.access.fields import SEALED, FieldClass
from panoh.access.queries import purpose_in_words
from panoh.access.refusals import NotThere
from panoh.access.roles import roles
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, Grant, Withhold
from panoh.casework.models.absences import STANDING_IN
from panoh.casework.models.lawful import PURPOSE as LAWFUL

Record = TypeVar("Record", Grant, Withhold)

__all__ = ["Reader", "grant_for", "grants_of", "readers_if", "readers_of", "withheld_of", "withhold_for"]


@dataclass(frozen=True)
class Reader:
    """Somebody who can open a file, or something of it: who, why, what and until when; code: of the grant."""

    who: str
    why: str
    what: str = ""
    until: date | None = None
    code: str = ""


def readers_of(family: Family, grants: Iterable[Grant] | None = None) -> list[Reader]:
    """Return everybody who can open the file, and why: nothing is seen that does not stand here.

    grants: those that hold, if they are known already.
    """
    found = [Reader(str(family.worker), _("leads the work with this family"))] if family.worker else []
    where = {"agency": family.agency.name, "region": _("the region of %(name)s") % {"name": family.agency}, "all": ""}
    why = {
        "agency": _("of the lead agency"),
        "region": _("looks after the region's agencies"),
        "all": _("sees every family"),
    }
    for role in roles().values():
        if not role.signs_in or role.scope not in why or "family.see" not in role.permissions:
            continue
        if role.scope == "region" and family.is_protected:
            continue
        found.append(Reader(", ".join(filter(None, (role.label, where[role.scope]))), why[role.scope]))
    return found + [
        Reader(
            str(grant.staff or grant.agency),
            _purpose(grant.purpose),
            _in_words(grant.classes) + (", " + _("may add and change") if grant.changes else ""),
            grant.until,
            grant.code,
        )
        for grant in (grants_of(family) if grants is None else grants)
    ]


def readers_if(family: Family, sensitivity: int) -> tuple[list[Reader], list[Reader]]:
    """Return who can open the file once it has this sensitivity; and who then cannot any more, or can again."""
    then = copy(family)
    then.sensitivity = sensitivity
    grants = grants_of(family)
    before, after = readers_of(family, grants), readers_of(then, grants)
    return after, [one for one in (*before, *after) if (one in before) is not (one in after)]


def _purpose(code: str) -> str:
    """Return what a grant is for; a lawful request and an absence are on nobody's list to choose from."""
    return purpose_in_words(code) if code in (LAWFUL, STANDING_IN) else catalogue().label("purposes", code)


def grants_of(family: Family) -> list[Grant]:
    """Return the grants on a file that hold today."""
    holding = Q(ended_at=None, until__gte=today()) & (Q(expires_at=None) | Q(expires_at__gt=now()))
    return list(
        Grant.objects.filter(holding, family=family).select_related("staff", "agency", "given_by").order_by("pk")
    )


def withheld_of(family: Family) -> list[Reader]:
    """Return from whom something of the file is kept, and what."""
    kept = Withhold.objects.filter(family=family, ended_at=None).select_related("staff", "agency").order_by("pk")
    words = catalogue()
    return [
        Reader(
            str(entry.staff or entry.agency),
            words.label("withholding_reasons", entry.because),
            _("the whole file") if FieldClass.FILE in entry.classes else _in_words(entry.classes),
            code=entry.code,
        )
        for entry in kept
    ]


def grant_for(actor: Actor, code: str) -> Grant:
    """Return a grant on a file within reach; else NotThere."""
    return _within(actor, Grant.objects.filter(code=code).select_related("family", "staff", "agency").first())


def withhold_for(actor: Actor, code: str) -> Withhold:
    """Return an entry of the withhold list of a file within reach; else NotThere."""
    return _within(actor, Withhold.objects.filter(code=code).select_related("family", "staff", "agency").first())


def _within(actor: Actor, found: Record | None) -> Record:
    if found is None or not actor.reaches(found):
        raise NotThere
    return found


def _in_words(classes: Iterable[int]) -> str:
    shown = [str(FieldClass(kind).label) for kind in classes if kind not in SEALED]
    return "; ".join(shown[1:] if len(shown) > 1 else shown)
