"""Master keys that never leave HashiCorp Vault: its Transit engine wraps the data keys and opens them.

A version n of the Transit key is master key 1000 + n here, so that a database can move from a keyring's own master
keys (numbered from 1) to the service while people work.
Source: Vault HTTP API, secrets/transit (encrypt, decrypt, rewrap, keys; `batch_input`, `min_decryption_version`, trim).
"""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from panoh.vault.refusals import KeyServiceRefused, KeyServiceSilent, KeyServiceUnfit, SealBroken
from panoh.vault.sealing import Wrapped

BEFORE_FIRST = 1000
SECONDS = 10
NEAR = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Service:
    """Where the Transit engine is, the key in it, and the file that holds the token to show (read for each call)."""

    address: str
    key: str
    token_file: Path
    mount: str = "transit"
    seconds: float = SECONDS

    def require_fit(self) -> None:
        """Raise KeyServiceUnfit unless the address can be used: https, or this very machine."""
        found = urlsplit(self.address)
        if not found.hostname or not self.key or found.scheme not in {"http", "https"}:
            raise KeyServiceUnfit(address=self.address)
        if found.scheme == "http" and found.hostname not in NEAR:
            raise KeyServiceUnfit(address=self.address)


class TransitMasters:
    """The versions of one Transit key, as master keys."""

    def __init__(self, service: Service) -> None:
        service.require_fit()
        self._service = service

    def current(self) -> int:
        """Return the number of the newest version."""
        return BEFORE_FIRST + int(self._key()["latest_version"])

    def numbers(self) -> list[int]:
        """Return the versions that still open."""
        key = self._key()
        least = max(1, int(key["min_decryption_version"]))
        return [BEFORE_FIRST + n for n in range(least, int(key["latest_version"]) + 1)]

    def wrap(self, data_keys: Sequence[bytes]) -> list[Wrapped]:
        """Have the newest version wrap them."""
        found = self._batch("encrypt", [{"plaintext": _text(key)} for key in data_keys])
        return [_wrapped(one["ciphertext"]) for one in found]

    def unwrap(self, wrapped: Sequence[Wrapped]) -> list[bytes]:
        """Have each opened by the version that wrapped it."""
        return [base64.b64decode(one["plaintext"]) for one in self._batch("decrypt", _ciphertexts(wrapped))]

    def rewrap(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        """Have each wrapped by the newest version instead; no data key leaves the service."""
        return [_wrapped(one["ciphertext"]) for one in self._batch("rewrap", _ciphertexts(wrapped))]

    def renew(self, *, above: int) -> None:
        """Have a new version made; the service counts its versions itself."""
        self._ask("POST", f"keys/{self._name}/rotate", {})

    def drop(self, numbers: Sequence[int]) -> None:
        """Have the versions of these numbers, and all before them, destroyed."""
        least = max(numbers) - BEFORE_FIRST + 1
        allowed = {"min_decryption_version": least, "min_encryption_version": least}
        self._ask("POST", f"keys/{self._name}/config", allowed)
        self._ask("POST", f"keys/{self._name}/trim", {"min_available_version": least})

    @property
    def _name(self) -> str:
        return quote(self._service.key, safe="")

    def _key(self) -> dict[str, Any]:
        return self._ask("GET", f"keys/{self._name}")

    def _batch(self, step: str, items: list[dict[str, str]]) -> list[dict[str, str]]:
        if not items:
            return []
        found: list[dict[str, str]] = self._ask("POST", f"{step}/{self._name}", {"batch_input": items})["batch_results"]
        if len(found) != len(items) or any(one.get("error") for one in found):
            raise SealBroken
        return found

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the data of an answer.

        Raises:
            KeyServiceSilent: no answer in time, or one that says that it cannot answer now (sealed, standby, busy).
            KeyServiceRefused: the token or the key are not known there, or may not do this.
            SealBroken: it does not open what it was given.
        """
        status, content = self._send(method, path, body)
        if status in {200, 204}:
            try:
                return dict(json.loads(content)["data"] or {}) if content else {}
            except (ValueError, KeyError, TypeError) as error:
                raise KeyServiceSilent(address=self._service.address, why="its answer was not understood") from error
        if status == 400 and path.startswith(("decrypt/", "rewrap/")):
            raise SealBroken
        if status in {400, 401, 403, 404, 405}:
            raise KeyServiceRefused(address=self._service.address, key=self._service.key, step=path, status=status)
        raise KeyServiceSilent(address=self._service.address, why=f"HTTP {status}")

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, bytes]:
        where = urlsplit(self._service.address)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        connection = kind(where.hostname or "", where.port, timeout=self._service.seconds)
        try:
            headers = {"X-Vault-Token": self._service.token_file.read_text().strip(), "X-Vault-Request": "true"}
            given = None if body is None else json.dumps(body)
            connection.request(method, f"/v1/{quote(self._service.mount)}/{path}", given, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise KeyServiceSilent(address=self._service.address, why=why) from error
        finally:
            connection.close()


def _wrapped(ciphertext: str) -> Wrapped:
    _, version, content = ciphertext.split(":", 2)
    return BEFORE_FIRST + int(version.removeprefix("v")), base64.b64decode(content)


def _ciphertexts(wrapped: Sequence[Wrapped]) -> list[dict[str, str]]:
    if any(number <= BEFORE_FIRST for number, _ in wrapped):
        raise SealBroken  # wrapped by a master key of a keyring, which is gone
    return [{"ciphertext": f"vault:v{number - BEFORE_FIRST}:{_text(key)}"} for number, key in wrapped]


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
