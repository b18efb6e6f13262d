"""Forms in which a person says what the columns of a list mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.casework.models import ArrivalList
from panoh.casework.queries.columns import ColumnSeen
from panoh.casework.queries.lists import ColumnLine
from panoh.casework.reading import FIELDS


class ColumnsForm(forms.Form):
    """What each column of a file means; one that was not sent stays what it was taken for."""

    def __init__(self, columns: Sequence[ColumnLine], *args: Any, **kwargs: Any) -> None:
        """columns: those to be asked about, with what they were taken for."""
        super().__init__(*args, **kwargs)
        self.columns = columns
        for column in columns:
            self.fields[_name(column)] = forms.ChoiceField(
                label=_called(column),
                choices=[("", _("not used")), *FIELDS.items()],
                initial=column.field,
                required=False,
            )

    def said(self) -> dict[int, str]:
        """Return what each column means, by its place from 0."""
        sent = {column.index: self.cleaned_data[_name(column)] for column in self.columns if _name(column) in self.data}
        return {column.index: sent.get(column.index, column.field) for column in self.columns}

    def changed(self) -> list[tuple[str, str]]:
        """Return heading and field of the columns that were put right."""
        said = self.said()
        return [(column.heading, said[column.index]) for column in self.columns if said[column.index] != column.field]


class ReadAnewForm(ColumnsForm):
    """What each column of a draft means, beside what stands in it, and what kind of list it is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of list"),
        required=False,
        choices=[("", gettext_lazy("find out from the file")), *ArrivalList.Kind.choices],
    )

    def __init__(self, columns: Sequence[ColumnSeen], *args: Any, **kwargs: Any) -> None:
        """columns: those in which something stands."""
        super().__init__([seen.line for seen in columns], *args, **kwargs)
        self.seen = columns
        for line in self.columns:
            self.fields[_name(line)].widget.attrs["class"] = "form-select"

    @property
    def lines(self) -> list[tuple[ColumnSeen, BoundField]]:
        """Return each column with its choice."""
        return [(seen, self[_name(seen.line)]) for seen in self.seen]


def _name(column: ColumnLine) -> str:
    return f"column-{column.index}"


def _called(column: ColumnLine) -> str:
    if not column.heading:
        return _("Column %(letter)s") % {"letter": column.letter}
    return _("Column %(letter)s: %(heading)s") % {"letter": column.letter, "heading": column.heading}
