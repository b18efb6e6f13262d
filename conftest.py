"""Every test runs on a real database: made by the owner, used as the application's role, which owns nothing."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest

# Migrated once for all workers; what is copied must be a database that nobody is connected to.
UNTOUCHED = "test_panoh_untouched"
BROWSER, MATRIX = "tests/browser/", "tests/matrix/"
ALONE = "test_two_instances"  # starts servers of its own
MATRIX_PARTS = 10


def pytest_configure(config: pytest.Config) -> None:
    """Have database and keyring ready before Django reads its settings."""
    import hypothesis
    from django.conf import settings

    from panoh.vault.keyring import make_keyring, write_keyring
    from panoh.web.embedded import ensure_running
    from panoh.web.home import home

    # How long an example takes says nothing on a machine that others use.
    hypothesis.settings.register_profile("panoh", deadline=None)
    hypothesis.settings.load_profile("panoh")
    # What a program started by a test keeps, and a test of how long a sign-in takes, is kept at the full cost.
    settings.PASSWORD_HASHERS = ["tests.passwords.CheapArgon2", *settings.PASSWORD_HASHERS[1:]]
    ensure_running(home())
    with contextlib.suppress(FileExistsError):
        write_keyring(home() / "keyring.json", make_keyring())


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the built styles and scripts where pages look for them; the workers find what the controller laid there."""
    from panoh.web.serving import collect_static

    if not hasattr(session.config, "workerinput"):
        collect_static()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give a worker a file at a time, or what shares one server and browser; the matrix, the longest, in parts."""
    from xdist.scheduler.loadfile import LoadFileScheduling

    class LoadShared(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            if nodeid.startswith(MATRIX):  # what is about one operation together, for its inputs are worked out once
                return f"{MATRIX}{crc32(nodeid.rpartition('-')[2].encode()) % MATRIX_PARTS}"
            return BROWSER if nodeid.startswith(BROWSER) and ALONE not in nodeid else super()._split_scope(nodeid)

    return LoadShared(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[object]:
    """Collect the tests without looking for garbage, and look for it seldom after: that took a third of all time."""
    from panoh.web.start import loading

    with loading():
        collected = yield
    gc.set_threshold(10_000, 20, 20)
    return collected


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, browser and servers, so that no worker is left alone with it at the end."""
    slow = (BROWSER, MATRIX, "tests/promises/", "tests/")
    items.sort(
        key=lambda item: next((rank for rank, path in enumerate(slow) if item.nodeid.startswith(path)), len(slow))
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Make a database for this process as the owner, a copy of one, and connect to it as the application."""
    import psycopg
    from django.db import connections

    from panoh.web.embedded import parameters
    from panoh.web.home import home

    name = f"test_panoh_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    owner = {**parameters(home(), "owner"), "dbname": "postgres"}
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    with psycopg.connect(**owner, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(1)")  # the first worker migrates, the others wait for it
        made = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [UNTOUCHED]
        ).fetchone()
        if made != (run,):
            connection.execute(f"drop database if exists {UNTOUCHED}")
            connection.execute(f"create database {UNTOUCHED}")
            environment = {**os.environ, "PANOH_DB_NAME": UNTOUCHED}
            command = [sys.executable, "-m", "panoh.web.manage", "migrate", "-v", "0"]
            subprocess.run(command, env=environment, check=True)
            connection.execute(f"comment on database {UNTOUCHED} is '{run}'")
        connection.execute("select pg_advisory_unlock(1)")
        connection.execute(f"drop database if exists {name}")
        connection.execute(f"create database {name} template {UNTOUCHED}")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = name
        yield
        connections["default"].close()
    # A connection that a test left open keeps its database: it goes with the temporary PANOH_HOME.
    with (
        contextlib.suppress(psycopg.Error),
        psycopg.connect(**owner, autocommit=True) as connection,
    ):
        connection.execute(f"drop database if exists {name}")


@pytest.fixture(scope="session")
def make_home(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Give what makes a folder a home with its own database, keyring and empty tables: copied, not migrated to."""
    from psycopg.conninfo import make_conninfo

    from panoh.vault.keyring import make_keyring, write_keyring
    from panoh.web.embedded import ensure_running, parameters
    from panoh.web.home import home
    from panoh.web.postgres_programs import find_programs

    dump, programs = tmp_path_factory.mktemp("untouched") / "dump", find_programs().folder
    address = make_conninfo(**{**parameters(home(), "owner"), "dbname": UNTOUCHED})
    taken = [programs / "pg_dump", "--enable-row-security", "--format=custom", f"--file={dump}", f"--dbname={address}"]
    subprocess.run(taken, check=True)

    def make(folder: Path) -> None:
        ensure_running(folder)
        there = make_conninfo(**parameters(folder, "owner"))
        put = [programs / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={there}", dump]
        subprocess.run(put, check=True)
        shutil.copy2(home() / "secret-key", folder)
        write_keyring(folder / "keyring.json", make_keyring())

    return make


@pytest.fixture(autouse=True)
def operator_looks_on() -> Iterator[None]:
    """Let the database serve a test as the operator, who sees every file; steps and pages bring their own tokens."""
    from panoh.access.tokens import NOBODY, bear, token_for

    bear(token_for(None))
    yield
    bear(NOBODY)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Give a test a copy of the database for itself, in which several connections commit; give its name."""
    import psycopg
    from django.db import connections

    from panoh.web.embedded import parameters
    from panoh.web.home import home

    ours = connections["default"]
    kept, copy = ours.settings_dict["NAME"], f"{ours.settings_dict['NAME']}_{uuid4().hex[:8]}"
    owner = {**parameters(home(), "owner"), "dbname": "postgres"}
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        ours.close()
        with psycopg.connect(**owner, autocommit=True) as connection:
            connection.execute(f"create database {copy} template {UNTOUCHED}")
            ours.settings_dict["NAME"] = copy
            try:
                yield copy
            finally:
                ours.close()
                ours.settings_dict["NAME"] = kept
                with contextlib.suppress(psycopg.Error):  # as above
                    connection.execute(f"drop database if exists {copy}")
