"""How lists are joined, and what comes out: the same for every engine, and known where no engine is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

Engine = Literal["duckdb", "spark"]
Progress = Callable[[str, int, int], None]


class Finding(NamedTuple):
    """What was found about one field, and the bits it is worth."""

    field: str
    code: str
    bits: float


@dataclass(frozen=True)
class LinkSettings:
    """How lists are joined; the same for every engine.

    threshold: the probability from which a pair is told. scratch: where the engine may spill, on a disk that is as
    safe as the names. most_in_block: a key that more records have finds nobody; most_in_large_block the same among many
    records. first_least: the engine's weight (bits) below which a pair is not opened, among many records only.
    """

    engine: Engine = "duckdb"
    threshold: float = 0.9
    scratch: Path | None = None
    processes: int = 2
    most_in_block: int = 60
    most_in_large_block: int = 20
    first_least: float = -8.0


@dataclass(frozen=True)
class Joined:
    """Two records (by their place among those given) that may be one person.

    weight: log odds in bits. findings: what was compared and found, in codes.
    """

    a: int
    b: int
    weight: float
    probability: float
    findings: tuple[Finding, ...]
