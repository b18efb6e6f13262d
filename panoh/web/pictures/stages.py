"""The stages of a case in their order, each passed, current or ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol


class StageShown(Protocol):
    """A stage of a case; with an attribute `on`, the day it was last entered (None: never)."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class StageStep:
    """One stage in the bar."""

    code: str
    label: str
    state: Literal["done", "now", "skipped", "ahead"]
    on: date | None


def stage_steps(stages: Sequence[StageShown], current: str) -> list[StageStep]:
    """Return each stage with its state; an earlier one that has an `on` of None was skipped."""
    codes = [stage.code for stage in stages]
    at = codes.index(current) if current in codes else -1
    return [_step(stage, number, at) for number, stage in enumerate(stages)]


def _step(stage: StageShown, number: int, at: int) -> StageStep:
    entered: date | None = getattr(stage, "on", None)
    if number == at:
        return StageStep(stage.code, stage.label, "now", entered)
    if number > at:
        return StageStep(stage.code, stage.label, "ahead", None)
    was_skipped = hasattr(stage, "on") and entered is None
    return StageStep(stage.code, stage.label, "skipped" if was_skipped else "done", entered)
