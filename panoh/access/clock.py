"""The one place that asks what time it is, so that tests can move it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return today's civil date in the deployment's time zone."""
    return timezone.localdate()
