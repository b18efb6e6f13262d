"""Checkpoints of the audit: the newest seal, signed, as a line in a file that no change of the database reaches.

Whoever keeps a copy of the lines and the public key can tell later whether the audit still is what it was that day.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import now
from panoh.access.refusals import NotNow, NotRight
from panoh.access.seals import newest_seal

__all__ = [
    "Checkpoint",
    "checkpoint",
    "checkpoint_when_due",
    "is_signed",
    "is_signed_by",
    "last_signed",
    "public_key",
    "read_key",
    "read_lines",
    "sign",
]

FOR = b"panoh audit checkpoint\n"  # so that no signature for anything else can be taken for one
DUE_AFTER = timedelta(hours=23, minutes=50)  # daily, though the job comes every few minutes
KEY_BYTES = 32


class NothingSealed(NotNow):
    code = "access.nothing-sealed"
    says = _("Nothing of the audit is sealed yet: there is nothing to sign.")


class AuditKeyWrong(NotRight):
    code = "access.audit-key-wrong"
    says = _("%(where)s is no key of the audit: it has 64 digits and letters from a to f. Look at it again.")


class AuditKeyUnsafe(NotNow):
    code = "access.audit-key-unsafe"
    says = _("Others on this machine can read %(where)s. Take the right away: chmod 600")


class AuditKeyMissing(NotNow):
    code = "access.audit-key-missing"
    says = _(
        "There is no key of the audit at %(where)s. Name the public key that was kept (--public-key), or sign for the"
        " first time: panoh audit checkpoint"
    )


@dataclass(frozen=True)
class Checkpoint:
    """One line: a seal, how many entries it and those before hold, when it was signed and by which public key."""

    number: int
    digest: str
    entries: int
    sealed_at: str
    signed_at: str
    key: str
    signature: str = ""

    @property
    def content(self) -> bytes:
        """Return what is signed: all but the signature itself."""
        told = {name: value for name, value in asdict(self).items() if name != "signature"}
        return FOR + json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def checkpoint() -> Checkpoint:
    """Sign the newest seal and add it to the file.

    Raises:
        NothingSealed, AuditKeyWrong, AuditKeyUnsafe.
    """
    newest = newest_seal()
    if newest is None:
        raise NothingSealed
    plain = Checkpoint(
        newest.number,
        newest.digest.hex(),
        newest.entries,
        newest.sealed_at.isoformat(),
        now().isoformat(),
        public_key(),
    )
    signed = Checkpoint(**{**asdict(plain), "signature": sign(plain.content)})
    _add(json.dumps(asdict(signed)))
    return signed


def checkpoint_when_due() -> Checkpoint | None:
    """Sign the newest seal unless that was done within a day; None if nothing is due or nothing is sealed."""
    last = last_signed()
    is_due = last is None or now() - last > DUE_AFTER
    return checkpoint() if is_due and newest_seal() else None


def last_signed() -> datetime | None:
    """Return when the last line of our own file was signed, if there is one."""
    told = (one.signed_at for one in read_lines(file()) if isinstance(one, Checkpoint))
    return max(map(datetime.fromisoformat, told), default=None)


def file() -> Path:
    """Return where the lines are."""
    return Path(settings.PANOH_AUDIT_FILE)


def read_lines(path: Path) -> Iterator[Checkpoint | int]:
    """Yield each checkpoint, or the number of a line that is none; one that a power cut left half is passed over."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        if not line.rstrip().endswith("}"):
            continue
        try:
            yield _checkpoint(json.loads(line))
        except (ValueError, TypeError, KeyError):
            yield number


def _checkpoint(told: dict[str, object]) -> Checkpoint:
    read = Checkpoint(**told)  # type: ignore[arg-type]  # looked at in the next line
    for name, kind in Checkpoint.__annotations__.items():
        if type(getattr(read, name)).__name__ != kind:
            raise TypeError(name)
    datetime.fromisoformat(read.signed_at), datetime.fromisoformat(read.sealed_at), bytes.fromhex(read.digest)
    return read


def sign(content: bytes) -> str:
    """Return the signature of our own key, in hexadecimal; the key is made if there is none yet."""
    return _private_key(make=True).sign(content).hex()


class Signed(Protocol):
    """Something with a signature over its content."""

    @property
    def content(self) -> bytes: ...
    @property
    def signature(self) -> str: ...


def is_signed(one: Signed, keys: Sequence[Ed25519PublicKey]) -> bool:
    """Tell whether one of the keys signed this as it stands."""
    return any(_verifies(key, one.content, one.signature) for key in keys)


def is_signed_by(public: str, content: bytes, signature: str) -> bool:
    """Tell whether the holder of a public key, in 64 letters, signed a content as it stands.

    Raises:
        AuditKeyWrong: this is no key.
    """
    return _verifies(read_key(public), content, signature)


def _verifies(key: Ed25519PublicKey, content: bytes, signature: str) -> bool:
    try:
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """Return the public key in 64 letters, for somebody else to keep; the private one is made if there is none yet."""
    return _hex(_private_key(make=True))


def read_key(given: str = "") -> Ed25519PublicKey:
    """Return the public key of these letters, or of our own key file.

    Raises:
        AuditKeyWrong, AuditKeyMissing, AuditKeyUnsafe.
    """
    if not given:
        return _private_key(make=False).public_key()
    return Ed25519PublicKey.from_public_bytes(_bytes(given, given[:80]))


def _private_key(*, make: bool) -> Ed25519PrivateKey:
    path = Path(settings.PANOH_AUDIT_KEY_FILE)
    if make:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as opened:
                opened.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
                opened.flush()
                os.fsync(opened.fileno())
    if not path.exists():
        raise AuditKeyMissing(where=path)
    if path.stat().st_mode & 0o077:
        raise AuditKeyUnsafe(where=path)
    return Ed25519PrivateKey.from_private_bytes(_bytes(path.read_text(), path))


def _bytes(text: str, where: object) -> bytes:
    try:
        raw = bytes.fromhex(text.strip())
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise AuditKeyWrong(where=where)
    return raw


def _hex(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _add(line: str) -> None:
    """Add a line at the end and see it onto the disk; what stands there is never changed."""
    handle = os.open(file(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        size = opened.seek(0, os.SEEK_END)
        unfinished = size and os.pread(opened.fileno(), 1, size - 1) != b"\n"
        opened.write((b"\n" if unfinished else b"") + line.encode() + b"\n")
        opened.flush()
        os.fsync(opened.fileno())
