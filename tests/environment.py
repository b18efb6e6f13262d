"""The environment of the tests, set before Django reads its settings (so not in conftest.py, which is read later)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

OURS = "" if os.environ.get("PANOH_HOME") else tempfile.mkdtemp(prefix="panoh-test-")

os.environ["PANOH_HOME"] = os.environ.get("PANOH_HOME") or OURS
for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
    os.environ.pop(name, None)
os.environ |= {"PANOH_DEMO": "1", "PANOH_DB_POOL": "0", "PANOH_PG_FAST": "1"}
# What a test starts takes compiled modules from where another left them: compiling Django anew costs it three seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "bytecode"))
# The browser's driver keeps an event loop in its worker; the tests that follow there are as synchronous as before.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database of a home that was made here, and remove it."""
    if not OURS:
        return
    from panoh.web.embedded import throw_away  # noqa: PLC0415  # Django may not be imported before the settings are
    from panoh.web.home import home  # noqa: PLC0415

    throw_away(home())
