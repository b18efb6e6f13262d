"""A local server of the protocol of HashiCorp Vault's Transit engine: real AES, versions, trimming, and faults."""

from __future__ import annotations

import base64
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
TOO_OLD = "ciphertext or signature version is disallowed by policy (too old)"


class RefusedError(Exception):
    def __init__(self, status: int, *errors: str) -> None:
        self.status, self.errors = status, errors


@dataclass
class Key:
    """A named key and its versions, as `transit/keys/NAME` tells of them."""

    versions: dict[int, bytes] = field(default_factory=lambda: {1: secrets.token_bytes(32)})
    min_decryption_version: int = 1
    min_encryption_version: int = 0
    min_available_version: int = 0

    @property
    def latest(self) -> int:
        return max(self.versions)

    def encrypt(self, plaintext: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.versions[self.latest]).encrypt(nonce, base64.b64decode(plaintext), None)
        return f"vault:v{self.latest}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, ciphertext: str) -> str:
        prefix, version, content = ciphertext.split(":", 2)
        number = int(version.removeprefix("v"))
        if prefix != "vault" or number > self.latest:
            raise RefusedError(400, "invalid ciphertext: version is too new")
        if number < self.min_decryption_version:
            raise RefusedError(400, TOO_OLD)
        sealed = base64.b64decode(content)
        try:
            plain = AESGCM(self.versions[number]).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        except (InvalidTag, ValueError) as error:
            raise RefusedError(400, "cipher: message authentication failed") from error
        return base64.b64encode(plain).decode()

    def configure(self, given: dict[str, Any]) -> None:
        decryption = given.get("min_decryption_version", self.min_decryption_version)
        encryption = given.get("min_encryption_version", self.min_encryption_version)
        if max(decryption, encryption) > self.latest:
            raise RefusedError(400, "cannot set min version, latest key version is less")
        self.min_decryption_version, self.min_encryption_version = decryption, encryption

    def trim(self, least: int) -> None:
        if not self.min_encryption_version or not self.min_decryption_version:
            raise RefusedError(400, "minimum available version needs both other minimums")
        if least > min(self.min_encryption_version, self.min_decryption_version):
            raise RefusedError(400, "minimum available version cannot be greater than minimum decryption version")
        self.min_available_version = least
        self.versions = {number: key for number, key in self.versions.items() if number >= least}


@dataclass
class TransitServer:
    """The server: `fault` makes the next answers faulty, `asked` counts what was asked."""

    token: str = "s.right"
    keys: dict[str, Key] = field(default_factory=lambda: {"panoh": Key()})
    asked: list[str] = field(default_factory=list)
    fault: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: False
    # Newer servers answer 400 when one of a batch fails, older ones 200 with the error beside the item.
    batch_failure: int = 400

    def __enter__(self) -> TransitServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._serve(self)

            do_POST = do_GET  # noqa: N815  # the name that http.server calls

            def log_message(self, *words: Any) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *given: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.asked.append(handler.path)
        if self.fault(handler):
            return
        status: int
        answer: dict[str, Any]
        try:
            if handler.headers.get("X-Vault-Token") != self.token:
                raise RefusedError(403, "permission denied")
            status, answer = self._answer(handler.command, handler.path, json.loads(body or b"{}"))
        except RefusedError as refused:
            status, answer = refused.status, {"errors": list(refused.errors)}
        send(handler, status, answer)

    def _answer(self, method: str, path: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        steps = path.removeprefix("/v1/transit/").split("/")
        name = steps[1] if len(steps) > 1 else ""
        if not path.startswith("/v1/transit/") or name not in self.keys:
            raise RefusedError(404 if method == "GET" else 400, "encryption key not found")
        key = self.keys[name]
        match method, steps[0], steps[2:]:
            case "GET", "keys", []:
                told = {"latest_version": key.latest, "min_decryption_version": key.min_decryption_version}
                return 200, {"data": {**told, "name": name, "type": "aes256-gcm96"}}
            case "POST", "keys", ["rotate"]:
                key.versions[key.latest + 1] = secrets.token_bytes(32)
                return 200, {"data": {"latest_version": key.latest}}
            case "POST", "keys", ["config"]:
                key.configure(given)
                return 204, {}
            case "POST", "keys", ["trim"]:
                key.trim(given["min_available_version"])
                return 204, {}
            case "POST", ("encrypt" | "decrypt" | "rewrap") as step, []:
                return self._batch(key, step, given["batch_input"])
        raise RefusedError(405, "unsupported operation")

    def _batch(self, key: Key, step: str, items: list[dict[str, str]]) -> tuple[int, dict[str, Any]]:
        results: list[dict[str, str]] = []
        for item in items:
            try:
                if step == "encrypt":
                    results.append({"ciphertext": key.encrypt(item["plaintext"])})
                elif step == "decrypt":
                    results.append({"plaintext": key.decrypt(item["ciphertext"])})
                else:
                    results.append({"ciphertext": key.encrypt(key.decrypt(item["ciphertext"]))})
            except RefusedError as refused:
                results.append({"error": refused.errors[0]})
        failed = any("error" in one for one in results)
        return (self.batch_failure if failed else 200), {"data": {"batch_results": results}}


def send(handler: BaseHTTPRequestHandler, status: int, answer: dict[str, Any]) -> None:
    content = b"" if status == 204 else json.dumps(answer).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
