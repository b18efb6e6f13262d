"""A PostgreSQL of our own for those who have none: found on the machine, made under PANOH_HOME, started when needed.

Plain initdb and pg_ctl. The server listens on a socket in a folder that only its owner may enter, asks for a password,
and keeps all that PostgreSQL promises about durability (PANOH_PG_FAST=1 gives that up, for tests only).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql

from panoh.web.postgres_programs import Programs, find_programs, run_as_nobody
from panoh.web.refusals import DatabaseDidNotStart

DATABASE = "panoh"
ROLES = {"owner": "panoh_owner", "app": "panoh_app", "super": "panoh_super"}
START_SECONDS = 60


class Parameters(TypedDict):
    """How to connect as one role."""

    host: str
    port: int
    user: str
    password: str
    dbname: str


@dataclass(frozen=True)
class Status:
    """What there is of the embedded database."""

    running: bool
    made: bool
    version: str
    folder: str
    socket: str


def parameters(home: Path, role: str) -> Parameters:
    """Return how to connect as "owner", "app" or (the runner itself) "super"; the server need not run yet."""
    return {
        "host": str(_socket_folder(home)),
        "port": 5432,
        "user": ROLES[role],
        "password": _passwords(home)[role],
        "dbname": DATABASE,
    }


def ensure_running(home: Path) -> None:
    """Make the database on first use and start it if it does not answer; several starts at once give one server.

    Raises:
        NoPostgres: no PostgreSQL 15 or newer on this machine, or not the version this database was made with.
        DatabaseDidNotStart: with the last lines of the server's log.
    """
    if _answers(home):
        return
    with _one_at_a_time(home):
        if _answers(home):
            return
        made_with = _made_with(home)
        programs = find_programs(made_with)
        if made_with is None:
            _make_cluster(home, programs)
        _start(home, programs)
        _make_roles(home)


def stop(home: Path) -> bool:
    """Stop the server, letting open work end; return whether it ran."""
    made_with = _made_with(home)
    if made_with is None or not _postmaster(home):
        return False
    with _one_at_a_time(home):
        _run(home, find_programs(made_with), "pg_ctl", "stop", "-D", str(_data(home)), "-m", "fast", "-w")
    return True


def status(home: Path) -> Status:
    """Return what there is, without starting anything."""
    made_with = _made_with(home)
    return Status(_answers(home), made_with is not None, str(made_with or ""), str(_data(home)), str(_socket_folder(home)))


# --- making ------------------------------------------------------------------------------------------------------


def _make_cluster(home: Path, programs: Programs) -> None:
    data = _data(home)
    data.parent.mkdir(mode=0o700, exist_ok=True)
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"] if programs.version >= 17 else ["--locale=C.UTF-8"]  # noqa: PLR2004
    password_file = data.parent / "first-password"
    password_file.touch(mode=0o600)
    password_file.write_text(_passwords(home)["super"])
    try:
        _run(
            home, programs, "initdb", "-D", str(data), "-U", ROLES["super"], "--encoding=UTF8", *locale,
            "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions",
        )  # fmt: skip
    finally:
        password_file.unlink()
    with (data / "postgresql.conf").open("a") as file:
        file.write(_CONFIGURATION)


# No parameter and no statement ever reaches the log: either may hold a name.
_CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
random_page_cost = 1.1
jit = off
log_statement = none
log_min_error_statement = panic
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
"""


def _make_roles(home: Path) -> None:
    passwords = _passwords(home)
    with _connect(home, dbname="postgres") as connection:
        there = {row[0] for row in connection.execute("select rolname from pg_roles").fetchall()}
        for role, rights in (("owner", "createdb"), ("app", "nocreatedb")):
            if ROLES[role] not in there:
                connection.execute(
                    sql.SQL("create role {} login nosuperuser nobypassrls nocreaterole {} password {}").format(
                        sql.Identifier(ROLES[role]), sql.SQL(rights), sql.Literal(passwords[role])
                    )
                )
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLES["owner"]))
            )


