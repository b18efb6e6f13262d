"""Facts to bytes and back, one field group at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from panoh.vault.facts import Address, BirthDate, Contact, Document, Group, IdentityFacts, Name, Origin

FIELDS: dict[int, str] = {
    Group.NAMES: "names",
    Group.BIRTH: "birth",
    Group.DOCUMENTS: "documents",
    Group.CONTACTS: "contacts",
    Group.ADDRESSES: "addresses",
    Group.ORIGIN: "origins",
}
LISTED: dict[int, type] = {
    Group.NAMES: Name,
    Group.DOCUMENTS: Document,
    Group.CONTACTS: Contact,
    Group.ADDRESSES: Address,
    Group.ORIGIN: Origin,
}


def to_bytes(value: object) -> bytes:
    """Return JSON in UTF-8, without the spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(plain: bytes) -> Any:
    """Return what `to_bytes` was given."""
    return json.loads(plain)


def pack(facts: IdentityFacts) -> dict[int, bytes]:
    """Return the plain bytes of every group that holds something."""
    packed: dict[int, bytes] = {}
    for group, name in FIELDS.items():
        value = getattr(facts, name)
        if group == Group.BIRTH:
            if value != BirthDate() or facts.former_births:
                packed[group] = to_bytes([asdict(birth) for birth in (value, *facts.former_births)])
        elif value:
            packed[group] = to_bytes([asdict(item) for item in value])
    return packed


def unpack(opened: Iterable[tuple[int, bytes]]) -> IdentityFacts:
    """Return the facts of the groups given; the others stay empty."""
    facts = IdentityFacts()
    for group, plain in opened:
        value = from_bytes(plain)
        if group == Group.BIRTH:
            births = value if isinstance(value, list) else [value]  # a single one was sealed alone at first
            first, *former = (BirthDate(**birth) for birth in births)
            facts = replace(facts, birth=first, former_births=tuple(former))
        else:
            listed: dict[str, Any] = {FIELDS[group]: tuple(LISTED[group](**item) for item in value)}
            facts = replace(facts, **listed)
    return facts
