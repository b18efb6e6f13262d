"""`panoh audit`: what the operator, a script and whoever keeps copies get of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from panoh.access import audit
from panoh.access.checkpoints import AuditKeyMissing
from panoh.access.entrances import Actor
from panoh.access.tests.sealed import connected
from panoh.web.cli import app


@pytest.fixture(autouse=True)
def files(own_database: str, settings: Any, tmp_path: Path) -> Path:
    settings.PANOH_AUDIT_FILE, settings.PANOH_AUDIT_KEY_FILE = tmp_path / "checkpoints", tmp_path / "key"
    for number in range(3):
        audit.write(Actor.operator(), "family.see", about=f"F-{number}")
    return tmp_path


def told(*words: str) -> Result:
    return CliRunner().invoke(app, ["audit", *words])


def test_what_is_sealed_and_signed_is_verified(files: Path) -> None:
    assert json.loads(told("seal", "--json").stdout) == {"sealed": 3}
    line = told("checkpoint", "--json").stdout.strip()
    assert line == (files / "checkpoints").read_text().strip()
    found = told("verify")
    assert found.exit_code == 0, found.output
    assert "Sealed entries: 3, in batches: 1. Not sealed yet: 0. Checkpoints: 1. Nothing was altered." in found.stdout


def test_what_was_altered_is_said_with_its_place_and_exit_code_1(own_database: str) -> None:
    told("checkpoint", "--json")
    with connected(own_database, "super") as forger:
        forger.execute("set session_replication_role = replica")
        forger.execute("update access_auditentry set about = 'F-X' where id = 2")
    found = told("verify")
    assert found.exit_code == 1
    assert "entry 2 was altered." in found.stdout
    answer = told("verify", "--json")
    assert answer.exit_code == 1
    read = json.loads(answer.stdout)
    assert (read["well"], read["faults"][0]["kind"], read["faults"][0]["entries"]) == (False, "altered", [2])


def test_whoever_keeps_a_copy_of_lines_and_key_verifies_without_the_files_of_the_machine(files: Path) -> None:
    told("checkpoint", "--json")
    key, kept = told("key").stdout.strip(), files / "kept"
    (files / "checkpoints").rename(kept)
    (files / "key").unlink()
    assert isinstance(told("verify").exception, AuditKeyMissing)
    assert told("verify", "--checkpoints", str(kept), "--public-key", key).exit_code == 0
    other = told("key").stdout.strip()
    assert other != key
    assert told("verify", "--checkpoints", str(kept), "--public-key", other).exit_code == 1
    assert told("verify", "--checkpoints", str(kept), "--public-key", other, "--public-key", key).exit_code == 0
