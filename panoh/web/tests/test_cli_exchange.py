"""`panoh exchange` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from panoh.web.cli import app


def test_the_command_prints_what_it_found_and_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("The participants of the forum noted that schools are open.")
    found = json.loads(CliRunner().invoke(app, ["exchange", "read", str(file), "--json"]).stdout)
    assert [one["speaker"] for one in found["statements"]] == ["GRP-PART"]
    shown = CliRunner().invoke(app, ["exchange", "read", str(file)])
    assert "schools are open" in shown.stdout
    assert list(tmp_path.iterdir()) == [file]


def test_the_command_refuses_with_json_for_a_script(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"%PDF-1.7")
    ended = CliRunner().invoke(app, ["exchange", "read", str(file), "--json"])
    assert ended.exit_code == 2
    assert json.loads(ended.stdout)["error"]["code"] == "exchange.report-damaged"
