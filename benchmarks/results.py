"""Tables of the benchmarks: printed, and kept in RESULTS.md with machine, day and versions."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

FILE = Path(__file__).with_name("RESULTS.md")


def record(name: str, title: str, rows: Sequence[dict[str, object]]) -> None:
    """Print the rows and put them under their name into RESULTS.md, in place of what stood there."""
    heads = list(rows[0])
    table = Table(*heads, title=title)
    for row in rows:
        table.add_row(*(str(row[head]) for head in heads))
    Console(stderr=True).print(table)
    section = "\n".join(
        [
            f"## {name}",
            "",
            f"{title}. {date.today().isoformat()}, {_machine()}.",
            "",
            "| " + " | ".join(heads) + " |",
            "| " + " | ".join("---" for _ in heads) + " |",
            *("| " + " | ".join(str(row[head]) for head in heads) + " |" for row in rows),
            "",
        ]
    )
    kept = FILE.read_text().split("\n## ") if FILE.exists() else ["# What was measured\n"]
    others = [part for part in kept[1:] if part.split("\n", 1)[0] != name]
    parts = sorted([*others, section.removeprefix("## ")], key=lambda part: part.split("\n", 1)[0])
    FILE.write_text("\n## ".join([kept[0].rstrip() + "\n", *(part.strip() + "\n" for part in parts)]))


def _machine() -> str:
    return (
        f"{os.cpu_count()} shared cores, {platform.system()}, Python {sys.version.split()[0]}, "
        f"Django {version('django')}, psycopg {version('psycopg')}; ten million additions in {_pace():.2f} s"
    )


def _pace() -> float:
    """Return how long a plain loop takes, by which times of other days and machines are compared."""
    begun, number = time.perf_counter(), 0
    for one in range(10_000_000):
        number += one
    return time.perf_counter() - begun
