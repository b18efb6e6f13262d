"""Keys on a real database of its own: dumped and restored, renewed while others write, killed in the middle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from panoh.web.embedded import ensure_running, parameters, stop
from panoh.web.postgres_programs import find_programs

pytestmark = pytest.mark.ground

REPOSITORY = Path(__file__).parents[2]
PANOH = [sys.executable, "-c", "from panoh.web.cli import main; main()"]
NAME = "Gavharova Nodira"
BEGIN = "from panoh.web.serving import prepare; prepare()\n"
MAKE = (
    BEGIN
    + """
from panoh.casework.tests import factories as make
home = make.home()
make.close(home)
print(home.mother.code)
"""
)
FORGET = (
    BEGIN
    + """
import sys
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework import actions
from panoh.casework.models import Person
boss = Actor.of(Staff.objects.get(role="coordinator"))
person = Person.objects.get(code=sys.argv[1])
actions.forget_person(boss, person, reason="asked", confirmed=person.code)
"""
)
# Whoever has a database and a keyring tries to read the person in it.
OPEN = (
    BEGIN
    + """
import sys
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.refusals import Refusal
from panoh.casework.models import Person
from panoh.vault.queries import open_identity
boss = Actor.of(Staff.objects.get(role="coordinator"))
person = Person.objects.get(code=sys.argv[1])
try:
    print(open_identity(boss, person.identity_id, purpose="service_delivery").known_as or "nothing")
except Refusal as refusal:
    print(refusal.code)
"""
)
CERTIFICATE = (
    BEGIN
    + """
import sys
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework import queries
from panoh.casework.models import Person
boss = Actor.of(Staff.objects.get(role="coordinator"))
found = queries.certificate_of(boss, Person.objects.get(code=sys.argv[1]))
print(found.reason, found.masters, "closed" if found.backups_closed_at else "open")
"""
)
FILL = (
    BEGIN
    + """
from panoh.vault import actions
actions.make_keys_for("family", 8000)
"""
)
# Keeps people until told to stop, and reads each back at once.
WRITE = (
    BEGIN
    + """
import sys, time
from pathlib import Path
from django.db import transaction
from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.casework.tests.factories import facts
from panoh.vault.actions import keep_identities
from panoh.vault.queries import names_of
stop, name, kept = Path(sys.argv[1]), sys.argv[2], 0
agency = Agency.objects.create(code=name, name=name, kind=2)
boss = Actor.of(Staff.objects.create_user(name, display_name=name, agency=agency, role="coordinator"))
print("ready", flush=True)
while not stop.exists():
    with transaction.atomic():
        people = keep_identities([facts("Gavharova Nodira")] * 5)
    assert list(names_of(boss, people, purpose="service_delivery").values()) == ["Gavharova Nodira"] * 5
    kept += 5
    time.sleep(0.01)
