"""The bodies that answer for something, read."""

from __future__ import annotations

from django.db.models import QuerySet

from panoh.plan.models import Body


def bodies() -> QuerySet[Body]:
    """Return all bodies by code."""
    return Body.objects.all()


def body_called(code: str, name: str) -> Body | None:
    """Return the body with this code, however written, or with this name in any language."""
    for body in bodies():
        if code.casefold() == body.code.casefold() or name.casefold() in map(str.casefold, body.name.values()):
            return body
    return None
