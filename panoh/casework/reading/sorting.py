"""Which rows of a sheet are persons, and what the others are: nothing is dropped without a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from panoh.casework.reading.grid import Cell
from panoh.casework.reading.headings import Header, is_number
from panoh.casework.reading.shapes import Column, SkippedRow
from panoh.casework.reading.words import columns as heading_words
from panoh.casework.reading.words import fold, words_for

_DIGITS = re.compile(r"[0-9]{1,6}")
TELLING = (
    "name",
    "surname",
    "given_name",
    "sex",
    "birth",
    "age",
    "kinship",
    "document",
    "document_number",
    "applicant",
)


@dataclass
class Sorted:
    """The rows of persons (index from 0, with the family its section names), the others, and the stated total."""

    persons: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    declared_total: int | None = None


def sort_rows(rows: Sequence[Sequence[Cell]], header: Header | None, start: int, columns: Sequence[Column]) -> Sorted:
    """Return every row of the sheet as a person or as something else; start: the first row under the headings."""
    found = Sorted()
    fields = {column.field: column.index for column in columns if column.field}
    section, after_total = "", False
    for index, row in enumerate(rows):
        texts = {place: "" if cell.is_formula else cell.text for place, cell in enumerate(row) if cell.is_filled}
        reason = _reason(index, texts, header, start, fields, after_total)
        if reason == "total":
            after_total = True
            total = _declared(texts)
            found.declared_total = total if total is not None else found.declared_total
        elif reason == "section":
            section = _section(texts)
        if not reason:
            after_total = False
            found.persons.append((index, section))
            continue
        words = " · ".join(text for text in texts.values() if text)
        found.skipped.append(SkippedRow(index + 1, reason, words))  # type: ignore[arg-type]
    return found


def _reason(
    index: int,
    texts: Mapping[int, str],
    header: Header | None,
    start: int,
    fields: Mapping[str, int],
    after_total: bool,
) -> str:
    """Return why a row is no person, or an empty text."""
    if not texts:
        return "blank"
    if index < start:
        return "heading" if header and header.first <= index <= header.last else "title"
    telling = [fields[name] for name in TELLING if name in fields and texts.get(fields[name])]
    if header and _repeats(texts, header):
        return "heading_repeated"
    if header and index == start and _counts_columns(texts):
        return "column_numbers"
    if _starts_with("total", texts, telling, fields):
        return "total"
    if set(texts) <= {fields.get("number", -1)} and all(not text or is_number(text) for text in texts.values()):
        return "only_a_number"
    if (
        len(texts) == 1
        and _section(texts)
        and not any(place == fields.get("name") and not _is_family(texts) for place in texts)
    ):
        return "section"
    if after_total and len(telling) <= 1 and not _has_own_number(texts, fields):
        return "after_the_total"
    if len(texts) <= 3 and _starts_with("signature", texts, telling, fields):
        return "signature"
    return ""


def _has_own_number(texts: Mapping[int, str], fields: Mapping[str, int]) -> bool:
    return "number" in fields and is_number(texts.get(fields["number"], ""))


def _repeats(texts: Mapping[int, str], header: Header) -> bool:
    same = sum(fold(text) == fold(header.headings.get(place, "")) for place, text in texts.items())
    return same >= 2 and 2 * same > len(texts)


def _counts_columns(texts: Mapping[int, str]) -> bool:
    numbers = [int(text) for text in texts.values() if text.isascii() and text.isdigit() and len(text) < 4]
    return (
        len(texts) > 2
        and numbers == list(range(numbers[0] if numbers else 1, len(texts) + (numbers[0] if numbers else 1)))
        and numbers[0] in {0, 1}
    )


def _starts_with(what: str, texts: Mapping[int, str], telling: Sequence[int], fields: Mapping[str, int]) -> bool:
    """Tell whether a row is a total or a signature: it starts with such a word, and says nothing else of a person."""
    first = fold(next((text for text in texts.values() if text and not is_number(text)), ""))
    words = words_for("total" if what == "total" else "signature")
    if not any(first == word or first.startswith(f"{word} ") for word in words):
        return False
    numbers_aside = [place for place in telling if not is_number(texts[place])]
    persons = {fields.get("birth"), fields.get("sex"), fields.get("kinship")} & set(numbers_aside)
    # A person may be called like the word for "total" (Jami): then sex, birth or kinship are told as well.
    return not persons or len(numbers_aside) <= 1


def _declared(texts: Mapping[int, str]) -> int | None:
    for text in texts.values():
        if found := _DIGITS.search(fold(text)):
            return int(found[0])
    return None


def _is_family(texts: Mapping[int, str]) -> bool:
    first = fold(next(iter(texts.values())))
    return any(first.startswith(f"{word} ") or first == word for word in _family_words())


def _section(texts: Mapping[int, str]) -> str:
    """Return the number in a lone cell such as "Семья № 5", or an empty text."""
    only = next(iter(texts.values()), "")
    found = _DIGITS.search(fold(only))
    return found[0] if found and _is_family(texts) and len(fold(only).split()) <= 4 else ""


def _family_words() -> set[str]:
    return {fold(word) for spelled in heading_words()["family_number"].values() for word in spelled}
