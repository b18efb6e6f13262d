"""The public record over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Path, Router, Schema, Status
from pydantic import Field, StringConstraints

from panoh.access.api import NO_OTHER_KEYS, Line, Needs, Number
from panoh.access.entrances import Request
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions import Published
from panoh.plan.api.parts import Language
from panoh.plan.days import Precision, RoughDay
from panoh.plan.models import Operation, PublishedFigure
from panoh.plan.queries import figure_for, operation_for, operations, public_record

router = Router(tags=["Published figures"])

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,32}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Rough = Annotated[str, StringConstraints(pattern=r"^([12][0-9]{3}(-[0-9]{2}){0,2})?$")]
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2000)]
Measure = Literal["total", "men", "women", "children", "girls", "boys"]
Bound = Literal["exact", "at_least", "about"]
Scope = Literal["one", "several", "country"]
Named = Annotated[dict[Language, Line], Field(json_schema_extra=NO_OTHER_KEYS)]


def _rough(day: date | None, precision: int) -> str:
    return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7}.get(Precision(precision), 4)] if day else ""


class PublishedFigureOut(Schema):
    """value: none if nothing was announced, which is not 0; as_of and published_on: a day, a month or a year."""

    number: int = Field(..., validation_alias="pk")
    measure: Measure
    value: int | None
    bound: Bound
    as_of: str
    published_on: str
    source: str
    quote: str
    language: str
    note: str
    mark: Literal["F", "K", "D"]
    struck_out: str

    @staticmethod
    def resolve_measure(figure: PublishedFigure) -> str:
        return PublishedFigure.Measure(figure.measure).name.lower()

    @staticmethod
    def resolve_bound(figure: PublishedFigure) -> str:
        return PublishedFigure.Bound(figure.bound).name.lower()

    @staticmethod
    def resolve_as_of(figure: PublishedFigure) -> str:
        return _rough(figure.as_of, figure.as_of_precision)

    @staticmethod
    def resolve_published_on(figure: PublishedFigure) -> str:
        return _rough(figure.published_on, figure.published_on_precision)


class OperationOut(Schema):
    code: str
    country: str
    name: dict[str, str]
    scope: Scope
    origin: dict[str, str]
    on: str
    adds_up: list[str]
    figures: list[PublishedFigureOut]

    @staticmethod
    def resolve_scope(operation: Operation) -> str:
        return Operation.Scope(operation.scope).name.lower()

    @staticmethod
    def resolve_on(operation: Operation) -> str:
        return _rough(operation.on, operation.on_precision)

    @staticmethod
    def resolve_adds_up(operation: Operation) -> list[str]:
        return [part.code for part in operation.adds_up.all()]

    @staticmethod
    def resolve_figures(operation: Operation) -> list[PublishedFigure]:
        return list(operation.figures.all())


class RemarkOut(Schema):
    operation: str = Field(..., validation_alias="operation.code")
    kind: Literal["rivals", "parts", "rest", "operations"]
    text: str


class RecordOut(Schema):
    operations: list[OperationOut]
    disagreements: list[RemarkOut]


class OperationIn(Schema):
    """name, origin: text by language code; adds_up: codes, for several operations together or a country."""

    code: Slug
    country: Country
    name: Named
    scope: Scope = "one"
    origin: Named = Field(default_factory=dict, json_schema_extra=NO_OTHER_KEYS)
    on: Rough = ""
    adds_up: list[Slug] = Field(default_factory=list, max_length=100)


class FigureIn(Schema):
    """value: none if the source says that nothing was announced."""

    measure: Measure
    value: Annotated[int, Field(ge=0, le=10_000_000)] | None
    bound: Bound = "exact"
    as_of: Rough = ""
    published_on: Rough = ""
    source: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=400)] = ""
    quote: Said = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{0,3}$")] = ""
    note: Said = ""
    mark: Literal["F", "K", "D"] = "F"


class StrikeOutIn(Schema):
    because: Line


@router.get("/published-figures", auth=Needs("joint.see"), response=RecordOut)
def record(request: Request) -> dict[str, Any]:
    """Return what was published of each operation, and where it disagrees."""
    remarks = [remark for country in public_record() for remark in country.remarks]
    return {"operations": operations(), "disagreements": remarks}


@router.post("/published-figures", auth=Needs("figure.record"), response={201: OperationOut})
def name_operation(request: Request, given: OperationIn) -> Status[Operation]:
    """Name an operation of a state, several together, or all its returns."""
    made = actions.add_operation(
        request.actor, code=given.code, country=given.country, name=Wording(given.name),
        scope=Operation.Scope[given.scope.upper()], origin=Wording(given.origin), on=RoughDay.read(given.on),
        adds_up=[operation_for(code) for code in given.adds_up],
    )  # fmt: skip
    return Status(201, made)


@router.get("/published-figures/{code}", auth=Needs("joint.see"), response=OperationOut)
def one_operation(request: Request, code: Path[Slug]) -> Operation:
    """Return every figure of an operation with its source."""
    return operation_for(code)


@router.post("/published-figures/{code}/figures", auth=Needs("figure.record"), response={201: PublishedFigureOut})
def record_one(request: Request, code: Path[Slug], given: FigureIn) -> Status[PublishedFigure]:
    """Record a figure as it was published, beside whatever else was."""
    told = given.dict()
    told["measure"] = PublishedFigure.Measure[given.measure.upper()]
    told["bound"] = PublishedFigure.Bound[given.bound.upper()]
    for name in ("as_of", "published_on"):
        told[name] = RoughDay.read(told[name])
    return Status(201, actions.record_figure(request.actor, operation_for(code), Published(**told)))


@router.post(
    "/published-figures/{code}/figures/{number}/strike-out", auth=Needs("figure.record"), response=PublishedFigureOut
)
def strike_out(request: Request, code: Path[Slug], number: Path[Number], given: StrikeOutIn) -> PublishedFigure:
    """Strike out a figure that was entered wrongly; it stays to be read."""
    figure = figure_for(number)
    if figure.operation.code != code:
        raise NotThere
    return actions.strike_out_figure(request.actor, figure, because=given.because)
