"""Getting ready and serving: database, tables, keyring, static files; server, worker and vault side by side."""

from __future__ import annotations

import contextlib
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from panoh.web.demo import BEGUN, SIGN_INS
from panoh.web.home import home
from panoh.web.keeping import STOPPING, Database, Kept, end_all
from panoh.web.refusals import (
    AddressWrong,
    KeyringLost,
    KeyringNotWritten,
    KeyringThere,
    MigrationFailed,
    NoDemonstration,
    NoHosts,
    NotMigrated,
    OwnerMissing,
    PortTaken,
    SecretUnknown,
    ServerDidNotStart,
)
from panoh.web.start import loading, start
from panoh.web.vault import OwnVault, is_apart

ENTRY = [sys.executable, "-m", "panoh.web.manage"]
START_SECONDS = 60
LOOK_SECONDS = 0.2
KNOCK_SECONDS = 5
REST_SECONDS = 2


# --- getting ready -----------------------------------------------------------------------------------------------


def prepare(*, fresh: bool = False) -> None:
    """Bring database, tables and keyring to where a command can use them; then set Django up in this process.

    An embedded database is brought up to date by itself; one that DATABASE_URL names only by `panoh db migrate`.
    fresh: throw the demonstration away first, as one that was left half-made always is.

    Raises:
        NotMigrated: the database of DATABASE_URL is older than this program.
        NoDemonstration: what should be thrown away is real work.
    """
    if fresh or (home() / BEGUN).exists():
        _throw_the_demonstration_away()
    set_up()
    if is_behind():
        if os.environ.get("DATABASE_URL"):
            raise NotMigrated
        _make_first_keyring()
        migrate()
    if serve_the_operator():
        return
    if os.environ.get("DATABASE_URL"):  # restored beside another secret, or the secret was renewed
        raise SecretUnknown
    migrate()
    serve_the_operator()


def serve_the_operator() -> bool:
    """Let the database serve this process as the operator of the machine; tell whether it knows our secret."""
    from django.db import connection  # noqa: PLC0415  # Django is set up by now

    from panoh.access.tokens import OPERATOR, bear, tell, token_for  # noqa: PLC0415

    connection.ensure_connection()
    bear(token_for(None))
    return tell(connection) == OPERATOR


def set_up() -> None:
    """Set Django up on a database that answers, whatever its tables are."""
    if os.environ.get("DATABASE_URL"):
        knock()
    start()


def knock() -> str:
    """Return the version of the server that DATABASE_URL names; one that does not answer is known at once.

    Raises:
        ImproperlyConfigured: the address is none.
        psycopg.OperationalError: it does not answer, or does not let this role in.
    """
    import psycopg  # noqa: PLC0415

    from panoh.web.environment import database  # noqa: PLC0415

    given = database("DATABASE_URL")
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    address = {ours: given[theirs] for ours, theirs in named.items() if given[theirs]}
    with psycopg.connect(**{"connect_timeout": KNOCK_SECONDS, **address, **given["OPTIONS"]}) as connection:
        return str(connection.info.parameter_status("server_version")).split(maxsplit=1)[0]


def migrate() -> None:
    """Apply migrations and rights in a process of the owner's.

    Raises:
        OwnerMissing: DATABASE_URL is set and DATABASE_OWNER_URL is not.
        MigrationFailed: its own words stand above.
    """
    if os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_OWNER_URL"):
        raise OwnerMissing
    if subprocess.run([*ENTRY, "migrate", "--verbosity", "0"], check=False).returncode:  # noqa: S603  # our own module
        raise MigrationFailed


def is_behind() -> bool:
    """Return whether this program has a migration that the database has not."""
    from django.db import connection  # noqa: PLC0415  # Django is set up by now
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loader = MigrationLoader(connection)
    return any(key not in loader.applied_migrations for key in loader.graph.nodes)


