"""What a parcel can hold is closed: no field of it is for a person or a case, and nothing of casework is in reach."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import grimp
import pytest
from pydantic import BaseModel, ValidationError

from panoh.exchange.parcels.kinds import KINDS, Kind, ordered

# A new word here is a decision: read docs/security.md, "Parcels between instances", first.
WORDS = {
    "action", "actions", "adopted_at", "adopted_on", "answers_due", "area", "areas", "ascending", "asked_for_in",
    "asks_for_change", "beside", "bodies", "body", "breakdowns", "code", "conditions", "consent_on", "context",
    "cost", "country", "denominator", "digest", "disclosure", "done_on", "doubt", "due", "edition", "ends", "event",
    "every", "evidence", "evidence_kind", "evidence_on", "figure", "finding", "for_whom", "grade", "indicator",
    "kind", "measure", "merged_into", "met_at", "met_on", "method", "mode", "name", "note", "number", "numerator",
    "of", "on", "origin", "outcome", "over_countries", "over_periods", "parent", "parts", "pillar", "pillars",
    "place", "plan", "proposal", "question", "questions", "rationale", "reason", "review", "rules", "secrecy",
    "serves", "since", "source", "source_kind", "source_url", "stance", "starts", "state", "statement", "states",
    "strength", "tags", "taken", "taken_on", "text", "title", "tried", "unit", "verification", "verified_on", "words",
    "year",
}  # fmt: skip


def leaves(schema: type[BaseModel], way: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every field that a schema can hold, however deep, with its plain type."""
    for name, field in schema.model_fields.items():
        for plain in plains(field.annotation):
            if isinstance(plain, type) and issubclass(plain, BaseModel):
                yield f"{way}{name}", tuple
                yield from leaves(plain, f"{way}{name}.")
            else:
                yield f"{way}{name}", plain


def plains(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from plains(get_args(annotation)[0])
    elif get_origin(annotation) in (tuple, typing.Union, UnionType):
        for inner in get_args(annotation):
            if inner is not Ellipsis:
                yield from plains(inner)
    else:
        yield annotation


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_holds_words_numbers_and_days_of_public_bodies_and_nothing_else(kind: Kind[Any]) -> None:
    found = list(leaves(kind.schema))
    assert {name.rsplit(".", 1)[-1] for name, _plain in found} <= WORDS
    assert {plain for _name, plain in found} <= {str, int, bool, date, type(None), tuple}
    with pytest.raises(ValidationError):
        kind.schema.model_validate({"person": "Somebody"})


def test_a_field_that_no_kind_has_is_refused_however_deep_it_stands() -> None:
    schemas = {KINDS[name].schema for name in KINDS}
    nested = {inner for schema in schemas for inner in _nested(schema)}
    assert all(schema.model_config.get("extra") == "forbid" for schema in schemas | nested)


def _nested(schema: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for field in schema.model_fields.values():
        for plain in plains(field.annotation):
            if isinstance(plain, type) and issubclass(plain, BaseModel):
                yield plain
                yield from _nested(plain)


def test_no_way_leads_from_a_parcel_to_casework_or_the_vault() -> None:
    graph = grimp.build_graph("panoh")
    ours = [one for one in graph.modules if one.startswith("panoh.exchange.parcels") and "tests" not in one]
    assert len(ours) > 8
    closed = ("panoh.casework", "panoh.vault")
    reached = {far for one in ours for far in graph.find_upstream_modules(one) if far.startswith(closed)}
    assert reached == set()


def test_each_kind_is_put_in_after_those_that_it_names() -> None:
    order = [kind.name for kind in ordered()]
    assert sorted(order) == sorted(KINDS)
    assert all(order.index(before) < order.index(kind.name) for kind in KINDS.values() for before in kind.after)
