"""What is published of indicators, as any file takes it: filled from the tables elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from panoh.access.wordings import Wording

__all__ = ["FigureTold", "IndicatorFigures", "PeriodFigures", "Silence"]


class Silence(Enum):
    """Why a figure has no value."""

    NOT_REPORTED = "not reported"
    SUPPRESSED = "suppressed to protect people"


@dataclass(frozen=True)
class FigureTold:
    """A figure of all states together (country "") or of one; dimensions: of a part, such as sex and f.

    value: as it is written, or why there is none; never 0 for what was not reported.
    """

    value: str | Silence
    country: str = ""
    dimensions: Sequence[tuple[str, str]] = field(default=())
    comment: Wording = field(default_factory=Wording)


@dataclass(frozen=True)
class PeriodFigures:
    """What was to be reached in a period, and what was."""

    starts: date
    ends: date
    targets: Sequence[FigureTold] = field(default=())
    actuals: Sequence[FigureTold] = field(default=())


@dataclass(frozen=True)
class IndicatorFigures:
    """An indicator of an action or area; kind: output, outcome, impact, process; measure: unit to qualitative."""

    code: str
    title: Wording
    kind: str = "output"
    measure: str = "unit"
    is_ascending: bool = True
    description: Wording = field(default_factory=Wording)
    baseline_on: date | None = None
    baselines: Sequence[FigureTold] = field(default=())
    periods: Sequence[PeriodFigures] = field(default=())
    action: str = ""
    area: str = ""