def is_demonstration() -> bool:
    """Return whether the embedded database was made by `panoh demo`, or holds nobody's work yet."""
    import psycopg  # noqa: PLC0415

    from panoh.web.embedded import ensure_running, parameters  # noqa: PLC0415  # not part of a production install

    if any((home() / name).exists() for name in (SIGN_INS, BEGUN)):
        return True
    ensure_running(home())
    with psycopg.connect(**parameters(home(), "owner")) as connection:
        if connection.execute("select to_regclass('access_staff')").fetchone() == (None,):
            return True
        return connection.execute("select exists (select from access_staff)").fetchone() == (False,)


def rest_database() -> None:
    """Stop the embedded database unless somebody else works with it."""
    from panoh.web.embedded import others_connected, status, stop  # noqa: PLC0415  # not part of a production install

    deadline = time.monotonic() + REST_SECONDS
    while status(home()).running and time.monotonic() < deadline:
        if not others_connected(home()):
            stop(home())
            return
        time.sleep(0.1)


def _throw_the_demonstration_away() -> None:
    from panoh.web.embedded import throw_away  # noqa: PLC0415

    if not is_demonstration():
        raise NoDemonstration(folder=home())
    throw_away(home())
    for name in (SIGN_INS, BEGUN):
        (home() / name).unlink(missing_ok=True)


def collect_static() -> None:
    """Copy the built files to where the server finds them, when they are newer."""
    from django.conf import settings  # noqa: PLC0415

    built = settings.PACKAGE / "static" / "panoh" / "app.css"
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists() or (built.exists() and manifest.stat().st_mtime < built.stat().st_mtime):
        from django.core.management import call_command  # noqa: PLC0415  # a third of a second

        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


# --- the keyring -------------------------------------------------------------------------------------------------


def make_new_keyring() -> Path:
    """Make the keyring of a database in which nothing is sealed yet; return where it is.

    Raises:
        KeyringThere, KeyringLost (something is sealed already), KeyringNotWritten.
    """
    from django.conf import settings  # noqa: PLC0415

    from panoh.vault.broker import ENVIRONMENT  # noqa: PLC0415
    from panoh.vault.keyring import make_keyring, write_keyring  # noqa: PLC0415
    from panoh.vault.masters import is_kept_by_service  # noqa: PLC0415
    from panoh.web.doctor import wrapped_keys  # noqa: PLC0415

    path: Path = settings.PANOH_KEYRING_FILE
    if os.environ.get(ENVIRONMENT) or path.exists():
        raise KeyringThere(where=ENVIRONMENT if os.environ.get(ENVIRONMENT) else path)
    if wrapped_keys():
        raise KeyringLost(path=path)
    try:
        write_keyring(path, make_keyring(with_master=not is_kept_by_service()))
    except FileExistsError as error:
        raise KeyringThere(where=path) from error
    except OSError as error:
        raise KeyringNotWritten(path=path, why=error.strerror or error) from error
    return path


