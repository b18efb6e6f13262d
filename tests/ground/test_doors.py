"""A room is entered through its doors: what another room imports of it is an action or a query."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import grimp
import pytest

REPOSITORY = Path(__file__).parents[2]
DOORS = {"actions", "queries", "refusals"}
# Everybody works with staff, agencies and districts, and needs the entrances, the clock, the audit and the refusals.
DOORS_OF_ACCESS = DOORS | {
    "api",
    "audit",
    "cells",
    "codes",
    "clock",
    "entrances",
    "fence",
    "fields",
    "meanwhile",
    "models",
    "roles",
    "sendings",
}
DOORS_OF_ACCESS |= {"wordings"}  # texts in several languages
DOORS_OF_ACCESS |= {"printing"}  # paper in the one print style
DOORS_OF_ACCESS |= {"checkpoints", "instance_keys"}  # the keys by which this instance signs, and opens
DOORS_OF_ACCESS |= {"tokens", "visits"}  # whom the database serves for somebody else; why a file is looked at
# The shell assembles: it shows what any room declares, but it gets a person's name as everybody does.
CLOSED_TO_THE_SHELL = {"vault": {"models", "packing", "sealing"}}


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("panoh")


def _steps() -> list[tuple[str, str]]:
    """Return every import of our code from one room into another; tests and migrations may look behind the doors."""
    graph = _graph()
    outside = [module for module in sorted(graph.modules) if not {"tests", "migrations"} & set(module.split("."))]
    return [
        (importer, imported)
        for importer in outside
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if _room(importer) and _room(imported) and _room(importer) != _room(imported)
    ]


def _room(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def _door(module: str) -> str:
    return module.split(".")[2] if module.count(".") > 1 else ""


def test_rooms_enter_each_other_through_their_doors_only() -> None:
    broken = [
        f"{importer} imports {imported}"
        for importer, imported in _steps()
        if _room(importer) != "web"
        and _room(imported) != "names"  # a library: its whole face is open
        and _door(imported) not in (DOORS_OF_ACCESS if _room(imported) == "access" else DOORS)
        and not (_door(importer) == "models" and _door(imported) == "models")
        and not (_room(imported) == "plan" and _door(imported) == "models")  # public bodies' own, which all may name
    ]
    assert broken == []


def test_the_shell_opens_no_sealed_row() -> None:
    broken = [
        f"{importer} imports {imported}"
        for importer, imported in _steps()
        if _room(importer) == "web" and _door(imported) in CLOSED_TO_THE_SHELL.get(_room(imported), set())
    ]
    assert broken == []


def test_nothing_imports_the_shell() -> None:
    assert [f"{importer} imports {imported}" for importer, imported in _steps() if _room(imported) == "web"] == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "handlers"])
def test_no_module_has_a_name_that_says_nothing(word: str) -> None:
    assert [module for module in _graph().modules if module.rsplit(".", 1)[-1] == word] == []


def test_files_stay_short_enough_to_have_one_subject() -> None:
    ours = [
        file
        for file in (REPOSITORY / "panoh").rglob("*.py")
        if not {"migrations", "tests"} & set(file.parts) and file.name != "data_labels.py"  # a list that is written
    ]
    assert [str(file.relative_to(REPOSITORY)) for file in ours if len(file.read_text().splitlines()) > 420] == []
