"""A record that the address of a form may name, to fill the form with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from panoh.access.entrances import Request
from panoh.access.refusals import NotThere

R = TypeVar("R")


def named(request: Request, name: str, read: Callable[[str], R]) -> R | None:
    """Return the record that the address names, or none."""
    code = request.GET.get(name, "")
    if not code or not code.isprintable():
        return None
    try:
        return read(code[:12])
    except NotThere:
        return None
