"""What a parcel can hold: one file for each kind, found by itself. Nothing here can name a person or a case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Generic, TypeVar

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, StringConstraints

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording

__all__ = [
    "KINDS", "Code", "Day", "Figure", "Item", "Kind", "Known", "Name", "Number", "Said", "Short", "Source", "State",
    "Text", "Web", "ordered", "said",
]  # fmt: skip

Code = Annotated[str, StringConstraints(pattern=r"^[-A-Za-z0-9_.]{1,24}$")]
State = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=20_000)]
Short = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
Web = Annotated[str, StringConstraints(pattern=r"^(https?://[^\x00\s]+)?$", max_length=400)]
Day = date | None
Name = Annotated[str, StringConstraints(pattern=r"^([-A-Za-z0-9_.]{1,24})?$")]  # of something else, or none
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Figure = Annotated[str, StringConstraints(pattern=r"^(-?(0|[1-9][0-9]{0,13})(\.[0-9]{0,3}[1-9])?)?$")]  # "" is none
Number = Annotated[str, StringConstraints(pattern=r"^[^\x00]{1,16}$")]  # of an indicator
Source = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=400)]
# A text by language, the one it was written in first.
Said = tuple[tuple[Language, Text], ...]


class Item(BaseModel):
    """One thing of a kind, as it travels."""

    model_config = ConfigDict(extra="forbid", frozen=True)


I = TypeVar("I", bound=Item)  # noqa: E741


Known = Container[str]


@dataclass(frozen=True)
class Kind(Generic[I]):
    """How one kind is taken out in one instance and put in in another.

    after: the kinds that it names; take_out: those of one country, or with "" all; whose: for which state it speaks,
    "" for the region; refers: the names (kind:key) of what it names; standing: what stands here under these keys;
    hidden: which of these keys stand here though whoever acts does not read them;
    fit: what of it can stand here, given the names that are known; lacks: why it cannot, in a sentence, given those and
    what stands here; goes_to: whether it goes to a partner of this state, "" for the region; put: write it over what
    stands, and say False where it cannot stand after all; take_back: undo that, given what stood there before.
    """

    name: str
    version: int
    label: str | Promise
    schema: type[I]
    after: tuple[str, ...]
    take_out: Callable[[str], Iterable[I]]
    key: Callable[[I], str]
    whose: Callable[[I], str]
    words: Callable[[I], str]
    standing: Callable[[Collection[str]], Mapping[str, I]]
    put: Callable[[Actor, I], object]
    take_back: Callable[[Actor, I, I | None], object]
    hidden: Callable[[Collection[str]], Collection[str]] = lambda keys: ()
    refers: Callable[[I], Iterable[str]] = lambda item: ()
    fit: Callable[[I, Known], I] = lambda item, known: item
    lacks: Callable[[I, Known, I | None], str] = lambda item, known, here: ""
    goes_to: Callable[[I, str], bool] = lambda item, country: True


def said(text: Wording) -> Said:
    """Return a text as it travels."""
    return tuple(text.items())


def ordered() -> list[Kind]:  # type: ignore[type-arg]  # of each its own item
    """Return every kind, each after those that it names."""
    left, found = dict(sorted(KINDS.items())), list[Kind]()  # type: ignore[type-arg]
    while left:
        ready = [kind for kind in left.values() if not set(kind.after) & left.keys()]
        found += ready
        left = {name: kind for name, kind in left.items() if kind not in ready}
    return found


KINDS: dict[str, Kind] = {}  # type: ignore[type-arg]
for _module in iter_modules(__path__):
    _kind = import_module(f"{__name__}.{_module.name}").KIND
    KINDS[_kind.name] = _kind
