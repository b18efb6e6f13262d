"""A provider of identities on this machine: real HTTP, real signatures, one person who always agrees."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KID = "panoh", "the-clients-own-secret", "key-1"


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class OpenIdServer:
    """Says who the person is by `claims`, signed with `signs`; what it publishes is `publishes`."""

    claims: dict[str, Any] = field(default_factory=dict)
    publishes: rsa.RSAPrivateKey = field(default_factory=_key)
    signs: rsa.RSAPrivateKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    server: ThreadingHTTPServer | None = None

    def __enter__(self) -> OpenIdServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._answer(self, {})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer._answer(self, {name: values[0] for name, values in parse_qs(body).items()})

            def log_message(self, *words: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *given: object) -> None:
        assert self.server
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        assert self.server
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def _answer(self, handler: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        asked = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/authorize":
            code = secrets.token_urlsafe(12)
            self.codes[code] = query
            handler.send_response(302)
            told = urlencode({"code": code, "state": query["state"]})
            handler.send_header("Location", f"{query['redirect_uri']}?{told}")
            handler.end_headers()
            return
        answers = {"/.well-known/openid-configuration": self._describe, "/keys": self._keys}
        status, answer = (200, answers[asked.path]()) if asked.path in answers else self._token(form)
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(json.dumps(answer).encode())

    def _describe(self) -> dict[str, Any]:
        here = self.address
        return {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def _keys(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.publishes.public_key()))
        return {"keys": [{**told, "kid": KID, "alg": "RS256", "use": "sig"}]}

    def _token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Give a token for a code, once, to the client that began and can prove it (PKCE, RFC 7636)."""
        begun = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_client = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if begun is None or not is_client or proof != begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        token = jwt.encode(claims, self.signs or self.publishes, algorithm="RS256", headers={"kid": KID})
        return 200, {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "id_token": token}
