"""The words that no print and no message to an outside office holds, and the check that keeps them out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from panoh.casework.never_built import Allowed, expression, plain
from panoh.casework.refusals_referrals import LabelInIt

RULES_FILE = Path(__file__).parent / "data" / "outside_words.toml"
_CUT = " ¦ "


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    help: str = Field(min_length=20)
    words: tuple[str, ...] = Field(min_length=1)


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    label: tuple[_Label, ...] = Field(min_length=1)
    allowed: tuple[Allowed, ...] = ()


def require_neutral(texts: Iterable[object]) -> None:
    """Refuse texts that would tell an outside reader where somebody came from, or call them by it.

    Raises:
        LabelInIt: naming the first such word, as it stands in the text.
    """
    for text in texts:
        if found := label_in(str(text)):
            raise LabelInIt(word=found[0], why=found[1])


def label_in(text: str) -> tuple[str, str] | None:
    """Return the first label in a text and why it must not stand there; None if there is none."""
    searched = _allowed().sub(_CUT, plain(text))
    for pattern, why in _patterns():
        if found := pattern.search(searched):
            return found[0].strip(), gettext(why)
    return None


@cache
def _rules() -> _Rules:
    return _Rules.model_validate(tomllib.loads(RULES_FILE.read_text(encoding="utf-8")))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile("|".join(expression(written) for written in kind.words)), kind.help) for kind in _rules().label
    )


@cache
def _allowed() -> re.Pattern[str]:
    return re.compile("|".join(expression(one.words) for one in _rules().allowed) or r"(?!)")
