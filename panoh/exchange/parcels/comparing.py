"""How what came differs from what stands here: new, changed, the same, or in the way of something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from pydantic import ValidationError

from panoh.exchange.models import Arrived, Parcel, Partner
from panoh.exchange.parcels.documents import Thing, readable
from panoh.exchange.parcels.kinds import KINDS, Item

__all__ = ["Compared", "compared", "names_known", "standing_of"]

Verdict = Literal["new", "changed", "same", "conflict"]


@dataclass(frozen=True)
class Compared:
    """One thing that came, as it can stand here. here: what stands here; why: what a conflict is about."""

    thing: Thing
    verdict: Verdict
    here: Item | None = None
    why: str = ""
    can_be_taken: bool = True

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Return field by field what stands here and what came, where they differ."""
        if self.here is None:
            return []
        here, came = self.here.model_dump(mode="json"), self.thing.item.model_dump(mode="json")
        return [(name, readable(here[name]), readable(came[name])) for name in came if here[name] != came[name]]


def standing_of(things: Iterable[Thing]) -> Mapping[str, Item]:
    """Return by name what stands here of these things, one query or two for each kind."""
    return _standing(thing.name for thing in things)


def _standing(names: Iterable[str]) -> Mapping[str, Item]:
    keys: dict[str, set[str]] = defaultdict(set)
    for name in names:
        kind, key = name.split(":", 1)
        keys[kind].add(key)
    return {f"{kind}:{key}": item for kind, asked in keys.items() for key, item in KINDS[kind].standing(asked).items()}


def names_known(things: Sequence[Thing]) -> set[str]:
    """Return the names of what stands here among all that these things are or refer to."""
    asked = {thing.name for thing in things}
    asked |= {name for thing in things for name in thing.kind.refers(thing.item)}
    return set(_standing(asked))


def compared(partner: Partner, things: Sequence[Thing], *, own: str) -> list[Compared]:
    """Return each thing with how it differs from what stands here. own: the state for which this instance speaks."""
    here = standing_of(things)
    known = names_known(things) | {thing.name for thing in things}
    last, hidden = _last_taken(partner, things), _hidden(thing for thing in things if thing.name not in here)
    unread = _("It stands here, where you do not read it. Let somebody look who does.")
    return [
        Compared(thing, "conflict", why=unread, can_be_taken=False) if thing.name in hidden
        else _compare(partner, thing, here.get(thing.name), known, last.get(thing.name), own)
        for thing in things
    ]  # fmt: skip


def _hidden(things: Iterable[Thing]) -> set[str]:
    """Return the names of those that stand here, and are not read by whoever looks."""
    keys: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        keys[thing.kind.name].add(thing.key)
    return {f"{kind}:{key}" for kind, asked in keys.items() for key in KINDS[kind].hidden(asked)}


def _compare(partner: Partner, thing: Thing, here: Item | None, known: set[str], last: object, own: str) -> Compared:
    kind, whose = thing.kind, thing.kind.whose(thing.item)
    if partner.country and whose != partner.country:
        why = _("This is not for %(name)s to say: it is %(whose)s's.") % {
            "name": partner.name, "whose": whose or _("the region"),
        }  # fmt: skip
        return Compared(thing, "conflict", here, why, can_be_taken=False)
    fitted = Thing(kind, kind.fit(thing.item, known))
    if here == fitted.item:
        return Compared(fitted, "same", here)
    if why := kind.lacks(fitted.item, known, here):
        return Compared(fitted, "conflict", here, why, can_be_taken=False)
    if here is None:
        return Compared(fitted, "new")
    if whose and whose == own:
        return Compared(fitted, "conflict", here, _("This is ours to say, and stands here in other words."))
    if _is(here, last):
        return Compared(fitted, "changed", here)
    return Compared(fitted, "conflict", here, _("It stands here in words that did not come from there."))


def _is(here: Item, last: object) -> bool:
    try:
        return here == type(here).model_validate(last)
    except ValidationError:
        return False


def _last_taken(partner: Partner, things: Iterable[Thing]) -> Mapping[str, object]:
    """Return by name what this partner's parcels put here last."""
    found = Arrived.objects.filter(
        parcel__partner=partner, parcel__state=Parcel.State.TAKEN, key__in=[thing.key for thing in things]
    ).order_by("pk")
    return {f"{one.kind}:{one.key}": one.told for one in found}
