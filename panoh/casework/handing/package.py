"""The package of one family: what it tells, and the file around it, signed by who sends and locked to who receives.

Nothing in it can hold a second family: it is one list of people who live together.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal, TypeVar

import pyrage
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panoh.access import checkpoints
from panoh.access.instance_keys import age_identity
from panoh.casework.exporting.locking import locked_for
from panoh.casework.refusals_handing import PackageLocked, PackageNotTheirs, PackageUnreadable
from panoh.vault.queries import IdentityFacts

__all__ = [
    "Package", "PersonTold", "Receipt", "RelationTold", "Told", "digest_of", "opened", "receipt_in", "sealed_package",
    "signed_receipt",
]  # fmt: skip

FOR, FOR_RECEIPT = b"panoh hand-over\n", b"panoh hand-over receipt\n"
MOST_BYTES, MOST_PEOPLE = 5 * 1024 * 1024, 40
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, Field(max_length=20_000)]
Word = Annotated[str, Field(max_length=60)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(_Strict):
    """A need or a note, in words, of a class."""

    kind: int
    what: Word = ""
    words: Text = ""
    urgency: Annotated[int, Field(ge=1, le=3)] = 3


class PersonTold(_Strict):
    """One person: what casework keeps in the clear, who it is if that was chosen, and what is needed and was given."""

    sex: Annotated[str, Field(pattern="^[fmu]$")]
    birth_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    is_about: bool = False
    nationality: Annotated[str, Field(max_length=2)] = ""
    kinship: Word = ""
    facts: IdentityFacts = IdentityFacts()
    needs: tuple[Told, ...] = ()
    given: tuple[Told, ...] = ()


class RelationTold(_Strict):
    """How two of them, by their place in the list, are related."""

    subject: int
    kind: Word
    other: int


class Package(_Strict):
    """What is signed. sender, recipient: public keys of the two instances."""

    panoh: Literal["hand-over"] = "hand-over"
    schema_version: Literal[1] = 1
    sender: Hex
    recipient: Hex
    made_on: date
    purpose: Word
    basis: Annotated[int, Field(ge=1, le=2)]
    because: Text
    classes: tuple[int, ...]
    people: Annotated[tuple[PersonTold, ...], Field(min_length=1, max_length=MOST_PEOPLE)]
    relations: tuple[RelationTold, ...] = ()
    notes: tuple[Told, ...] = ()


class Receipt(_Strict):
    """What the receiver gives back: which package it took in, and when."""

    panoh: Literal["hand-over receipt"] = "hand-over receipt"
    schema_version: Literal[1] = 1
    of: Hex
    on: date


M = TypeVar("M", bound=_Strict)


def digest_of(document: bytes) -> str:
    """Return SHA-256 of a document, in hexadecimal."""
    return sha256(document).hexdigest()


def sealed_package(package: Package, *, lock_to: str) -> tuple[str, bytes]:
    """Return the digest of a package, and the file: our signature and the document, locked to a public key of age."""
    document = _written(package)
    return digest_of(document), locked_for(lock_to, _with_signature(FOR, document))


def opened(file: bytes, *, trusted: dict[str, str]) -> tuple[Package, str]:
    """Return the package in a file that is locked to us, and its digest. trusted: keys of partners, by themselves.

    Raises:
        PackageLocked: it is locked to somebody else.
        PackageUnreadable: it is no package, or too big.
        PackageNotTheirs: nobody whom we trust signed it, or it is for another instance.
    """
    if len(file) > MOST_BYTES:
        raise PackageUnreadable
    try:
        plain = bytes(pyrage.decrypt(file, [age_identity()]))
    except pyrage.DecryptError as error:
        raise PackageLocked from error
    document, signature = _parted(plain)
    package = _read(Package, document)
    if package.recipient != checkpoints.public_key() or package.sender not in trusted:
        raise PackageNotTheirs
    if not checkpoints.is_signed_by(package.sender, FOR + document, signature):
        raise PackageNotTheirs
    return package, digest_of(document)


def signed_receipt(digest: str, on: date) -> bytes:
    """Return the file that says that we took a package in."""
    return _with_signature(FOR_RECEIPT, _written(Receipt(of=digest, on=on)))


def receipt_in(file: bytes, *, key: str, digest: str) -> tuple[Receipt, str]:
    """Return the receipt in a file and its signature, if the holder of the key signed it for this package.

    Raises:
        PackageUnreadable, PackageNotTheirs.
    """
    document, signature = _parted(file[:MOST_BYTES])
    receipt = _read(Receipt, document)
    if receipt.of != digest or not checkpoints.is_signed_by(key, FOR_RECEIPT + document, signature):
        raise PackageNotTheirs
    return receipt, signature


def _written(told: _Strict) -> bytes:
    plain = told.model_dump(mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _with_signature(prefix: bytes, document: bytes) -> bytes:
    return checkpoints.sign(prefix + document).encode() + b"\n" + document


def _parted(content: bytes) -> tuple[bytes, str]:
    signature, _line, document = content.partition(b"\n")
    try:
        return document, signature.decode("ascii")
    except UnicodeDecodeError as error:
        raise PackageUnreadable from error


def _read(kind: type[M], document: bytes) -> M:
    try:
        return kind.model_validate_json(document)
    except (ValidationError, ValueError, RecursionError) as error:
        raise PackageUnreadable from error
