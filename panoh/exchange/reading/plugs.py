"""The seam for a language model on this machine: it may suggest statements, and none enters without its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from panoh.exchange.reading.words import Span
from panoh.exchange.refusals import ModelMissing


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A statement that a model found: who, how, the exact words and where they stand."""

    speaker: str
    act: str
    quote: str
    start: int

    @property
    def span(self) -> Span:
        """Return where the words stand."""
        return Span(self.start, self.start + len(self.quote))


class Model(Protocol):
    """A model that reads a report on this machine."""

    def suggest(self, text: str) -> Sequence[Suggestion]:
        """Return the statements it finds in a text."""


def checked(model: Model, text: str) -> list[Suggestion]:
    """Return what a model suggests and the text says at that very place; the rest is dropped."""
    return [
        one
        for one in model.suggest(text)
        if one.quote and one.start >= 0 and text[one.span.start : one.span.end] == one.quote
    ]


def model_called(name: str) -> Model | None:
    """Return the model that a setting names as module:object; nothing without a name.

    Raises:
        ModelMissing: there is no such module, or nothing of that name in it.
    """
    if not name:
        return None
    module, _, attribute = name.partition(":")
    try:
        return cast(Model, getattr(import_module(module), attribute))
    except (ImportError, AttributeError, ValueError) as error:
        raise ModelMissing(name=name) from error
