"""`panoh` serves, looks after its processes, ends in order, and says in a sentence what it cannot do."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from panoh.web.embedded import Parameters, ensure_running, parameters, status, stop

pytestmark = pytest.mark.ground
PANOH = [sys.executable, "-c", "from panoh.web.cli import main; main()"]
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="panoh serving "))
    yield folder
    stop(folder)
    shutil.rmtree(folder)


def _environment(home: Path, **more: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "DATABASE_OWNER_URL", "PANOH_DEMO", "PANOH_DB_ROLE", "PANOH_DB_NAME", "PANOH_KEYRING")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PANOH_HOME": str(home), "PANOH_PG_FAST": "1", "COLUMNS": "300", **more}


def _run(home: Path, *words: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PANOH, *words],
        cwd=REPOSITORY,
        env=_environment(home, **more),
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until(holds: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/account/sign-in/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _children(process: int, name: str = "") -> list[int]:
    found = map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    return [child for child in found if name in _name(child)]


def _name(process: int) -> str:
    """Return the name of a living process; a dead one has none."""
    try:
        about = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ""
    name, _, state = about.partition("(")[2].rpartition(")")
    return "" if state.split()[0] == "Z" else name


@pytest.fixture
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    stop(home)
    port = _free_port()
    process = subprocess.Popen(
        [*PANOH, "serve", "--port", str(port), "--workers", "1"],
        cwd=REPOSITORY, env=_environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        _until(lambda: process.poll() is not None or _answers(port), seconds=240)
        assert process.poll() is None, process.communicate()[0]
        _until(lambda: _children(process.pid, "worker"))
        yield process, port
    finally:
        process.kill()
        process.communicate()


Served = tuple[subprocess.Popen[str], int]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_server_worker_and_the_database_it_started(
    number: signal.Signals, served: Served, home: Path
) -> None:
    process, port = served
    children = _children(process.pid)
    process.send_signal(number)
    assert process.wait(30) == 0
    assert [child for child in children if _name(child)] == []
    assert not _answers(port)
    _until(lambda: not status(home).running, 5)


@pytest.mark.parametrize("name", ["worker", "server", "vault"])
def test_what_is_killed_is_begun_again(name: str, served: Served) -> None:
    process, port = served
    (killed,) = _children(process.pid, name)
    os.kill(killed, signal.SIGKILL)
    _until(lambda: [child for child in _children(process.pid, name) if child != killed])
    _until(lambda: _answers(port))


def test_only_the_vault_has_a_key_in_its_memory(served: Served, home: Path) -> None:
    process, _ = served
    (vault,) = _children(process.pid, "vault")
    held = json.loads((home / "keyring.json").read_text())
    keys = [base64.b64decode(held["masters"]["1"]), held["masters"]["1"].encode(), held["fingerprints"].encode()]
    others = {process.pid, *_descendants(process.pid)} - {vault}
    assert len(others) >= 3  # panoh, the server, its process, the worker
    assert [other for other in others if any(key in _memory(other) for key in keys)] == []
    assert stat.S_IMODE((home / "vault.sock").stat().st_mode) == 0o660
    if os.geteuid() == 0:  # to nobody else does the kernel show what it holds
        assert keys[0] in _memory(vault)


def _descendants(process: int) -> set[int]:
    return {one for child in _children(process) for one in (child, *_descendants(child))}


def _memory(process: int) -> bytes:
    """Return what a process holds, of what can be read."""
    found = bytearray()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights = line.split()[:2]
            begin, end = (int(part, 16) for part in place.split("-"))
            if not rights.startswith("rw") or end - begin > 1 << 30:
                continue
            memory.seek(begin)
            with contextlib.suppress(OSError):
                while begin < end and (part := memory.read(min(end - begin, 1 << 22))):
                    found += part
                    begin += len(part)
    return bytes(found)


def test_nothing_is_left_when_panoh_itself_is_killed(served: Served) -> None:
    process, port = served
    children = _children(process.pid)
    process.kill()
    _until(lambda: not [child for child in children if _name(child)], 20)
    assert not _answers(port)


def test_a_taken_port_is_said_in_a_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = _run(home, "serve", "--port", str(taken.getsockname()[1]))
    assert ran.returncode == 2
    assert "Choose another port" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_database_is_brought_up_looked_at_and_taken_down(home: Path) -> None:
    assert _run(home, "db", "up").returncode == 0
    looked = _run(home, "db", "status", "--json")
    assert looked.returncode == 0
    assert json.loads(looked.stdout)["running"] is True
    assert _run(home, "db", "down").returncode == 0
    assert _run(home, "db", "status").returncode == 1


def test_the_doctor_finds_a_fresh_instance_well(home: Path) -> None:
    assert _run(home, "db", "migrate").returncode == 0
    found = {finding["what"]: finding for finding in json.loads(_run(home, "doctor", "--json").stdout)}
    assert {"database", "tables", "roles", "keyring", "disk", "clock", "browser"} <= found.keys()
    assert all(found[what]["is_well"] for what in ("database", "tables", "roles", "keyring", "clock"))


def test_the_doctor_says_what_to_do_about_a_keyring_that_others_can_read(home: Path) -> None:
    assert _run(home, "db", "migrate").returncode == 0
    keyring = home / "keyring.json"
    keyring.chmod(0o644)
    try:
        ran = _run(home, "doctor")
    finally:
        keyring.chmod(0o600)
    assert ran.returncode == 1
    assert "chmod 600" in ran.stdout


def test_a_lost_keyring_is_never_replaced_by_a_new_one(home: Path) -> None:
    assert _run(home, "db", "migrate").returncode == 0
    keyring = home / "keyring.json"
    away = keyring.rename(home / "keyring-away.json")
    try:
        ran = _run(home, "db", "migrate")
        assert not keyring.exists(), ran.stdout
        assert _run(home, "doctor").returncode == 1
    finally:
        away.rename(keyring)


def test_a_database_where_people_work_is_never_taken_for_a_demonstration(home: Path) -> None:
    office = ("--agency", "A real office", "--agency-kind", "ministry")
    added = _run(
        home, "staff", "add", "first", "--name", "F", *office, "--role", "coordinator", "--password-stdin",
        said="seven green hills\n",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    changed = _run(home, "staff", "password", "first", "--password-stdin", said="nine tall poplars\n")
    assert changed.returncode == 0, changed.stderr
    for words in (["demo", "--no-serve"], ["demo", "--fresh", "--no-serve"]):
        ran = _run(home, *words)
        assert ran.returncode == 2
        assert "is no demonstration" in ran.stderr


def test_a_demonstration_never_goes_into_the_database_of_production(home: Path) -> None:
    ran = _run(home, "demo", DATABASE_URL="postgresql://nobody@localhost:1/nothing")
    assert ran.returncode == 2
    assert "never into the one DATABASE_URL names" in ran.stderr


def test_a_database_that_does_not_answer_is_said_without_a_trace(home: Path) -> None:
    ran = _run(
        home,
        "serve",
        "--port",
        str(_free_port()),
        DATABASE_URL="postgresql://app@127.0.0.1:1/panoh",
        PANOH_HOSTS="panoh.example",
    )
    assert ran.returncode == 2
    assert "does not answer" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_production_connects_as_one_role_and_migrates_as_another(home: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="panoh production ") as folder:
        server, instance = Path(folder) / "server", Path(folder) / "instance"
        server.mkdir()
        instance.mkdir()
        ensure_running(server)
        app, owner = (_address(parameters(server, role)) for role in ("app", "owner"))
        try:
            behind = _run(instance, "serve", "--port", str(_free_port()), DATABASE_URL=app, PANOH_HOSTS="panoh.example")
            assert behind.returncode == 2
            assert "panoh db migrate" in behind.stderr
            migrated = _run(instance, "db", "migrate", DATABASE_URL=app, DATABASE_OWNER_URL=owner)
            assert migrated.returncode == 0, migrated.stderr
            found = json.loads(_run(instance, "doctor", "--json", DATABASE_URL=app).stdout)
        finally:
            stop(server)
        well = {finding["what"]: finding["is_well"] for finding in found}
        assert (well["database"], well["tables"], well["roles"], well["keyring"]) == (True, True, True, False)
        assert not (instance / "database").exists()


def _address(given: Parameters) -> str:
    query = urlencode({"host": given["host"]})
    return f"postgresql://{given['user']}:{quote(given['password'])}@/{given['dbname']}?{query}"


def test_a_setting_that_cannot_be_understood_is_said_in_a_sentence(home: Path) -> None:
    ran = _run(home, "db", "migrate", PANOH_PLAIN_HTTP="perhaps")
    assert ran.returncode == 2
    assert ran.stderr.strip() == "PANOH_PLAIN_HTTP is 'perhaps'; write 1 or 0."


def test_migrating_production_asks_for_the_owner(home: Path) -> None:
    ran = _run(home, "db", "migrate", DATABASE_URL="postgresql://app@127.0.0.1:1/panoh")
    assert ran.returncode == 2
    assert "DATABASE_OWNER_URL" in ran.stderr


def test_help_asks_no_database(home: Path) -> None:
    assert _run(home, "--help", DATABASE_URL="postgresql://app@127.0.0.1:1/panoh").returncode == 0