# --- starting ----------------------------------------------------------------------------------------------------


def _start(home: Path, programs: Programs) -> None:
    socket = _socket_folder(home)
    socket.mkdir(mode=0o700, exist_ok=True)
    if socket.stat().st_uid != os.getuid():
        raise DatabaseDidNotStart(why=f"{socket} belongs to somebody else")
    log = home / "log"
    log.mkdir(mode=0o700, exist_ok=True)
    options = f"-c unix_socket_directories='{socket}'"
    if os.environ.get("PANOH_PG_FAST") == "1":
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    deadline = time.monotonic() + START_SECONDS
    while True:
        _clear_after_a_crash(home)
        begun = _run(
            home, programs, "pg_ctl", "start", "-D", str(_data(home)), "-l", str(log / "database.log"),
            "-o", options, "-W", "-s", check=False,
        )  # fmt: skip
        while begun.returncode == 0 and time.monotonic() < deadline:
            if _answers(home, dbname="postgres"):
                return
            if not _postmaster(home) and not (_data(home) / "postmaster.pid").exists():
                break
            time.sleep(0.02)
        if time.monotonic() > deadline:
            raise DatabaseDidNotStart(why=_last_words(log / "database.log"))
        time.sleep(0.1)


def _clear_after_a_crash(home: Path) -> None:
    """Remove the lock file of a server that was killed; a dying one is given the time it takes to be gone."""
    lock = _data(home) / "postmaster.pid"
    if lock.exists() and not _postmaster(home):
        lock.unlink(missing_ok=True)


def _postmaster(home: Path) -> int | None:
    """Return the number of the server's process if it is alive; a zombie waiting to be reaped is not."""
    try:
        number = int((_data(home) / "postmaster.pid").read_text().split("\n", 1)[0])
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
        arguments = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return None
    return number if state not in "ZX" and b"postgres" in arguments else None


def _last_words(log: Path) -> str:
    return " ".join(log.read_text(errors="replace").splitlines()[-3:]) if log.exists() else "it left no log"


def _answers(home: Path, dbname: str = DATABASE) -> bool:
    try:
        with _connect(home, dbname) as connection:
            return connection.execute("select 1").fetchone() is not None
    except (psycopg.Error, OSError):
        return False


def _connect(home: Path, dbname: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
    role = "super" if dbname != DATABASE else "app"
    given = parameters(home, role)
    return psycopg.connect(
        host=given["host"], port=given["port"], user=given["user"], password=given["password"],
        dbname=dbname, connect_timeout=5, autocommit=True,
    )  # fmt: skip


def _run(
    home: Path, programs: Programs, name: str, *arguments: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    command = [str(programs.folder / name), *arguments]
    done = subprocess.run(  # noqa: S603  # our own arguments, no shell
        run_as_nobody(command), capture_output=True, text=True, cwd=home, env={**os.environ, **programs.environment}, check=False
    )
    if check and done.returncode:
        raise DatabaseDidNotStart(why=done.stderr.strip()[-400:])
    return done


# --- places ------------------------------------------------------------------------------------------------------


def _data(home: Path) -> Path:
    return home / "database" / "cluster"


def _made_with(home: Path) -> int | None:
    version = _data(home) / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _socket_folder(home: Path) -> Path:
    # A socket's path has at most 107 characters, so it cannot lie under a deep PANOH_HOME.
    mark = hashlib.sha256(f"{os.getuid()} {home}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"panoh-{mark}"


def _passwords(home: Path) -> dict[str, str]:
    file = home / "database-passwords.json"
    if not file.exists():
        fresh = json.dumps({role: secrets.token_urlsafe(24) for role in ROLES})
        draft = file.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(fresh)
        # Of several that begin at once the first wins, and all read its passwords.
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return dict(json.loads(file.read_text()))


@contextlib.contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    with (home / "database.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
