"""The country's districts, from `data/districts.toml` into their table."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DISTRICTS_FILE = Path(__file__).parent / "data" / "districts.toml"


def read_districts(file: Path = DISTRICTS_FILE) -> list[dict[str, Any]]:
    """Return every district as the fields of its row."""
    return list(tomllib.loads(file.read_text())["district"])
