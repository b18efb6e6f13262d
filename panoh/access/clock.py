"""The one place that asks what time it is, so that tests and the demonstration can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

_moved: ContextVar[timedelta] = ContextVar("moved", default=timedelta(0))


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now() + _moved.get()


def today() -> date:
    """Return today's civil date in the deployment's time zone."""
    return timezone.localdate(now())


@contextmanager
def moved(days: int) -> Iterator[None]:
    """Let what happens inside happen so many days from now (before now, if negative)."""
    before = _moved.set(timedelta(days=days))
    try:
        yield
    finally:
        _moved.reset(before)
