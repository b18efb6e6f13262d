"""Indicators, periods, values and their publication over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints, WithJsonSchema

from panoh.access.api import NO_OTHER_KEYS, Code, Line, Needs, Text
from panoh.access.entrances import Request
from panoh.access.wordings import Wording
from panoh.plan.actions import indicators as planning
from panoh.plan.actions import publishing, reporting
from panoh.plan.actions.indicators import Measured
from panoh.plan.actions.reporting import Entry
from panoh.plan.api.parts import Slug
from panoh.plan.models import Every, Indicator, Level, Period, Value
from panoh.plan.queries.indicators import (
    IndicatorShown,
    indicator_for,
    indicator_shown,
    indicators_of,
    place_for,
    place_key,
)
from panoh.plan.queries.reporting import Gate, gate, period_for, period_shown, periods_of, value_for
from panoh.plan.queries.tree import plan_for

router = Router(tags=["Indicators of the joint plan"])

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Words = Annotated[dict[Language, Text], Field(json_schema_extra=NO_OTHER_KEYS)]
SomeText = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=10_000)]
Said = Annotated[dict[Language, SomeText], Field(min_length=1, max_length=20, json_schema_extra=NO_OTHER_KEYS)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
MOST = 10**14 - 1
DIGITS: Any = {
    "anyOf": [
        {"type": "integer", "minimum": -MOST, "maximum": MOST},
        {"type": "string", "pattern": r"^-?[0-9]{1,14}(\.[0-9]{1,4})?$"},
    ]
}
Figure = Annotated[Decimal, Field(max_digits=18, decimal_places=4), WithJsonSchema(DIGITS)]
Number = Annotated[str, StringConstraints(pattern=r"^[^\x00\s/]{1,16}$")]
Place = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,3}/)?[\w.-]{1,16}$")]
Link = Annotated[str, StringConstraints(pattern=r"^(https?://[^\x00\s]{1,390})?$")]
Year = Annotated[int, Field(ge=1990, le=2100)]
LongLine = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=400)]

Kind = Literal["output", "outcome", "impact", "process"]
Measure = Literal["unit", "percent", "nominal", "ordinal", "qualitative"]
Rhythm = Literal["quarter", "half_year", "year"]
Disclosure = Literal["countries", "total", "inside"]
OverPeriods = Literal["sum", "latest", "average", "max"]
OverCountries = Literal["sum", "average", "ratio", "none"]
LISTS: dict[str, Any] = {
    "kind": Indicator.Kind, "measure": Indicator.Measure, "every": Every, "disclosure": Indicator.Disclosure,
    "over_periods": Indicator.OverPeriods, "over_countries": Indicator.OverCountries,
}  # fmt: skip


class IndicatorIn(Schema):
    """of: the number of the action, or pillar and area as 1/1.2; wordings by language code."""

    number: Number
    text: Said
    kind: Kind = "output"
    measure: Measure = "unit"
    ascending: bool = True
    unit: Words = Field(default_factory=dict)
    method: Words = Field(default_factory=dict)
    verification: Words = Field(default_factory=dict)
    every: Rhythm = "year"
    breakdowns: list[Line] = Field(default_factory=list, max_length=20)
    disclosure: Disclosure = "countries"
    over_periods: OverPeriods = "latest"
    over_countries: OverCountries = "none"

    @property
    def measured(self) -> Measured:
        """Return what was asked for, in the words of the step."""
        given = self.dict(exclude={"of"})
        given |= {name: kinds[given[name].upper()] for name, kinds in LISTS.items()}
        given |= {name: Wording(given[name]) for name in ("text", "unit", "method", "verification")}
        return Measured(**{**given, "breakdowns": tuple(part[:40] for part in given["breakdowns"])})


class NewIndicatorIn(IndicatorIn):
    of: Place


class IndicatorOut(Schema):
    code: str
    number: str
    of: str
    text: dict[str, str]
    kind: Kind
    measure: Measure
    ascending: bool
    unit: dict[str, str]
    method: dict[str, str]
    verification: dict[str, str]
    every: Rhythm
    breakdowns: list[str]
    disclosure: Disclosure
    over_periods: OverPeriods
    over_countries: OverCountries

    @classmethod
    def told(cls, indicator: Indicator) -> dict[str, Any]:
        """Return an indicator by the names of this schema."""
        place = indicator.action or indicator.area
        same = ("code", "number", "text", "ascending", "unit", "method", "verification", "breakdowns")
        listed = {name: kinds(getattr(indicator, name)).name.lower() for name, kinds in LISTS.items()}
        return {**{name: getattr(indicator, name) for name in same}, **listed, "of": place_key(place)}


class TotalOut(Schema):
    """figure: null where nothing was reported, which is not 0."""

    figure: Decimal | None
    reported: int
    of: int


class SeriesPointOut(Schema):
    label: str
    total: TotalOut
    target: Decimal | None


class CountryValueOut(Schema):
    country: str = Field(..., alias="label")
    total: TotalOut


class LevelOut(Schema):
    kind: Literal["baseline", "target"]
    country: str
    year: int
    number: Decimal | None
    source: str
    note: str

    @staticmethod
    def resolve_kind(level: Level) -> str:
        return Level.Kind(level.kind).name.lower()


class IndicatorWholeOut(Schema):
    indicator: IndicatorOut
    country: str
    points: list[SeriesPointOut]
    countries: list[CountryValueOut]
    overall: TotalOut
    levels: list[LevelOut]


class LevelIn(Schema):
    kind: Literal["baseline", "target"]
    country: Country = ""
    year: Year
    number: Figure | None = None
    source: LongLine = ""
    note: Text = ""


class PeriodIn(Schema):
    name: Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=40)]
    every: Rhythm = "year"
    starts: date
    ends: date
    due: date


class PeriodOut(Schema):
    code: str
    name: str
    every: Rhythm
    starts: date
    ends: date
    due: date
    is_published: bool

    @staticmethod
    def resolve_every(period: Period) -> str:
        return Every(period.every).name.lower()

    @staticmethod
    def resolve_is_published(period: Period) -> bool:
        return hasattr(period, "publication")


class ValueIn(Schema):
    """All empty: there is no data. parts: figure by part, of those the indicator is broken down by."""

    number: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None
    words: Text = ""
    parts: dict[Line, Figure] = Field(default_factory=dict, json_schema_extra=NO_OTHER_KEYS)
    source_kind: Literal["document", "dataset", "statement"] | None = None
    source: LongLine = ""
    source_url: Link = ""
    note: Text = ""

    @property
    def entry(self) -> Entry:
        """Return what is entered, in the words of the step."""
        kind = Value.SourceKind[self.source_kind.upper()] if self.source_kind else None
        parts = {part: str(figure) for part, figure in self.parts.items()}
        return Entry(**{**self.dict(), "source_kind": kind, "parts": parts})


class ValueOut(Schema):
    code: str
    indicator: str = Field(..., alias="indicator.code")
    period: str = Field(..., alias="period.code")
    country: str
    state: Literal["no_data", "in_progress", "submitted", "returned", "approved"]
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    words: str
    parts: dict[str, str]
    source_kind: Literal["document", "dataset", "statement", "release"] | None
    source: str
    source_url: str
    digest: str
    note: str

    @staticmethod
    def resolve_state(value: Value) -> str:
        return Value.State(value.state).name.lower()

    @staticmethod
    def resolve_source_kind(value: Value) -> str | None:
        return Value.SourceKind(value.source_kind).name.lower() if value.source_kind else None


class OwedOut(Schema):
    period: PeriodOut
    country: str
    values: list[ValueOut]


class ValueDecisionIn(Schema):
    """reason: what is to be mended, when it is returned."""

    decision: Literal["approve", "return"]
    reason: Text = ""


class SaidIn(Schema):
    text: Text


class OddityAnswerIn(Schema):
    key: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,16}:[A-Z0-9-]{1,20}$")]
    text: Text


class OddityOut(Schema):
    key: str
    sentence: str
    value: str = Field(..., alias="value.code")
    answer: str | None = Field(None, alias="answer.text")


class GateOut(Schema):
    approved: int
    of: int
    open: int
    oddities: list[OddityOut]
    published_at: datetime | None = Field(None, alias="publication.at")


class ValuesAsked(Schema):
    country: Country = ""


@router.get("/joint-plan/{code}/indicators", auth=Needs("joint.see"), response=list[IndicatorOut])
def indicators(request: Request, code: Path[Slug]) -> object:
    """Return the indicators of a plan."""
    return [IndicatorOut.told(found) for found in indicators_of(plan_for(code))]


@router.post("/joint-plan/{code}/indicators", auth=Needs("joint.edit"), response={201: IndicatorOut})
def add_indicator(request: Request, code: Path[Slug], given: NewIndicatorIn) -> Status[object]:
    """Say what is measured and how."""
    plan = plan_for(code)
    made = planning.add_indicator(request.actor, plan, given.measured, of=place_for(plan, given.of))
    return Status(201, IndicatorOut.told(made))


@router.get("/indicators/{code}", auth=Needs("joint.see"), response=IndicatorWholeOut)
def indicator(request: Request, code: Path[Code], asked: Query[ValuesAsked]) -> object:
    """Return an indicator with its figures, of one country or of all together."""
    shown: IndicatorShown = indicator_shown(request.actor, indicator_for(code), asked.country)
    parts = ("country", "points", "countries", "overall", "levels")
    return {"indicator": IndicatorOut.told(shown.indicator), **{name: getattr(shown, name) for name in parts}}


@router.put("/indicators/{code}", auth=Needs("joint.edit"), response=IndicatorOut)
def change_indicator(request: Request, code: Path[Code], given: IndicatorIn) -> object:
    """Change what an indicator says; what is not given falls back to what a new one has."""
    return IndicatorOut.told(planning.edit_indicator(request.actor, indicator_for(code), given.measured))


@router.post("/indicators/{code}/levels", auth=Needs("joint.report"), response={201: LevelOut})
def set_level(request: Request, code: Path[Code], given: LevelIn) -> Status[Level]:
    """Say where an indicator began or is to be, in place of what was said before."""
    told = {**given.dict(), "kind": Level.Kind[given.kind.upper()]}
    return Status(201, planning.set_level(request.actor, indicator_for(code), **told))


@router.get("/joint-plan/{code}/periods", auth=Needs("joint.see"), response=list[PeriodOut])
def periods(request: Request, code: Path[Slug]) -> object:
    """Return the times that are reported on."""
    return periods_of(plan_for(code))


@router.post("/joint-plan/{code}/periods", auth=Needs("joint.edit"), response={201: PeriodOut})
def open_period(request: Request, code: Path[Slug], given: PeriodIn) -> Status[Period]:
    """Ask the countries for a period."""
    told = {**given.dict(), "every": Every[given.every.upper()]}
    return Status(201, planning.open_period(request.actor, plan_for(code), **told))


@router.get("/periods/{code}", auth=Needs("joint.see"), response=OwedOut)
def owed(request: Request, code: Path[Code], asked: Query[ValuesAsked]) -> object:
    """Return what a country owes for a period: the one asked for, else the asker's own, else the first."""
    return period_shown(request.actor, period_for(code), asked.country)


