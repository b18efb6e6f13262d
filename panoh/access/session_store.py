"""Sessions in the database, from which no cookie can be made: rows are found by the digest of their key, and sealed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from panoh.access.sealed_texts import seal_text, unseal_text

_PURPOSE = "session"
_LETTERS = 40  # as many as the column holds: 160 bits of the digest


def digest(key: str) -> str:
    """Return by what the row of a session is found: the cookie holds what goes in, the database what comes out."""
    return hashlib.sha256(key.encode()).hexdigest()[:_LETTERS]


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with the key digested and what they hold sealed."""

    def _row(self) -> AbstractBaseSession | None:
        found = self.model.objects.filter(session_key=digest(self.session_key or ""), expire_date__gt=timezone.now())
        return found.first()

    def load(self) -> dict[str, Any]:
        """Return what the session holds; an unknown key, and a row that was tampered with, hold nothing."""
        row = self._row() if self.session_key else None
        text = unseal_text(_PURPOSE, row.session_data, place=row.session_key) if row else None
        if text is None:
            self._session_key = None
            return {}
        return dict(json.loads(text))

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a session of this key."""
        return bool(self.model.objects.filter(session_key=digest(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row that is kept."""
        place = digest(self._get_or_create_session_key())  # type: ignore[attr-defined]  # Django's stubs leave it out
        sealed = seal_text(_PURPOSE, json.dumps(data).encode(), place=place)
        return self.model(session_key=place, session_data=sealed, expire_date=self.get_expiry_date())

    def delete(self, session_key: str | None = None) -> None:
        """Remove the row of this key, or the session's own."""
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=digest(key)).delete()
