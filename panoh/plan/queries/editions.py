"""Editions of a plan, and how two of them differ, word by word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotThere
from panoh.plan.models import Change, Plan, Revision
from panoh.plan.states import state_name

Kind = Literal["kept", "added", "dropped"]
WORD = re.compile(r"\s+|\w+|[^\w\s]")
PLACES = (
    ("code", _("number")), ("area", _("priority area")), ("parent", _("part of")), ("starts", _("from")),
    ("ends", _("until")), ("states", _("countries")), ("also", _("also serves the pillars")),
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A run of words that stays, comes or goes."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Differs:
    """What differs of an action: the wording in one language, or one fact; label names it."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class ActionChanged:
    """An action that was added, changed or dropped between two editions, and who asked for it."""

    kind: Change.Kind
    code: str
    text: str
    differs: Sequence[Differs]
    changes: Sequence[Change]


@dataclass(frozen=True)
class Comparison:
    """How two editions of a plan differ."""

    plan: Plan
    older: int
    newer: int
    added: Sequence[ActionChanged]
    changed: Sequence[ActionChanged]
    dropped: Sequence[ActionChanged]

    @property
    def groups(self) -> list[tuple[Change.Kind, Sequence[ActionChanged]]]:
        """Return what was added, changed and dropped, in this order."""
        return [(Change.Kind.ADD, self.added), (Change.Kind.REWORD, self.changed), (Change.Kind.DROP, self.dropped)]


def word_changes(before: str, after: str) -> list[Piece]:
    """Return the words that stay, go and come; those kept and dropped make `before`, those kept and added `after`."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("kept", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece("dropped", "".join(old[a:b])))
        if c < d:
            found.append(Piece("added", "".join(new[c:d])))
    return found


def editions(plan: Plan) -> list[Revision]:
    """Return the revisions of a plan, the newest first, those given up too."""
    return list(plan.revisions.order_by("-edition", "-pk").prefetch_related("changes"))


def revision_in_work(plan: Plan) -> Revision | None:
    """Return the revision that is being prepared, if one is."""
    return plan.revisions.filter(state=Revision.State.OPEN).select_related("plan").first()


def open_revision(plan: Plan) -> Revision:
    """Return the revision that is being prepared.

    Raises:
        NotThere: none is.
    """
    found = revision_in_work(plan)
    if found is None:
        raise NotThere
    return found


def change_for(revision: Revision, number: int) -> Change:
    """Return a change of a revision.

    Raises:
        NotThere: it is of another.
    """
    found = revision.changes.select_related("revision__plan").filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def comparison(plan: Plan, older: int, newer: int) -> Comparison:
    """Return how two editions differ; the one that is being prepared counts as the next.

    Raises:
        NotThere: there are no such editions, or not in this order.
    """
    counting = plan.revisions.filter(state__in=(Revision.State.OPEN, Revision.State.ADOPTED))
    if not {older, newer} <= set(counting.values_list("edition", flat=True)) or older >= newer:
        raise NotThere
    made = Change.objects.filter(revision__in=counting, revision__edition__gt=older, revision__edition__lte=newer)
    by_action: dict[int, list[Change]] = defaultdict(list)
    for change in made.order_by("revision__edition", "pk").select_related("revision"):
        by_action[change.action_id or -change.pk].append(change)
    found = [one for changes in by_action.values() if (one := _changed(changes))]
    found.sort(key=lambda one: [int(part) if part.isdigit() else 0 for part in re.split(r"\D+", one.code)])
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in Change.Kind}
    return Comparison(
        plan, older, newer, by_kind[Change.Kind.ADD], by_kind[Change.Kind.REWORD], by_kind[Change.Kind.DROP]
    )


def _changed(changes: Sequence[Change]) -> ActionChanged | None:
    """Return what several changes of one action come to, if anything."""
    before = None if changes[0].kind == Change.Kind.ADD else changes[0].before
    after = None if changes[-1].kind == Change.Kind.DROP else changes[-1].after
    if before == after:
        return None
    kind = Change.Kind.ADD if before is None else Change.Kind.DROP if after is None else Change.Kind.REWORD
    told = after or before or {}
    return ActionChanged(kind, told["code"], _worded(told), _differs(before or {}, after or {}), changes)


def _worded(told: Mapping[str, Any]) -> str:
    return next((text for _language, text in told.get("text", ()) if text), "")


def _differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Differs]:
    old, new = dict(before.get("text", ())), dict(after.get("text", ()))
    languages = list({**old, **new})
    found = [
        Differs(language if len(languages) > 1 else "", word_changes(old.get(language, ""), new.get(language, "")))
        for language in languages
        if old.get(language, "") != new.get(language, "")
    ]
    if not (before and after):
        return found
    for name, label in PLACES:
        was, now = _said(name, before.get(name)), _said(name, after.get(name))
        if was != now:
            pieces = [Piece("dropped", was), Piece("added", now)]
            found.append(Differs(str(label), [piece for piece in pieces if piece.text]))
    return found


def _said(name: str, value: Any) -> str:
    if name in ("starts", "ends") and value:
        return date_format(parse_date(value) or value)
    if name == "states" and value:
        return ", ".join(state_name(code) for code in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value or "")