@router.get("/periods/{code}/gate", auth=Needs("joint.publish"), response=GateOut)
def read_gate(request: Request, code: Path[Code]) -> Gate:
    """Return what is missing or odd before the figures of a period become public."""
    return gate(period_for(code))


@router.post("/periods/{code}/gate", auth=Needs("joint.publish"), response={204: None})
def answer_gate(request: Request, code: Path[Code], given: OddityAnswerIn) -> Status[None]:
    """Answer something missing or odd in words."""
    publishing.answer_oddity(request.actor, period_for(code), **given.dict())
    return Status(204, None)


@router.post("/periods/{code}/publish", auth=Needs("joint.publish"), response={204: None})
def publish(request: Request, code: Path[Code]) -> Status[None]:
    """Make the approved figures of a period public for good."""
    publishing.publish_period(request.actor, period_for(code))
    return Status(204, None)


@router.get("/values/{code}", auth=Needs("joint.see"), response=ValueOut)
def value(request: Request, code: Path[Code]) -> Value:
    """Return a value."""
    return value_for(code)


@router.put("/values/{code}", auth=Needs("joint.report"), response=ValueOut)
def enter(request: Request, code: Path[Code], given: ValueIn) -> Value:
    """Enter what a country reports."""
    return reporting.enter_value(request.actor, value_for(code), given.entry)


@router.post("/values/{code}/submit", auth=Needs("joint.report"), response=ValueOut)
def submit(request: Request, code: Path[Code]) -> Value:
    """Submit a value: it is locked."""
    return reporting.submit_value(request.actor, value_for(code))


@router.post("/values/{code}/decision", auth=Needs("joint.approve"), response=ValueOut)
def decide(request: Request, code: Path[Code], given: ValueDecisionIn) -> Value:
    """Approve a value that another submitted, or return it."""
    if given.decision == "approve":
        return reporting.approve_value(request.actor, value_for(code))
    return reporting.return_value(request.actor, value_for(code), reason=given.reason)


@router.post("/values/{code}/remarks", auth=Needs("joint.report"), response={204: None})
def say(request: Request, code: Path[Code], given: SaidIn) -> Status[None]:
    """Add a sentence to what is said about a value."""
    reporting.remark_on_value(request.actor, value_for(code), text=given.text)
    return Status(204, None)
