"""What was said at the door of a file: why somebody looks, once per visit, remembered for four hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from panoh.access.clock import now

__all__ = ["HEADER", "Visit", "remember", "visit_of"]

HEADER = "X-Purpose"
SESSION = "purposes"
LASTS = timedelta(hours=4)
MOST_FILES = 50


@dataclass(frozen=True)
class Visit:
    """The purposes said for files, by the file's code; throughout: one said with the request, for all it opens."""

    files: Mapping[str, str]
    throughout: str = ""

    def purpose_of(self, code: str) -> str:
        """Return the purpose said for a file, or nothing."""
        return self.throughout or self.files.get(code, "")


def visit_of(request: HttpRequest) -> Visit:
    """Return what was said; what is sent now was begun within the visit, so for that it holds past its hours."""
    is_look = request.method in {"GET", "HEAD"}
    instant = now().timestamp()
    said = request.session.get(SESSION, {})
    files = {code: purpose for code, (purpose, until) in said.items() if until > instant or not is_look}
    return Visit(files, request.headers.get(HEADER, "")[:32])


def remember(request: HttpRequest, code: str, purpose: str) -> None:
    """Keep for the session why a file is looked at, in place of what was said before."""
    instant = now()
    kept = {other: said for other, said in request.session.get(SESSION, {}).items() if said[1] > instant.timestamp()}
    kept.pop(code, None)
    newest = dict(list(kept.items())[-(MOST_FILES - 1) :])
    request.session[SESSION] = {**newest, code: [purpose, (instant + LASTS).timestamp()]}
