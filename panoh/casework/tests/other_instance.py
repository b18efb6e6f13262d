"""Another instance, played by keys of its own: what happens inside is signed and opened by them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

__all__ = ["elsewhere"]


@contextmanager
def elsewhere(there: Path) -> Iterator[None]:
    """Let what happens inside happen on the other instance, whose keys lie in this folder."""
    with override_settings(PANOH_AUDIT_KEY_FILE=there / "audit-key", PANOH_AGE_KEY_FILE=there / "age-key"):
        yield
