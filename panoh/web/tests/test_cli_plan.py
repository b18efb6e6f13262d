"""`panoh plan` at the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner

from panoh.access.models import Staff
from panoh.access.refusals import Refusal
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.documents.iati import schema
from panoh.plan.models import PublishedFigure
from panoh.plan.record_file import PUBLIC_RECORD
from panoh.plan.tests.make import adopted, plan, worker
from panoh.web.cli import app


@pytest.fixture(autouse=True)
def prepared(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.web.serving.prepare", lambda: None)  # the test's database is up already


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["plan", *map(str, words)])


def told(*words: object) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_plans_are_listed_and_shown():
    assert told("list") == []
    adopted()
    assert told("list")[0]["code"] == "jpoa"
    assert [pillar["roman"] for pillar in told("show", "jpoa")["pillars"]] == ["I", "IV"]
    assert "Dialogue" in run("show", "jpoa").stdout


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_plan_is_written_to_a_file(tmp_path: Path, kind: str):
    adopted()
    file = tmp_path / f"plan.{kind}"
    assert told("write", "jpoa", file)["bytes"] == file.stat().st_size


def test_iati_is_printed_or_written_and_right_by_the_schema(tmp_path: Path):
    adopted()
    actions.add_body(worker("secretariat"), code="un", name=Wording({"en": "UN"}), kind=2)
    who = ("--reporter", "un", "--identifier", "XM-DAC-41122")
    assert schema().validate(etree.fromstring(run("iati", "jpoa", *who).stdout.encode()))
    assert told("iati", "jpoa", tmp_path / "a.xml", *who)["bytes"] > 0


def test_the_public_record_is_entered_and_shown():
    who = Staff.objects.get(pk=worker("secretariat").staff_id).username
    entered = told("record", PUBLIC_RECORD, "--as", who)["entered"]
    assert entered == PublishedFigure.objects.count() > 80
    assert told("record", PUBLIC_RECORD, "--as", who)["entered"] == 0
    (kyrgyzstan,) = told("figures", "--country", "kg")
    assert "Meerim, all: published as 79 and 81 and 90." in kyrgyzstan["disagreements"]
    assert "not announced" in run("figures").stdout


def test_the_site_is_written_again_over_itself_and_over_nothing_else(tmp_path: Path):
    adopted()
    folder = tmp_path / "site"
    pages = told("site", "jpoa", folder)["pages"]
    assert {
        "index.html",
        "look.css",
        "en/index.html",
        "en/pillar-1.html",
        "en/action-1.1.1.html",
        "en/figures.html",
    } <= {*pages}
    (folder / "en/action-1.1.1.html").write_text("old")
    assert told("site", "jpoa", folder)["pages"] == pages
    assert "Dialogue" in (folder / "en/action-1.1.1.html").read_text()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    ended = run("site", "jpoa", tmp_path / "other")
    assert isinstance(ended.exception, Refusal)
    assert ended.exception.code == "plan.folder-taken"


@pytest.mark.parametrize(("words", "code"), [
    (("show", "none"), "not-there"), (("write", "jpoa", "plan.exe"), "web.file-kind-unknown"),
    (("iati", "jpoa"), "plan.not-public"), (("site", "jpoa", "folder"), "plan.not-public"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_with_a_sentence(words: tuple[str, ...], code: str):
    plan()
    ended = run(*words)
    assert isinstance(ended.exception, Refusal)
    assert ended.exception.code == code


@pytest.mark.parametrize("words", [
    ("list",), ("show", "jpoa"), ("write", "jpoa", "plan.pdf"), ("iati", "jpoa"), ("figures",),
    ("site", "jpoa", "folder"), ("record", "file.toml", "--as", "somebody"),
])  # fmt: skip
def test_a_command_sets_django_up_before_it_asks_for_anything(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    class SetUpError(Exception):
        pass

    def prepare() -> None:
        raise SetUpError

    monkeypatch.setattr("panoh.web.serving.prepare", prepare)
    for room in ("queries", "actions", "refusals_documents"):
        monkeypatch.setitem(sys.modules, f"panoh.plan.{room}", None)
    assert isinstance(run(*words).exception, SetUpError)
