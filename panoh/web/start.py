"""Start Django in this process: the database is up, the settings chosen, the role set."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Literal

import django


@contextmanager
def loading() -> Iterator[None]:
    """Let the collector of garbage rest while something is loaded that stays, and pass over it from then on.

    Its rounds took a sixth of a start, and each round through all that is loaded longer than a page.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


@loading()
def start(*, role: Literal["app", "owner"] = "app") -> None:
    """Bring the embedded database up (unless DATABASE_URL names one) and set Django up.

    role: the database role of this process; only migrations and set-up take the owner's.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panoh.web.settings")
    os.environ["PANOH_DB_ROLE"] = role
    if not os.environ.get("DATABASE_URL"):
        from panoh.web.embedded import ensure_running  # noqa: PLC0415  # a production install has no embedded database
        from panoh.web.home import home  # noqa: PLC0415

        with ThreadPoolExecutor(1) as beside:
            database = beside.submit(ensure_running, home())
            import_module("django.http")  # half of what Django loads, while the database starts
            database.result()
    django.setup()
