"""What the exchange's operations share: texts by language, states by their letters."""

from __future__ import annotations

from typing import Annotated

from ninja import Field
from pydantic import StringConstraints

from panoh.access.api import NO_OTHER_KEYS
from panoh.access.wordings import Wording

__all__ = ["Link", "Short", "State", "Text", "Worded", "Words", "wording"]

Language = Annotated[str, StringConstraints(pattern=r"^(en|ru|kk|ky|tg|tk|uz)$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=20_000)]
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=20_000)]
Short = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=400)]
_HOST = r"([a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?\.){1,6}[a-z]{2,20}"
Link = Annotated[str, StringConstraints(pattern=rf"^(https?://{_HOST}([/?#][!-~]*)?)?$", max_length=400)]
State = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
# By language, the one it was written in first.
Worded = Annotated[dict[Language, Said], Field(min_length=1, max_length=7, json_schema_extra=NO_OTHER_KEYS)]
MaybeWorded = Annotated[dict[Language, Said], Field(max_length=7, json_schema_extra=NO_OTHER_KEYS)]


def wording(given: dict[str, str]) -> Wording:
    """Return a text by language as a record keeps it."""
    return Wording(given)
