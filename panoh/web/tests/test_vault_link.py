"""`panoh vault link`: what a script gets of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panoh.web.cli import app
from panoh.web.refusals import FileTwice

pytest.importorskip("splink", reason="The part “linking” is not installed.")

CAMP = "الاسم,الجنس,تاريخ الميلاد,رقم الأسرة\nسمية سليمان غفوروفا,أنثى,2014/5/17,1\nفرخ سليم قادروف,ذكر,2009/3/1,2\n"
FLIGHT = (
    "ФИО,Пол,Дата рождения,Семья №\nТошпулатов Бобур,муж,02.02.1990,2\nГафурова Сумая Сулеймановна,жен,17.05.2014,1\n"
)


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    for name, text in (("camp.csv", CAMP), ("flight.csv", FLIGHT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in ("camp.csv", "flight.csv")]


def test_pairs_are_named_by_file_and_row_and_never_by_name(lists: list[str]) -> None:
    told = CliRunner().invoke(app, ["vault", "link", *lists, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    (pair,) = found["pairs"]
    assert (pair["a"], pair["b"]) == ("camp.csv:1", "flight.csv:2")
    assert pair["probability"] > 0.99
    assert pair["why"] == ["name: other_script", "birth: same_day", "sex: same", "family: no_other_near"]
    assert found["lists"] == {"camp.csv": 2, "flight.csv": 2}
    assert not any(name in told.output for name in ("Сумая", "سمية", "Гафурова"))


def test_a_threshold_that_is_no_probability_is_refused(lists: list[str]) -> None:
    told = CliRunner().invoke(app, ["vault", "link", *lists, "--threshold", "2", "--json"])
    assert told.exit_code == 2
    assert "0.999" in told.output


def test_two_lists_of_one_name_are_refused_for_their_rows_could_not_be_told_apart(lists: list[str]) -> None:
    told = CliRunner().invoke(app, ["vault", "link", lists[0], lists[0], "--json"])
    assert isinstance(told.exception, FileTwice)
