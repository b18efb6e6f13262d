"""A text in several languages: shown in the reader's, or in the one it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language

__all__ = ["Wording", "WordingField"]


class Wording(dict[str, str]):
    """A text by language code, the language it was written in first."""

    @property
    def language(self) -> str:
        """Return the language in which the reader gets it: theirs, or the one it was written in."""
        asked = (get_language() or "").split("-")[0]
        return asked if self.get(asked) else next((code for code, text in self.items() if text), "")

    def __str__(self) -> str:
        return self.get(self.language, "")

    def worded(self, language: str, text: str) -> Wording:
        """Return the wording with a text in one language replaced, added or, when empty, taken out."""
        told = {**self, language: text}
        return Wording({code: said for code, said in told.items() if said})


class WordingField(models.JSONField):
    """A column of wordings: a JSON list of pairs, for jsonb would forget which language came first."""

    description = "A text in several languages"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Wording)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Wording | None:
        """Return the wording that the column holds."""
        read = super().from_db_value(value, expression, connection)
        return None if read is None else Wording(read)

    def get_prep_value(self, value: Any) -> Any:
        """Return what the column keeps."""
        return [[code, text] for code, text in value.items()] if isinstance(value, Mapping) else value

    def to_python(self, value: Any) -> Any:
        """Return a wording of what a form or a fixture gives."""
        return value if value is None or isinstance(value, Wording) else Wording(value)
