"""How a parcel is signed by this instance, and told to be another's."""

from __future__ import annotations

from panoh.access import checkpoints

__all__ = ["is_by", "sign"]

FOR = b"panoh parcel\n"  # so that no signature for anything else can be taken for one


def sign(document: bytes) -> str:
    """Return our signature of a document, in hexadecimal."""
    return checkpoints.sign(FOR + document)


def is_by(key: str, document: bytes, signature: str) -> bool:
    """Tell whether the holder of a key signed a document as it stands."""
    return checkpoints.is_signed_by(key, FOR + document, signature)