print(kept)
"""
)
OPEN_ALL = (
    BEGIN
    + """
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.vault.models import DataKey, Identity
from panoh.vault.masters import open_keys
from panoh.vault.queries import names_of
boss = Actor.of(Staff.objects.filter(role="coordinator").first())
names = names_of(boss, Identity.objects.values_list("pk", flat=True), purpose="audit")
assert set(names.values()) <= {"Gavharova Nodira"}
print(len(names), len(open_keys(DataKey.objects.values_list("id", "master", "wrapped"))))
"""
)


@contextmanager
def instance() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="panoh-keys-"))
    try:
        yield home
    finally:
        stop(home)
        shutil.rmtree(home, ignore_errors=True)


def environment(home: Path) -> dict[str, str]:
    ours = ("DATABASE_URL", "PANOH_KEYRING", "PANOH_DB_NAME", "PANOH_DB_ROLE", "PANOH_DB_POOL")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PANOH_HOME": str(home), "PANOH_PG_FAST": "1", "PANOH_DEMO": "1", "COLUMNS": "300"}


def script(home: Path, text: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", text, *words],
        cwd=REPOSITORY, env=environment(home), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def panoh(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PANOH, *words], cwd=REPOSITORY, env=environment(home), capture_output=True, text=True, timeout=180
    )


def begun(home: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def connect(home: Path) -> psycopg.Connection[Any]:
    """Connect as the owner, whom the fence shows every key; to the application without a token it shows none."""
    return psycopg.connect(**parameters(home, "owner"))


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def program(home: Path, name: str, *words: str) -> None:
    given = parameters(home, "owner")
    address = ["--host", given["host"], "--port", str(given["port"]), "--username", given["user"]]
    done = subprocess.run(
        [str(find_programs().folder / name), *address, *words],
        env={**os.environ, "PGPASSWORD": given["password"]}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def dump(home: Path, name: str) -> Path:
    file = home / name
    program(home, "pg_dump", "--enable-row-security", "--format=custom", f"--file={file}", "panoh")
    return file


@contextmanager
def restored(file: Path, *beside: Path) -> Iterator[Path]:
    """Give an instance with a dump in its database, and files (keyring, ledger) beside it."""
    with instance() as home:
        ensure_running(home)
        program(home, "pg_restore", "--exit-on-error", "--no-owner", "--dbname=panoh", str(file))
        for one in (file.parent / "secret-key", *beside):
            shutil.copy2(one, home / one.name)
        yield home


# --- forgetting --------------------------------------------------------------------------------------------------


def test_a_forgotten_person_cannot_be_read_from_a_dump_taken_afterwards_nor_from_one_before_with_the_current_keys(
    make_home: Callable[[Path], None],
) -> None:
    with instance() as home:
        make_home(home)
        code = script(home, MAKE)
        assert script(home, OPEN, code) == NAME
        keyring, ledger = home / "keyring.json", home / "forgotten"
        old_keyring = home / "old-keyring"
        shutil.copy2(keyring, old_keyring)
        before = dump(home, "before.dump")
        script(home, FORGET, code)
        afterwards = dump(home, "afterwards.dump")
        assert script(home, CERTIFICATE, code) == "asked [1] open"

        with restored(afterwards, keyring, ledger) as thief:
            assert script(thief, OPEN, code) == "nothing"

        # Before the keys are renewed: the keys would open it, so Panoh forgets again before anything is served.
        with restored(before, keyring, ledger) as back:
            looked = {one["what"]: one for one in json.loads(panoh(back, "doctor", "--json").stdout)}
            assert looked["forgotten"]["found"] == "readable again after a restore: 1"
            assert "panoh db restored" in looked["forgotten"]["to_do"]
            assert "1 person" in panoh(back, "db", "restored").stdout
            assert script(back, OPEN, code) == "nothing"
            assert script(back, CERTIFICATE, code) == "brought_back [1] open"

        assert json.loads(panoh(home, "keyring", "rotate", "--json").stdout)["current"] == 2
        assert json.loads(panoh(home, "keyring", "retire", "--yes", "--json").stdout) == {"retired": [1]}
        assert script(home, CERTIFICATE, code) == "asked [1] closed"
        later = dump(home, "later.dump")

        with restored(before, keyring) as thief:
            assert script(thief, OPEN, code) == "vault.seal-broken"
            assert "does not open what is sealed" in panoh(thief, "db", "restored").stderr

        with restored(later, keyring) as thief:
            assert script(thief, OPEN, code) == "nothing"
            shutil.copy2(old_keyring, thief / "keyring.json")
            assert script(thief, OPEN, code) == "nothing"


# --- renewing while people work ------------------------------------------------------------------------------------


def test_keys_are_renewed_while_others_write_and_a_kill_in_the_middle_loses_nothing(
    make_home: Callable[[Path], None],
) -> None:
    with instance() as home:
        make_home(home)
        script(home, FILL)
        halt = home / "halt"
        writers = [begun(home, sys.executable, "-c", WRITE, str(halt), f"W{n}") for n in range(2)]
        try:
            for writer in writers:
                assert writer.stdout is not None
                assert writer.stdout.readline() == "ready\n"
            with connect(home) as somebody, connect(home) as looks:
                looks.autocommit = True
                count = "select count(*) from vault_datakey where master = %s and holder = 2"
                # Somebody holds some keys in their hands, so that the renewal cannot end before it is killed.
                somebody.execute("select id from vault_datakey where holder = 2 order by id desc limit 7 for update")
                rotating = begun(home, *PANOH, "keyring", "rotate")
                until(lambda: looks.execute(count, [2]).fetchone() == (7993,))
                second = panoh(home, "keyring", "rotate")
                assert (second.returncode, "are being renewed already" in second.stderr) == (2, True)
                assert panoh(home, "keyring", "retire", "--yes").returncode == 2
                rotating.send_signal(signal.SIGKILL)
                rotating.wait()
                assert looks.execute(count, [1]).fetchone() == (7,)
                somebody.rollback()
                until(lambda: looks.execute("select from pg_locks where locktype = 'advisory'").fetchone() is None)
            done = json.loads(panoh(home, "keyring", "rotate", "--json").stdout)
            assert (done["current"], done["resumed"], done["left"]) == (2, True, 0)
            assert done["rewrapped"] >= 7
            retired = panoh(home, "keyring", "retire", "--yes", "--json")
            assert json.loads(retired.stdout) == {"retired": [1]}, retired.stderr
        finally:
            halt.touch()
            said = [writer.communicate(timeout=60) for writer in writers]
        assert [writer.returncode for writer in writers] == [0, 0], said
        kept = sum(int(out.split()[-1]) for out, _ in said)
        assert kept > 0
        assert script(home, OPEN_ALL) == f"{kept} {kept + 8000}"
        status = json.loads(panoh(home, "keyring", "status", "--json").stdout)
        assert [(one["number"], one["data_keys"], one["is_held"]) for one in status["masters"]] == [
            (1, 0, False),
            (2, kept + 8000, True),
        ]
