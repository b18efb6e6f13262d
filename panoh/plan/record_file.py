"""A file of published figures (TOML), as `panoh plan record` enters it and as the demonstration has it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panoh.access.wordings import Wording
from panoh.plan.actions.figures import Published
from panoh.plan.days import RoughDay
from panoh.plan.models import Operation, PublishedFigure
from panoh.plan.refusals_figures import FileNotOfFigures

__all__ = ["PUBLIC_RECORD", "OperationRead", "operations_read"]

PUBLIC_RECORD = Path(__file__).parent / "data" / "published_figures.toml"
BOUNDS = {"": 1, ">": 2, "~": 3}
MEASURES = {measure.name.lower(): measure for measure in PublishedFigure.Measure}
DAYS = ("as_of", "published_on")
TEXTS = ("source", "quote", "language", "note")


@dataclass(frozen=True)
class OperationRead:
    """An operation of the file with what was published of it; adds_up: codes of operations that stand before it."""

    code: str
    country: str
    name: Wording
    scope: int
    origin: Wording
    on: RoughDay
    adds_up: Sequence[str]
    figures: Sequence[Published]


def operations_read(text: str) -> list[OperationRead]:
    """Return what a file holds.

    Raises:
        FileNotOfFigures: it is no such file; says where.
    """
    try:
        return [_operation(told) for told in tomllib.loads(text)["operation"]]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FileNotOfFigures(why=error) from error


def _operation(told: Mapping[str, Any]) -> OperationRead:
    figures = [published for entry in told["figures"] for published in _figures(entry)]
    scope = Operation.Scope[str(told.get("scope", "one")).upper()]
    return OperationRead(
        told["code"], told["country"], Wording(told["name"]), scope, Wording(told.get("origin", {})),
        RoughDay.read(told.get("on", "")), told.get("adds_up", ()), figures,
    )  # fmt: skip


def _figures(entry: Mapping[str, str]) -> list[Published]:
    days = {name: RoughDay.read(entry.get(name, "")) for name in DAYS}
    texts = {name: entry.get(name, "") for name in TEXTS}
    mark = PublishedFigure.Mark(entry["mark"]).value
    given: dict[str, Any] = {**days, **texts, "mark": mark}
    told = {measure: _value(entry[name]) for name, measure in MEASURES.items() if name in entry}
    return [Published(measure, value, bound=bound, **given) for measure, (value, bound) in told.items()]


def _value(said: str) -> tuple[int | None, int]:
    found = re.fullmatch(r"([>~]?) ?(\d{1,7})|()", said, re.ASCII)
    if found is None:
        raise ValueError(said)
    return (int(found[2]), BOUNDS[found[1]]) if found[2] else (None, BOUNDS[""])
