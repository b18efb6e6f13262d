"""A name in typed parts, and its packed form."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, get_args

from panoh.names.scripts import Script

Kind = Literal["given", "surname", "patronymic", "kunya", "title", "nisba", "initial"]
_KIND_OF = {kind[0]: kind for kind in get_args(Kind)}


class Part(NamedTuple):
    """One part of a name. ``base`` is the father's name inside a patronymic, otherwise the part itself."""

    kind: Kind
    text: str
    base: str
    sounds: tuple[str, ...]
    skeletons: tuple[str, ...]


class PersonName(NamedTuple):
    """A parsed name: its parts in the written order, its script, and what stood in brackets or quotes."""

    parts: tuple[Part, ...]
    script: Script
    aliases: tuple[PersonName, ...] = ()

    def packed(self) -> list[Any]:
        """A compact value for JSON, from which the name comes back without parsing."""
        parts = [[p.kind[0], p.text, p.base if p.base != p.text else "", p.sounds, p.skeletons] for p in self.parts]
        return [self.script, parts, [alias.packed() for alias in self.aliases]]

    @classmethod
    def unpacked(cls, value: list[Any]) -> PersonName:
        """The name that was packed."""
        script, parts, aliases = value
        return cls(
            tuple(
                Part(_KIND_OF[kind], text, base or text, tuple(sounds), tuple(skeletons))
                for kind, text, base, sounds, skeletons in parts
            ),
            script,
            tuple(map(cls.unpacked, aliases)),
        )
