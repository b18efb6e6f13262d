"""`panoh doctor`: what is well, what is not, and what to do about it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from panoh.access.refusals import Refusal
from panoh.web.home import home

OLDEST = 15
LEAST_FREE_MEGABYTES = 1024
MOST_CLOCK_SECONDS = 300


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    what: str
    is_well: bool
    found: str
    to_do: str = ""
    is_optional: bool = False


def examine() -> list[Finding]:
    """Look at everything; what fails to be looked at is a finding too."""
    found: list[Finding] = []
    for what, look in _LOOKS.items():
        try:
            found.extend(look())
        except Refusal as refusal:
            found.append(Finding(what, False, refusal.code, str(refusal)))
        except Exception as error:  # an examination reports what breaks instead of breaking
            found.append(
                Finding(what, False, type(error).__name__, "Start the database with “panoh db up”, then try again.")
            )
    return found


def _database() -> Iterator[Finding]:
    from panoh.web.start import start  # noqa: PLC0415

    start()
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        version = str(cursor.fetchone()[0])
        well = int(version.split(".", 1)[0]) >= OLDEST
        yield Finding(
            "database", well, f"PostgreSQL {version.split(maxsplit=1)[0]}", "" if well else "Panoh needs 15 or newer."
        )
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"show {setting}")
            value = str(cursor.fetchone()[0])
            yield Finding(
                f"database: {setting}",
                value == "on",
                value,
                "" if value == "on" else "Set it to on: a power cut would lose work.",
            )


def _migrations() -> Iterator[Finding]:
    from panoh.web.serving import is_behind  # noqa: PLC0415

    behind = is_behind()
    yield Finding(
        "tables",
        not behind,
        "older than this program" if behind else "up to date",
        "Run: panoh db migrate" if behind else "",
    )


def _roles() -> Iterator[Finding]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user")
        strong = bool(cursor.fetchone()[0])
        cursor.execute(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user"
        )
        owned = int(cursor.fetchone()[0])
    well = not strong and not owned
    yield Finding(
        "roles", well, "owns nothing" if well else f"owns {owned} tables{', has special rights' if strong else ''}",
        "" if well else "Let DATABASE_URL name a role that owns nothing; the owner goes into DATABASE_OWNER_URL.",
    )  # fmt: skip


def _keyring() -> Iterator[Finding]:
    from django.conf import settings  # noqa: PLC0415

    from panoh.vault.keyring import read_keyring  # noqa: PLC0415

    ring = read_keyring(settings.PANOH_KEYRING_FILE)
    yield Finding("keyring", True, f"{len(ring.masters)} master key(s), number {ring.current} in use")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(home()).free // 1024 // 1024
    well = free > LEAST_FREE_MEGABYTES
    yield Finding("disk", well, f"{free} MB free", "" if well else "Make room: below 1 GB the database may stop.")


def _clock() -> Iterator[Finding]:
    from django.db import connection  # noqa: PLC0415

    from panoh.access.clock import now  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs((now() - theirs).total_seconds())
    well = apart < MOST_CLOCK_SECONDS
    yield Finding(
        "clock", well, f"{apart:.0f} s from the database's", "" if well else "Set both clocks by the same time server."
    )


def _browser() -> Iterator[Finding]:
    names = (os.environ.get("PANOH_CHROMIUM", ""), "chromium", "google-chrome", "chromium-browser")
    found = next((shutil.which(name) for name in names if name and shutil.which(name)), None)
    to_do = "" if found else "Only the tests need one: apt-get install chromium"
    yield Finding("browser", found is not None, found or "none", to_do, is_optional=True)


_LOOKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "database": _database, "tables": _migrations, "roles": _roles, "keyring": _keyring,
    "disk": _disk, "clock": _clock, "browser": _browser,
}  # fmt: skip
