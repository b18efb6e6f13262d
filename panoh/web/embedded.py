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
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql

from panoh.web.postgres_programs import Programs, Runner, find_programs, runner_for
from panoh.web.refusals import DatabaseDidNotStart

DATABASE = "panoh"
ROLES = {"owner": "panoh_owner", "app": "panoh_app", "super": "panoh_super"}
START_SECONDS = 60
DYING_SECONDS = 10
LONGEST_TEMPORARY = 70


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
        runner = runner_for(home / "database")
        programs = runner.reach(find_programs(made_with))
        if made_with is None:
            _make_cluster(home, programs, runner)
        _start(home, programs, runner)
        _make_roles(home)


def stop(home: Path) -> bool:
    """Stop the server, letting open work end; return whether it ran."""
    made_with = _made_with(home)
    if made_with is None or not _postmaster(home):
        return False
    with _one_at_a_time(home):
        _stop(home, made_with)
    return True


def throw_away(home: Path) -> None:
    """Stop the server and delete the database with all that is in it; its passwords go too."""
    stop(home)
    with _one_at_a_time(home):
        shutil.rmtree(_data(home), ignore_errors=True)
        (home / "database-passwords.json").unlink(missing_ok=True)


def others_connected(home: Path) -> int:
    """Return how many connections other programs hold to the running database."""
    with _connect(home, dbname="postgres") as connection:
        counted = connection.execute(
            "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        ).fetchone()
    return int(str(counted[0])) if counted else 0


def status(home: Path) -> Status:
    """Return what there is, without starting anything."""
    made_with = _made_with(home)
    return Status(
        _answers(home), made_with is not None, str(made_with or ""), str(_data(home)), str(_socket_folder(home))
    )


# --- making ------------------------------------------------------------------------------------------------------


def _make_cluster(home: Path, programs: Programs, runner: Runner) -> None:
    # Made beside its place and moved there when whole, so that a power cut leaves no half of one.
    draft = _data(home).with_name("cluster.new")
    shutil.rmtree(draft, ignore_errors=True)
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"] if programs.version >= 17 else ["--locale=C.UTF-8"]
    password_file = draft.with_name("first-password")
    password_file.unlink(missing_ok=True)
    password_file.touch(mode=0o600)
    runner.hand_over(password_file)
    password_file.write_text(_passwords(home)["super"])
    try:
        _run(
            programs, runner, "initdb", "-D", str(draft), "-U", ROLES["super"], "--encoding=UTF8", *locale,
            "--auth=scram-sha-256", f"--pwfile={password_file}",
        )  # fmt: skip
    finally:
        password_file.unlink()
    with (draft / "postgresql.conf").open("a") as file:
        file.write(_CONFIGURATION)
    draft.rename(_data(home))


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
            database, owner, app = (sql.Identifier(name) for name in (DATABASE, ROLES["owner"], ROLES["app"]))
            connection.execute(sql.SQL("create database {} owner {}").format(database, owner))
            connection.execute(sql.SQL("revoke all on database {} from public").format(database))
            connection.execute(sql.SQL("grant connect on database {} to {}").format(database, app))


# --- starting ----------------------------------------------------------------------------------------------------


def _start(home: Path, programs: Programs, runner: Runner) -> None:
    socket = _new_socket_folder(home)
    log = _data(home).parent / "server.log"
    options = f"-c unix_socket_directories='{socket}'"
    if os.environ.get("PANOH_PG_FAST") == "1":
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    if _postmaster(home):
        # Alive, but not at its socket: still starting, or the folder of temporary files was cleared under it.
        if _soon(lambda: _answers(home, dbname="postgres"), DYING_SECONDS):
            return
        _stop(home, programs.version)
    _own_folder(socket, runner)
    deadline = time.monotonic() + DYING_SECONDS
    while True:
        _clear_after_a_crash(home)
        begun = _run(
            programs, runner, "pg_ctl", "start", "-D", str(_data(home)), "-l", str(log), "-o", options,
            "-w", "-t", str(START_SECONDS), "-s", check=False,
        )  # fmt: skip
        if begun.returncode == 0 and _answers(home, dbname="postgres"):
            return
        # The processes of a killed server take up to two seconds to be gone, and until then none can start.
        if time.monotonic() > deadline:
            raise DatabaseDidNotStart(why=_last_words(log))
        time.sleep(0.1)


def _stop(home: Path, version: int) -> None:
    runner = runner_for(home / "database")
    programs = runner.reach(find_programs(version))
    socket = _socket_folder(home)
    _run(programs, runner, "pg_ctl", "stop", "-D", str(_data(home)), "-m", "fast", "-w", "-t", str(START_SECONDS))
    with contextlib.suppress(OSError):
        socket.rmdir()


def _own_folder(folder: Path, runner: Runner) -> None:
    """Make the socket's folder; one that somebody else put there is refused."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        runner.hand_over(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != runner.uid or found.st_mode & 0o077:
        raise DatabaseDidNotStart(why=f"{folder} was made by somebody else")


def _soon(holds: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _clear_after_a_crash(home: Path) -> None:
    """Remove the lock file of a server that was killed; a zombie that waits to be reaped counts as gone."""
    if not _postmaster(home):
        (_data(home) / "postmaster.pid").unlink(missing_ok=True)


def _postmaster(home: Path) -> int | None:
    """Return the number of the server's process if it is alive and serves this very folder."""
    try:
        number = int(_lock_lines(home)[0])
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
        arguments = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return None
    return number if state not in "ZX" and str(_data(home)).encode() in arguments else None


def _lock_lines(home: Path) -> list[str]:
    return (_data(home) / "postmaster.pid").read_text().splitlines()


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
    programs: Programs, runner: Runner, name: str, *arguments: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    # The server outlives this call and inherits its output, so that goes to a file and not into a pipe.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603  # our own arguments, no shell
            [*runner.prefix, str(programs.folder / name), *arguments],
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, cwd=runner.folder,
            env={**os.environ, **programs.environment}, text=True,
        )  # fmt: skip
        said.seek(0)
        if check and done.returncode:
            raise DatabaseDidNotStart(why=said.read().strip()[-400:])
    return done


# --- places ------------------------------------------------------------------------------------------------------


def _data(home: Path) -> Path:
    # Resolved, for `database` may be a link to where another user can enter.
    return (home / "database").resolve() / "cluster"


def _made_with(home: Path) -> int | None:
    version = _data(home) / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _socket_folder(home: Path) -> Path:
    """Return where the running server listens (its lock file tells), else where one would."""
    try:
        return Path(_lock_lines(home)[4])
    except (OSError, IndexError):
        return _new_socket_folder(home)


def _new_socket_folder(home: Path) -> Path:
    # A socket's path has at most 107 characters, so it cannot lie under a deep PANOH_HOME.
    mark = hashlib.sha256(f"{os.getuid()} {home.resolve()}".encode()).hexdigest()[:12]
    temporary = Path(tempfile.gettempdir())
    return (temporary if len(str(temporary)) < LONGEST_TEMPORARY else Path("/tmp")) / f"panoh-{mark}"  # noqa: S108


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
