"""Rules for unusual viewing, read from `data/watching.toml`: counts of acts, and no picture of a person.

One function judges what the hourly job reads from the audit and what the benchmark simulates, so that the measured
share of harvests found and of false alarms is that of the rules in use.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.timezone import localtime
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Act", "Passed", "Rule", "judge", "label_of", "rules"]

FILE = Path(__file__).with_name("data") / "watching.toml"
NIGHT_BEGINS, NIGHT_ENDS = 22, 5
LONGEST = timedelta(days=7)
Counted = Literal["alone", "beyond", "found", "denied"]


class Rule(BaseModel):
    """One rule: what it counts, over how many hours, what is usual at most, for whom and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(max_length=32)
    raw_label: str = Field(alias="label")
    counts: Counted
    hours: int = Field(ge=1, le=168)
    most: int = Field(ge=1)
    roles: frozenset[str]
    why: str
    night: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the rules see it. of: a number of the file, person or entry, by which the same is counted once."""

    at: datetime
    what: Literal["file", "found", "denied"]
    of: int
    is_alone: bool = False


@dataclass(frozen=True)
class Passed:
    """A rule that was passed: how much was counted."""

    rule: Rule
    counted: int


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule."""
    with FILE.open("rb") as file:
        return tuple(Rule.model_validate(entry) for entry in tomllib.load(file)["rule"])


def label_of(code: str) -> str:
    """Return what a rule is about, in the reader's language; an old code that is gone shows as itself."""
    return next((gettext(rule.raw_label) for rule in rules() if rule.code == code), code)


def judge(role: str, acts: Iterable[Act], instant: datetime) -> list[Passed]:
    """Return the rules that one member of staff has passed by now. acts: those of the last seven days, off the work."""
    known = [act for act in acts if instant - LONGEST < act.at <= instant]
    passed = []
    for rule in rules():
        if role not in rule.roles:
            continue
        since = instant - timedelta(hours=rule.hours)
        counted = len({act.of for act in known if act.at > since and _counts(rule, act)})
        if counted > rule.most:
            passed.append(Passed(rule, counted))
    return passed


def _counts(rule: Rule, act: Act) -> bool:
    if rule.night and NIGHT_ENDS <= localtime(act.at).hour < NIGHT_BEGINS:
        return False
    if rule.counts == "alone":
        return act.what == "file" and act.is_alone
    return act.what == ("file" if rule.counts == "beyond" else rule.counts)
