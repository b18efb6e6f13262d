"""The file of a parcel: a zip of the document and its signature, locked to the partner where it has a key of age."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import pyrage

from panoh.access.instance_keys import age_identity
from panoh.exchange.refusals_parcels import ParcelLocked, ParcelUnreadable

__all__ = ["SUFFIX", "Unpacked", "packed", "unpacked"]

SUFFIX = ".panoh"
DOCUMENT, SIGNATURE = "parcel.json", "parcel.sig"
MOST_BYTES = {DOCUMENT: 20 * 1024 * 1024, SIGNATURE: 200}
THEN = (1980, 1, 1, 0, 0, 0)  # so that the same parcel is the same file
LOCKED = b"age-encryption.org/"


@dataclass(frozen=True)
class Unpacked:
    """A document as it was written, and the signature beside it."""

    document: bytes
    signature: str


def packed(document: bytes, signature: str, *, lock_to: str = "") -> bytes:
    """Return the file. lock_to: a public key of age, whose holder alone opens it then."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in ((DOCUMENT, document), (SIGNATURE, signature.encode())):
            zipped.writestr(zipfile.ZipInfo(name, THEN), content, zipfile.ZIP_DEFLATED)
    if not lock_to:
        return out.getvalue()
    return bytes(pyrage.encrypt(out.getvalue(), [pyrage.x25519.Recipient.from_str(lock_to)]))


def unpacked(file: bytes) -> Unpacked:
    """Return what is in a file.

    Raises:
        ParcelLocked: it is locked to somebody else.
        ParcelUnreadable: it is no parcel, or was damaged.
    """
    if file.startswith(LOCKED):
        try:
            file = bytes(pyrage.decrypt(file, [age_identity()]))
        except pyrage.DecryptError as error:
            raise ParcelLocked from error
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as zipped:
            if sorted(zipped.namelist()) != [DOCUMENT, SIGNATURE]:
                raise ParcelUnreadable
            document, signature = (_read(zipped, name) for name in (DOCUMENT, SIGNATURE))
            return Unpacked(document, signature.decode("ascii").strip())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise ParcelUnreadable from error


def _read(zipped: zipfile.ZipFile, name: str) -> bytes:
    with zipped.open(name) as opened:
        content = opened.read(MOST_BYTES[name] + 1)
    if len(content) > MOST_BYTES[name]:
        raise ParcelUnreadable
    return content
