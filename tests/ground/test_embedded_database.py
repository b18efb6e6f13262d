"""The embedded database starts for everybody, once, and comes back after it was killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from panoh.web import embedded
from panoh.web.embedded import ensure_running, parameters, status, stop, throw_away
from panoh.web.postgres_programs import SYSTEM_FOLDER, SYSTEM_USER, _at, _found, _in_the_wheel
from panoh.web.refusals import DatabaseDidNotStart, NoPostgres

pytestmark = pytest.mark.ground
IS_ROOT = os.getuid() == 0
REPOSITORY = Path(__file__).parents[2]


def _every_postgres() -> list[Path]:
    debian = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"))
    found = [programs for folder in debian for programs in _at(folder)] + list(_in_the_wheel())
    return [programs.folder for programs in found if programs.version >= 15]


@pytest.fixture(autouse=True)
def _durable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PANOH_PG_FAST", raising=False)


@pytest.fixture(
    params=_every_postgres(),
    ids=lambda folder: f"{folder.parts[3]}-{folder.parts[4]}" if folder.is_relative_to("/usr") else "wheel",
)
def programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANOH_PG_BIN", str(request.param))
    return request.param


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for homes, near the root of the file system and with a space in its name."""
    folder = Path(tempfile.mkdtemp(prefix="panoh ground "))
    yield folder
    for home in folder.iterdir():
        if home.is_dir():
            stop(home)
            shutil.rmtree((home / "database").resolve(), ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def home(place: Path) -> Path:
    folder = place / "a home"
    folder.mkdir(mode=0o700)
    return folder


def _ask(home: Path, question: str, role: str = "app") -> list[tuple[object, ...]]:
    with psycopg.connect(**parameters(home, role), autocommit=True) as connection:
        return connection.execute(question).fetchall()


def _until(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_it_starts_keeps_what_is_written_and_stops(programs: Path, home: Path) -> None:
    ensure_running(home)
    with psycopg.connect(**parameters(home, "owner"), autocommit=True) as connection:
        connection.execute("create table kept as select 42 as answer")
    assert status(home).running
    socket = Path(parameters(home, "app")["host"])
    assert stop(home)
    assert not status(home).running
    assert not socket.exists()
    ensure_running(home)
    assert _ask(home, "select answer from kept", "owner") == [(42,)]


def test_the_application_owns_nothing_and_nobody_but_the_runner_is_a_superuser(programs: Path, home: Path) -> None:
    ensure_running(home)
    roles = "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    assert _ask(home, roles, "app") == [(False, False, False, False)]
    assert _ask(home, roles, "owner") == [(False, False, False, True)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _ask(home, "create table mine ()", "app")
    assert _ask(home, "select count(*) from pg_class where relowner = current_user::regrole") == [(0,)]


def test_it_is_as_durable_as_postgresql_and_its_log_holds_no_statement(
    programs: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PANOH_PG_FAST", raising=False)
    ensure_running(home)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert _ask(home, f"show {setting}") == [("on",)]
    with pytest.raises(psycopg.errors.Error):
        _ask(home, "select 'Composed Name'::int")
    for log in home.rglob("*.log"):
        assert "select 'Composed" not in log.read_text()


def test_only_its_owner_can_come_near(programs: Path, home: Path) -> None:
    ensure_running(home)
    secrets_and_doors = [
        home / "database-passwords.json",
        Path(parameters(home, "app")["host"]),
        home / "database" / "cluster",
    ]
    assert all(path.stat().st_mode & 0o077 == 0 for path in secrets_and_doors)
    assert _ask(home, "show listen_addresses") == [("",)]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**{**parameters(home, "owner"), "password": "wrong"})


def test_it_answers_in_utf8_with_one_order_everywhere(programs: Path, home: Path) -> None:
    ensure_running(home)
    assert _ask(home, "show server_encoding") == [("UTF8",)]
    assert _ask(home, "select upper('сумая ö'), lower('ЮСУПОВА')") == [("СУМАЯ Ö", "юсупова")]


@pytest.mark.parametrize("starts", [2, 10])
def test_starts_at_once_give_one_server(starts: int, home: Path) -> None:
    code = (
        "import pathlib, sys; from panoh.web.embedded import ensure_running; ensure_running(pathlib.Path(sys.argv[1]))"
    )
    begun = [
        subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)
        for _ in range(starts)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in begun]
    assert [code for _, code in ended] == [0] * starts, ended
    servers = [
        process
        for process in Path("/proc").glob("[0-9]*")
        if str(home).encode() in _command_line(process) and b"bin/postgres\0" in _command_line(process)
    ]
    assert len(servers) == 1


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("whom", ["the server", "the server and all its processes"])
def test_it_recovers_what_was_committed_when_killed(whom: str, programs: Path, home: Path) -> None:
    ensure_running(home)
    with psycopg.connect(**parameters(home, "owner"), autocommit=True) as connection:
        connection.execute("create table counted (round int)")
    for round_ in range(2):
        with psycopg.connect(**parameters(home, "owner"), autocommit=True) as connection:
            connection.execute("insert into counted values (%s)", [round_])
        server = embedded._postmaster(home)
        assert server is not None
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split() if "all" in whom else []
        os.kill(server, signal.SIGKILL)
        for child in children:
            os.kill(int(child), signal.SIGKILL)
        ensure_running(home)
        assert _ask(home, "select count(*) from counted", "owner") == [(round_ + 1,)]


def test_a_making_that_was_cut_off_is_begun_again(home: Path) -> None:
    half = home / "database" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15")
    ensure_running(home)
    assert status(home).running


def test_a_lock_file_that_names_a_process_of_somebody_else_does_not_stop_the_start(home: Path) -> None:
    ensure_running(home)
    lock = home / "database" / "cluster" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    server = embedded._postmaster(home)
    assert server is not None
    os.kill(server, signal.SIGKILL)
    _until(lambda: embedded._postmaster(home) is None)
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    ensure_running(home)
    assert status(home).running


def test_it_comes_back_when_the_folder_of_its_socket_was_cleared_away(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "DYING_SECONDS", 1)
    ensure_running(home)
    shutil.rmtree(parameters(home, "app")["host"])
    ensure_running(home)
    assert status(home).running


def test_a_database_is_started_only_by_the_version_that_made_it(home: Path) -> None:
    ensure_running(home)
    stop(home)
    (home / "database" / "cluster" / "PG_VERSION").write_text("99\n")
    with pytest.raises(NoPostgres, match="99"):
        ensure_running(home)
    (home / "database" / "cluster" / "PG_VERSION").write_text(f"{next(_found()).version}\n")


def test_what_keeps_it_from_starting_is_said_and_quickly(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "DYING_SECONDS", 1)
    ensure_running(home)
    stop(home)
    configuration = home / "database" / "cluster" / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text(before + "\nno_such_setting = 1\n")
    with pytest.raises(DatabaseDidNotStart, match=r"no_such_setting|configuration"):
        ensure_running(home)
    configuration.write_text(before)


def test_no_postgresql_anywhere_is_said_in_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANOH_PG_BIN", str(home))
    with pytest.raises(NoPostgres, match="apt-get install postgresql"):
        ensure_running(home)


def test_throwing_it_away_makes_room_for_a_new_one(home: Path) -> None:
    ensure_running(home)
    with psycopg.connect(**parameters(home, "owner"), autocommit=True) as connection:
        connection.execute("create table gone ()")
    throw_away(home)
    ensure_running(home)
    assert _ask(home, "select to_regclass('gone') is null") == [(True,)]


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_a_normal_user_starts_it_without_root(programs: Path) -> None:
    python = next(filter(_reachable_by_others, _pythons_of_our_version()), None)
    if python is None or not _reachable_by_others(programs):
        pytest.skip("the Python or the PostgreSQL of this machine lies where no other user can enter")
    nobody = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory(prefix="panoh ground ") as folder:
        code, home = Path(folder) / "code", Path(folder) / "home"
        shutil.copytree(REPOSITORY / "panoh", code / "panoh", ignore=shutil.ignore_patterns("static", "__pycache__"))
        home.mkdir(mode=0o700)
        for path in (Path(folder), home):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        script = (
            "from pathlib import Path; from panoh.web.embedded import ensure_running, status, stop; import sys;"
            " home = Path(sys.argv[1]); ensure_running(home); print(status(home).running); stop(home)"
        )
        packages = os.pathsep.join([str(code), *(path for path in sys.path if path.endswith("site-packages"))])
        ran = subprocess.run(
            [python, "-c", script, home], cwd=code, capture_output=True, text=True,
            user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[],
            env={**os.environ, "PYTHONPATH": packages, "HOME": str(home), "PANOH_HOME": str(home)},
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.strip() == "True"


def _pythons_of_our_version() -> list[Path]:
    debian = Path("/usr/bin") / f"python{sys.version_info.major}.{sys.version_info.minor}"
    return [path for path in (Path(sys.executable), debian) if path.exists()]


def _reachable_by_others(path: Path) -> bool:
    real = path.resolve()
    return all(parent.stat().st_mode & 0o001 for parent in (real, *real.parents))


@pytest.mark.skipif(not IS_ROOT, reason="only root needs a system user")
def test_root_takes_a_system_user_where_user_namespaces_are_blocked(
    programs: Path, home: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panoh.web.postgres_programs._namespaces_work", lambda: False)
    had_user = any(entry.pw_name == SYSTEM_USER for entry in pwd.getpwall())
    try:
        ensure_running(home)
        assert _ask(home, "select 1") == [(1,)]
        server = embedded._postmaster(home)
        assert server is not None
        assert Path(f"/proc/{server}").stat().st_uid == pwd.getpwnam(SYSTEM_USER).pw_uid
        assert (home / "database").resolve().is_relative_to(SYSTEM_FOLDER)
        os.kill(server, signal.SIGKILL)
        ensure_running(home)
        assert status(home).running
    finally:
        stop(home)
        if not had_user:
            _until(lambda: embedded._postmaster(home) is None)
            subprocess.run(["userdel", SYSTEM_USER], capture_output=True)
