"""Entering what the public record says of operations: whole operations and countries, as published, nothing smaller."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction

from panoh.access.entrances import Actor, action
from panoh.access.models import District
from panoh.access.wordings import Wording
from panoh.plan.days import NO_DAY, RoughDay
from panoh.plan.models import Operation, PublishedFigure
from panoh.plan.refusals_figures import (
    AddsItself,
    FigureStruckOut,
    FigureThere,
    OperationThere,
    PlaceTooSmall,
    SourceMissing,
)

__all__ = ["Published", "add_operation", "record_figure", "strike_out_figure"]

SMALL_PLACES = Path(__file__).parents[1] / "data" / "small_places.toml"
SHORTEST_PLACE = 4


@dataclass(frozen=True)
class Published:
    """A figure as a source gives it; value None: nothing was announced."""

    measure: int
    value: int | None
    bound: int = PublishedFigure.Bound.EXACT
    as_of: RoughDay = NO_DAY
    published_on: RoughDay = NO_DAY
    source: str = ""
    quote: str = ""
    language: str = ""
    note: str = ""
    mark: str = PublishedFigure.Mark.FOUND


@action("figure.record")
def add_operation(
    actor: Actor,
    *,
    code: str,
    country: str,
    name: Wording,
    scope: int = Operation.Scope.ONE,
    origin: Wording | None = None,
    on: RoughDay = NO_DAY,
    adds_up: Sequence[Operation] = (),
) -> Operation:
    """Name an operation of a state, several together, or all its returns.

    Raises:
        OperationThere: the code is taken.
        PlaceTooSmall: the name is that of a place below the country.
        AddsItself: what it adds up is of another country, or it is one operation.
    """
    _refuse_small_places(country, *name.values(), *(origin or {}).values())
    if adds_up and (scope == Operation.Scope.ONE or {part.country for part in adds_up} != {country}):
        raise AddsItself
    if Operation.objects.filter(code=code).exists():
        raise OperationThere(code=code)
    made = Operation.objects.create(
        code=code, country=country, name=name, scope=scope, origin=origin or Wording(), on=on.day,
        on_precision=on.precision,
    )  # fmt: skip
    made.adds_up.set(adds_up)
    return made


@action("figure.record")
def record_figure(actor: Actor, operation: Operation, published: Published) -> PublishedFigure:
    """Put a published figure on record, beside whatever else was published.

    Raises:
        PlaceTooSmall: quote or note speak of a place below the country.
        SourceMissing: it was found, and nobody says where.
        FigureThere: the same figure of the same source is recorded.
    """
    _refuse_small_places(operation.country, published.quote, published.note)
    if published.mark == PublishedFigure.Mark.FOUND and not published.source:
        raise SourceMissing
    try:
        with transaction.atomic():
            return PublishedFigure.objects.create(
                operation=operation,
                measure=published.measure,
                value=published.value,
                bound=published.bound if published.value is not None else PublishedFigure.Bound.EXACT,
                as_of=published.as_of.day,
                as_of_precision=published.as_of.precision,
                published_on=published.published_on.day,
                published_on_precision=published.published_on.precision,
                source=published.source,
                quote=published.quote,
                language=published.language,
                note=published.note,
                mark=published.mark,
                recorded_by_id=actor.staff_id or None,
            )
    except IntegrityError as error:
        if "figure_recorded_once" not in str(error):
            raise
        raise FigureThere from error


@action("figure.record")
def strike_out_figure(actor: Actor, figure: PublishedFigure, *, because: str) -> PublishedFigure:
    """Strike a figure out that was entered wrongly; it stays to be read, and counts no more.

    Raises:
        FigureStruckOut: it is struck out.
    """
    figure = PublishedFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    if figure.struck_out:
        raise FigureStruckOut
    figure.struck_out = because
    figure.save(update_fields=("struck_out",))
    return figure


@cache
def _words_of_small_places() -> re.Pattern[str]:
    words = tomllib.loads(SMALL_PLACES.read_text(encoding="utf-8"))["words"]
    return re.compile(r"\b(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words) + r")\b", re.I)


def _refuse_small_places(country: str, *texts: str) -> None:
    text = " ".join(texts)
    if found := _words_of_small_places().search(text):
        raise PlaceTooSmall(word=found[0])
    told = text.casefold()
    for names in District.objects.filter(country=country).values_list("label", "region"):
        for name in names:
            if len(name) >= SHORTEST_PLACE and re.search(rf"\b{re.escape(name.casefold())}\b", told):
                raise PlaceTooSmall(word=name)
