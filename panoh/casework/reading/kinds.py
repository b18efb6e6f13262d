"""What kind of list a sheet is: of passengers, of a camp, or applications of relatives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext_lazy as _

from panoh.casework.reading.shapes import Column, Kind
from panoh.casework.reading.words import meanings

KINDS: tuple[Kind, ...] = ("passenger", "camp", "relatives")
_JOINED = re.compile(r"[_\-.]+")

BY_HAND = _("chosen by hand")
BY_APPLICANT = _("it has a column of applicants, “%(heading)s”")
BY_WORD = _("the word “%(word)s” stands in %(where)s")
BY_DEFAULT = _("nothing in it names a camp or applicants")
PLACES = (_("the title"), _("a heading"), _("the name of the sheet"), _("the name of the file"))


def kind_of(
    chosen: str | None, columns: Sequence[Column], titles: Sequence[str], sheet: str, file_name: str
) -> tuple[Kind, str]:
    """Return (kind, why): what was chosen, a column of applicants, then words in the title, headings and names."""
    if chosen in KINDS:
        return chosen, str(BY_HAND)
    for column in columns:
        if column.field in {"applicant", "applicant_kinship"}:
            return "relatives", str(BY_APPLICANT) % {"heading": column.heading}
    headings = " · ".join(column.heading for column in columns if not column.field)
    places = (" · ".join(titles), headings, sheet, file_name.rsplit(".", 1)[0])
    for words, where in zip(places, PLACES, strict=True):
        found = meanings("kinds").within(_JOINED.sub(" ", words))
        if found:
            kind, word = found[0]
            return cast("Kind", kind), str(BY_WORD) % {"word": word, "where": where}
    return "passenger", str(BY_DEFAULT)
