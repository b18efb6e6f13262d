"""The master keys, wherever they are: what wraps the data keys, and opens them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from django.conf import settings

from panoh.vault import sealing
from panoh.vault.keyring import NO_MASTER, Keyring, is_given, keyring, new_key, replace_keyring
from panoh.vault.refusals import KeyringGiven
from panoh.vault.sealing import Wrapped
from panoh.vault.transit import Service, TransitMasters

T = TypeVar("T")


class MasterKeys(Protocol):
    """Master keys in a keyring or in a key service; many data keys at a time, for a service is a journey away."""

    def current(self) -> int:
        """Return the number of the master key that wraps new data keys."""

    def numbers(self) -> list[int]:
        """Return the numbers of the master keys that can still open something."""

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

    def renew(self, *, above: int) -> None:
        """Make a new master key and let it wrap what comes; the others still open. above: numbers that were had."""

    def drop(self, numbers: Sequence[int]) -> None:
        """Destroy master keys: nothing they wrapped opens again."""


class KeyringMasters:
    """The master keys that a keyring holds itself."""

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring

    def current(self) -> int:
        """Return the keyring's current number."""
        return self._ring.current

    def numbers(self) -> list[int]:
        """Return the keyring's numbers."""
        return sorted(self._ring.masters)

    def wrap(self, data_keys: Sequence[bytes]) -> list[Wrapped]:
        """Wrap by the current master key."""
        return [sealing.wrap(self._ring, key) for key in data_keys]

    def unwrap(self, wrapped: Sequence[Wrapped]) -> list[bytes]:
        """Open each with the master key of its number."""
        return [sealing.unwrap(self._ring, number, key) for number, key in wrapped]

    def rewrap(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        """Open each, and wrap it by the current master key."""
        return self.wrap(self.unwrap(wrapped))

    def renew(self, *, above: int) -> None:
        """Put a keyring with one more master key in the place of this one.

        Raises:
            KeyringGiven: only the operator can renew one that stands in the environment.
            KeyringChanged: somebody else renewed it meanwhile.
        """
        put_keyring(self._ring, with_new_master(self._ring, above=above))

    def drop(self, numbers: Sequence[int]) -> None:
        """Put a keyring without these master keys in the place of this one.

        Raises:
            KeyringGiven, KeyringChanged.
        """
        put_keyring(self._ring, without_masters(self._ring, numbers))


class _Both:
    """A key service, and the master keys that a keyring still holds from before the service was there."""

    def __init__(self, service: MasterKeys, before: KeyringMasters) -> None:
        self._service, self._before = service, before

    def current(self) -> int:
        return self._service.current()

    def numbers(self) -> list[int]:
        return [*self._before.numbers(), *self._service.numbers()]

    def wrap(self, data_keys: Sequence[bytes]) -> list[Wrapped]:
        return self._service.wrap(data_keys)

    def unwrap(self, wrapped: Sequence[Wrapped]) -> list[bytes]:
        return self._each(wrapped, self._before.unwrap, self._service.unwrap)

    def rewrap(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        return self._each(wrapped, lambda some: self.wrap(self._before.unwrap(some)), self._service.rewrap)

    def renew(self, *, above: int) -> None:
        self._service.renew(above=above)

    def drop(self, numbers: Sequence[int]) -> None:
        held = set(self._before.numbers())
        if ours := [number for number in numbers if number in held]:
            self._before.drop(ours)
        if theirs := [number for number in numbers if number not in held]:
            self._service.drop(theirs)

    def _each(
        self,
        wrapped: Sequence[Wrapped],
        before: Callable[[Sequence[Wrapped]], list[T]],
        service: Callable[[Sequence[Wrapped]], list[T]],
    ) -> list[T]:
        held = set(self._before.numbers())
        ours = iter(before([one for one in wrapped if one[0] in held]))
        theirs = iter(service([one for one in wrapped if one[0] not in held]))
        return [next(ours if one[0] in held else theirs) for one in wrapped]


def master_keys(ring: Keyring | None = None) -> MasterKeys:
    """Return the master keys of this process, or those that go with another keyring.

    Raises:
        KeyServiceUnfit: the settings of the key service make no sense.
    """
    held = KeyringMasters(ring or keyring())
    if not is_kept_by_service():
        return held
    return _Both(TransitMasters(Service(**settings.PANOH_KMS_TRANSIT)), held)


def is_kept_by_service() -> bool:
    """Return whether a key service holds the master keys."""
    return bool(settings.PANOH_KMS)


# --- renewing a keyring ------------------------------------------------------------------------------------------


def with_new_master(ring: Keyring, *, above: int) -> Keyring:
    """Return a keyring with one more master key, that wraps what comes."""
    number = max(above, *ring.masters, NO_MASTER) + 1
    return replace(ring, masters={**ring.masters, number: new_key()}, current=number)


def with_new_search(ring: Keyring) -> Keyring:
    """Return a keyring with one more search key, that blinds what comes."""
    number = max(ring.searches) + 1
    return replace(ring, searches={**ring.searches, number: new_key()}, search=number)


def without_masters(ring: Keyring, numbers: Sequence[int]) -> Keyring:
    """Return a keyring without these master keys."""
    left = {number: key for number, key in ring.masters.items() if number not in numbers}
    return replace(ring, masters=left, current=ring.current if ring.current in left else NO_MASTER)


def without_older_searches(ring: Keyring) -> Keyring:
    """Return a keyring with the search key in use alone."""
    return replace(ring, searches={ring.search: ring.searches[ring.search]})


def put_keyring(before: Keyring, after: Keyring) -> None:
    """Put a keyring in the place of the one of this process.

    Raises:
        KeyringGiven: it stands in the environment, where only the operator can put another.
        KeyringChanged: somebody else renewed it meanwhile.
    """
    if is_given():
        raise KeyringGiven
    replace_keyring(Path(settings.PANOH_KEYRING_FILE), before, after)


# --- opening -----------------------------------------------------------------------------------------------------


def open_keys(rows: Iterable[tuple[UUID, int, bytes | memoryview]]) -> dict[UUID, bytes]:
    """Return the data key of each id; rows are (id, number of the master key, wrapped key), and may name one twice.

    Raises:
        SealBroken: one of them does not open.
    """
    wrapped = {key_id: (number, bytes(key)) for key_id, number, key in rows}
    return dict(zip(wrapped, master_keys().unwrap(list(wrapped.values())), strict=True))
