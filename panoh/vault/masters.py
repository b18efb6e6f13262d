"""The master keys, wherever they are: what wraps the data keys, and opens them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from panoh.vault import sealing
from panoh.vault.keyring import Keyring, keyring

# The number of a master key, and a data key wrapped by it.
Wrapped = tuple[int, bytes]


class MasterKeys(Protocol):
    """Master keys in a keyring or in a key service; many data keys at a time, for a service is a journey away."""

    def current(self) -> int:
        """Return the number of the master key that wraps new data keys."""

    def wrap(self, data_keys: Sequence[bytes]) -> list[Wrapped]:
        """Return the data keys wrapped by the current master key, in the same order."""

    def unwrap(self, wrapped: Sequence[Wrapped]) -> list[bytes]:
        """Return the data keys, in the same order.

        Raises:
            SealBroken: one of them does not open.
        """

    def rewrap(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        """Return the data keys wrapped by the current master key instead, in the same order.

        Raises:
            SealBroken: one of them does not open.
        """


class KeyringMasters:
    """The master keys that a keyring holds itself."""

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring

    def current(self) -> int:
        """Return the keyring's current number."""
        return self._ring.current

    def wrap(self, data_keys: Sequence[bytes]) -> list[Wrapped]:
        """Wrap by the current master key."""
        return [sealing.wrap(self._ring, key) for key in data_keys]

    def unwrap(self, wrapped: Sequence[Wrapped]) -> list[bytes]:
        """Open each with the master key of its number."""
        return [sealing.unwrap(self._ring, number, key) for number, key in wrapped]

    def rewrap(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        """Open each, and wrap it by the current master key."""
        return self.wrap(self.unwrap(wrapped))


def master_keys(ring: Keyring | None = None) -> MasterKeys:
    """Return the master keys of this process, or those that go with another keyring."""
    return KeyringMasters(ring or keyring())


def open_keys(rows: Iterable[tuple[UUID, int, bytes | memoryview]]) -> dict[UUID, bytes]:
    """Return the data key of each id; rows are (id, number of the master key, wrapped key), and may name one twice.

    Raises:
        SealBroken: one of them does not open.
    """
    wrapped = {key_id: (number, bytes(key)) for key_id, number, key in rows}
    return dict(zip(wrapped, master_keys().unwrap(list(wrapped.values())), strict=True))
