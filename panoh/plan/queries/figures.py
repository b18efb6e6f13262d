"""The public record as it is shown: each operation with its rivals side by side, and where the record disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from panoh.access.refusals import NotThere
from panoh.plan.days import day_said
from panoh.plan.models import Operation, PublishedFigure
from panoh.plan.states import state_name
from panoh.plan.sums import Claim, Disagreement, Kind, Part, disagreements

__all__ = [
    "CountryRecord", "OperationShown", "Remark", "figure_for", "operation_for", "operation_shown", "operations",
    "public_record",
]  # fmt: skip

Measure = PublishedFigure.Measure
MEASURES = (Measure.TOTAL, Measure.MEN, Measure.WOMEN, Measure.CHILDREN)


@dataclass(frozen=True)
class OperationShown:
    """An operation; cells: of each of the four main measures, what was published, rivals beside each other."""

    operation: Operation
    figures: Sequence[PublishedFigure]
    when: str
    cells: Sequence[tuple[str, Sequence[str]]]
    remarks: Sequence[Remark] = ()

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing at all was announced."""
        return all(figure.value is None for figure in self.figures)


@dataclass(frozen=True)
class ChartRow:
    """A bar: the highest that was published, the lowest as the darker piece of it."""

    label: str
    value: int
    part: int
    url: str = ""


@dataclass(frozen=True)
class Remark:
    """One place where the record disagrees, in a sentence."""

    operation: Operation
    kind: Kind
    text: str


@dataclass(frozen=True)
class CountryRecord:
    """What is published of one country."""

    country: str
    name: str
    operations: Sequence[OperationShown] = field(default=())
    chart: Sequence[ChartRow] = field(default=())
    remarks: Sequence[Remark] = field(default=())

    @property
    def silent(self) -> list[OperationShown]:
        """Return the operations of which nothing was announced."""
        return [shown for shown in self.operations if shown.is_silent]


def operations() -> QuerySet[Operation]:
    """Return every operation with its figures."""
    return Operation.objects.prefetch_related(Prefetch("figures", PublishedFigure.objects.all()), "adds_up")


def operation_for(code: str) -> Operation:
    """Return the operation with this code.

    Raises:
        NotThere: there is none.
    """
    found = operations().filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def figure_for(number: int) -> PublishedFigure:
    """Return the figure with this number.

    Raises:
        NotThere: there is none.
    """
    found = PublishedFigure.objects.select_related("operation").filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def operation_shown(operation: Operation) -> OperationShown:
    """Return what an operation's page shows, with where the record disagrees about it."""
    of = list(operations().filter(country=operation.country))
    return replace(_shown(operation), remarks=[one for one in remarks(of) if one.operation.pk == operation.pk])


def _shown(operation: Operation) -> OperationShown:
    """Return an operation as its row shows it; what is struck out stands only on its page."""
    figures = list(operation.figures.all())
    counted = [figure for figure in figures if not figure.struck_out]
    cells = []
    for measure in MEASURES:
        said = (figure.said for figure in counted if figure.measure == measure)
        cells.append((str(measure.label), list(dict.fromkeys(said))))
    return OperationShown(operation, figures, day_said(operation.on, operation.on_precision), cells)


def public_record(country: str = "") -> list[CountryRecord]:
    """Return what is published, country by country."""
    by_country: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations().filter(**({"country": country} if country else {})):
        by_country[operation.country].append(operation)
    return [_record(code, of) for code, of in sorted(by_country.items(), key=lambda entry: state_name(entry[0]))]


def _record(country: str, of: Sequence[Operation]) -> CountryRecord:
    rows = []
    for operation in of:
        told = [
            figure.value for figure in _counted(operation)
            if figure.measure == Measure.TOTAL and figure.value is not None
        ]  # fmt: skip
        if told and operation.scope == Operation.Scope.ONE:
            rows.append(ChartRow(str(operation), max(told), min(told)))
    return CountryRecord(country, state_name(country), [_shown(operation) for operation in of], rows, remarks(of))


def _counted(operation: Operation) -> Iterable[PublishedFigure]:
    return (figure for figure in operation.figures.all() if not figure.struck_out)


def remarks(of: Sequence[Operation]) -> list[Remark]:
    """Return where the record disagrees; what was worked out from it proves nothing and is left aside."""
    by_code = {operation.code: operation for operation in of}
    claims = [
        Claim(
            operation.code, figure.measure, figure.value, figure.bound,
            None if operation.scope == Operation.Scope.ONE else figure.as_of, figure.source,
        )
        for operation in of
        for figure in _counted(operation)
        if figure.value is not None and figure.mark != PublishedFigure.Mark.DERIVED
    ]  # fmt: skip
    adds_up = {
        operation.code: [
            Part(part.code, _last(by_code[part.code], by_code), part.scope == Operation.Scope.ONE)
            for part in operation.adds_up.all()
        ]
        for operation in of
    }
    return [
        Remark(by_code[one.operation], one.kind, _in_words(by_code[one.operation], one))
        for one in disagreements(claims, adds_up)
    ]


def _last(operation: Operation, by_code: Mapping[str, Operation]) -> date | None:
    """Return when an operation was, or the last of those that it adds up."""
    days = [day for part in operation.adds_up.all() if (day := _last(by_code[part.code], by_code))]
    return operation.on or max(days, default=None)


def _in_words(operation: Operation, one: Disagreement) -> str:
    who = Measure(one.measure).label
    said, found = (_(" and ").join(map(str, values)) for values in (one.said, one.found))
    words = {"operation": operation, "who": who, "said": said, "found": found, "source": one.source}
    if one.kind == Kind.RIVALS:
        return _("%(operation)s, %(who)s: published as %(said)s.") % words
    if one.kind == Kind.PARTS:
        return _("%(operation)s, %(who)s: one source says %(said)s, but its parts add up to %(found)s.") % words
    if one.kind == Kind.REST:
        return (
            _("%(operation)s, %(who)s: the breakdown in the source does not account for %(found)s of %(said)s.") % words
        )
    if len(one.found) > 1:
        words |= {"least": one.found[0], "most": one.found[1]}
        return (
            _("%(operation)s, %(who)s: published as %(said)s; its operations add up to %(least)s to %(most)s.") % words
        )
    return _("%(operation)s, %(who)s: published as %(said)s; its operations add up to %(found)s.") % words