def _make_first_keyring() -> None:
    """Make a keyring for a database without tables; one that holds sealed names needs the keyring it had."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if not settings.PANOH_REGION and not connection.introspection.table_names():
        with contextlib.suppress(KeyringThere):
            make_new_keyring()


def forget_again() -> int:
    """Forget whoever was forgotten before and came back with a restored backup; return how many."""
    from django.conf import settings  # noqa: PLC0415

    from panoh.access.entrances import Actor  # noqa: PLC0415  # Django is set up by now
    from panoh.casework import actions  # noqa: PLC0415

    return 0 if settings.PANOH_REGION else actions.forget_again(Actor.operator())


# --- serving -----------------------------------------------------------------------------------------------------


def serve_until_stopped(
    host: str, port: int, workers: int, *, threads: int = 2, ready: Callable[[], None] = lambda: None
) -> None:
    """Run server, worker for long steps, and vault until Ctrl-C or TERM; what dies of them is begun again.

    ready: called once, when the first page can be had.

    Raises:
        PortTaken, AddressWrong: nothing can listen there.
        NoHosts: there is no name that it would answer to.
        ServerDidNotStart: the server, the worker or the vault ends again and again.
        VaultDidNotStart: the keyring is missing, or is another database's.
    """
    stopped = threading.Event()
    for number in STOPPING:
        signal.signal(number, lambda *_: stopped.set())
    refuse_taken_port(host, port)
    name = _name_it_answers_to()
    collect_static()
    from django.conf import settings  # noqa: PLC0415

    from panoh.vault.keeper import ask_at  # noqa: PLC0415  # Django is set up by now

    load_what_all_share()
    _let_go_of_the_database()
    server, worker = Kept("server", partial(_answer, host, port, workers, threads)), Kept("worker", _work)
    vault, database = None if is_apart() or settings.PANOH_REGION else OwnVault(), Database()
    kept = [server, worker]
    try:
        if vault:
            vault.begin()
            server.before = worker.before = partial(ask_at, vault.socket)
            kept.append(vault.kept)
        server.begin()
        _wait_for_answer(host, port, name, server, stopped)
        worker.begin()
        if not stopped.is_set():
            ready()
        while not stopped.wait(LOOK_SECONDS):
            if database.look_after():
                for one in kept:
                    one.look_after()
    finally:
        end_all([one for one in (server, worker) if one.began])
        if vault:
            end_all([vault.kept])  # last, for it is asked to the end


def _answer(host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian  # noqa: PLC0415  # no other command needs it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    Granian(
        "panoh.web.wsgi:application", host, port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=threads, websockets=False, respawn_failed_workers=True, respawn_interval=0.5,
        workers_kill_timeout=10, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


def _work() -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    options = ["--concurrency", "1", "--shutdown-graceful-timeout", "10"]
    execute_from_command_line(["panoh", "procrastinate", "worker", *options])


def load_what_all_share() -> None:
    """Load every page before the children are forked, so that it is done once."""
    from django.urls import get_resolver  # noqa: PLC0415

    with loading():
        import_module("panoh.web.wsgi")
        _ = get_resolver().url_patterns


def _let_go_of_the_database() -> None:
    """Close what the children would share, and leave them nobody's token: each request and job brings its own."""
    from django.db import connection  # noqa: PLC0415

    from panoh.access.tokens import NOBODY, bear  # noqa: PLC0415

    bear(NOBODY)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend


def refuse_taken_port(host: str, port: int) -> None:
    """Find out before anything else whether the server could listen there.

    Raises:
        PortTaken: the port is somebody's, or not for this user.
        AddressWrong: the address is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or error
            if getattr(error, "errno", None) in {errno.EADDRINUSE, errno.EACCES}:
                raise PortTaken(host=host, port=port, why=why) from error
            raise AddressWrong(host=host, why=why) from error


def _name_it_answers_to() -> str:
    """Return a host name that the settings let in.

    Raises:
        NoHosts: there is none.
    """
    from django.conf import settings  # noqa: PLC0415

    if not settings.ALLOWED_HOSTS:
        raise NoHosts
    first = str(settings.ALLOWED_HOSTS[0])
    return "localhost" if first == "*" else first.removeprefix(".")


def _wait_for_answer(host: str, port: int, name: str, server: Kept, stopped: threading.Event) -> None:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    deadline = time.monotonic() + START_SECONDS
    while not stopped.wait(0.05):
        server.look_after()
        connection = http.client.HTTPConnection(near, port, timeout=5)
        try:
            connection.request("GET", "/account/sign-in/", headers={"Host": name, "X-Forwarded-Proto": "https"})
            connection.getresponse()
            return
        except (OSError, http.client.HTTPException):
            if time.monotonic() > deadline:
                raise ServerDidNotStart(name="server") from None
        finally:
            connection.close()
