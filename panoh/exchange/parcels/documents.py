"""The document in a parcel: one JSON text, the same bytes for the same content, whose digest names it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panoh.exchange.parcels.kinds import KINDS, Item, Kind, ordered
from panoh.exchange.refusals_parcels import ParcelNewer, ParcelUnreadable

__all__ = ["Document", "Thing", "contents_of", "digest_of", "read_document", "readable", "things_in", "written"]

SCHEMA = 1
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Content(BaseModel):
    """What a parcel holds of one kind, each item by the schema of that kind's version."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    version: int
    items: tuple[dict[str, Any], ...]


class Document(BaseModel):
    """A parcel as it is signed. sender, recipient: their public keys; before: the digest of the parcel sent before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    panoh: Literal["parcel"] = "parcel"
    schema_version: Literal[1] = 1
    sender: Hex
    recipient: Hex
    number: Annotated[int, Field(ge=1, lt=2**31)]
    before: Hex | Literal[""]
    made_at: datetime
    contents: tuple[Content, ...]


@dataclass(frozen=True)
class Thing:
    """One item of a kind."""

    kind: Kind[Any]
    item: Item

    @property
    def name(self) -> str:
        """Return by what it is named within a parcel."""
        return f"{self.kind.name}:{self.key}"

    @property
    def key(self) -> str:
        """Return by what it is named within its kind, here and elsewhere."""
        return str(self.kind.key(self.item))

    @property
    def words(self) -> str:
        """Return it in one sentence."""
        return str(self.kind.words(self.item))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return it word for word, field by field."""
        return [(name, readable(value)) for name, value in self.item.model_dump(mode="json").items()]


def readable(value: Any) -> str:
    """Return the value of a field as people can read it: a text as it is, what is nested with a line for each part."""
    if isinstance(value, str | int | None):
        return "–" if value in ("", None) else str(value)
    return json.dumps(value, ensure_ascii=False, indent=1)


def written(document: Document) -> bytes:
    """Return the document as it is signed: JSON, keys in order, without blanks, UTF-8."""
    told = document.model_dump(mode="json")
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """Return SHA-256 of a document, in hexadecimal."""
    return sha256(content).hexdigest()


def contents_of(things: Sequence[Thing]) -> tuple[Content, ...]:
    """Return what a document holds, kind by kind."""
    kinds = [kind for kind in ordered() if any(thing.kind is kind for thing in things)]
    return tuple(
        Content(
            kind=kind.name,
            version=kind.version,
            items=tuple(thing.item.model_dump(mode="json") for thing in things if thing.kind is kind),
        )
        for kind in kinds
    )


def read_document(content: bytes) -> Document:
    """Return the document that these bytes are.

    Raises:
        ParcelUnreadable: they are none, or not written as one is.
        ParcelNewer: this program does not know its schema.
    """
    try:
        told = json.loads(content)
        if isinstance(told, dict) and told.get("panoh") == "parcel" and told.get("schema_version") != SCHEMA:
            raise ParcelNewer
        document = Document.model_validate_json(content)
    except (ValueError, RecursionError) as error:
        raise ParcelUnreadable from error
    if written(document) != content:
        raise ParcelUnreadable
    return document


def things_in(document: Document) -> list[Thing]:
    """Return the items of a document in the order in which they are put.

    Raises:
        ParcelNewer: a kind or its version is unknown here.
        ParcelUnreadable: an item is not of its kind's schema, or there twice.
    """
    found: list[Thing] = []
    for part in document.contents:
        kind = KINDS.get(part.kind)
        if kind is None or kind.version != part.version:
            raise ParcelNewer
        try:
            found += [Thing(kind, kind.schema.model_validate(item)) for item in part.items]
        except ValidationError as error:
            raise ParcelUnreadable from error
    if len({thing.name for thing in found}) != len(found):
        raise ParcelUnreadable
    order = {kind.name: place for place, kind in enumerate(ordered())}
    return sorted(found, key=lambda thing: order[thing.kind.name])
