"""A grid of cells understood as a list of persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from panoh.casework.reading.columns import Layout, lay_out, surmise
from panoh.casework.reading.dates import order_of
from panoh.casework.reading.doubts import Person, look_across
from panoh.casework.reading.facts import NAME_FIELDS, Reader
from panoh.casework.reading.grid import Cell, Grid
from panoh.casework.reading.headings import forget
from panoh.casework.reading.kinds import kind_of
from panoh.casework.reading.people import is_nameless
from panoh.casework.reading.refusals import FileUnreadable, FormulaInstead, HeaderMissing, NoRows
from panoh.casework.reading.shapes import Column, Kind, ReadList, ReadRow, Remark, RowFacts, Status
from panoh.casework.reading.sorting import Sorted, sort_rows
from panoh.casework.reading.words import fold, is_nothing

LONGEST_CELL = {"name": 150, "birth": 150, "sex": 60, "kinship": 100}
BLANK_FAMILIES = 0.3
STRAY_CELLS = 10


def understand(
    grid: Grid, *, columns: Mapping[int, str] | None = None, today: date, kind: str | None = None
) -> ReadList:
    """Return the persons of a sheet with what is doubtful about each.

    columns: what a person said by hand, field (or "" for nothing) by column from 0; wins over what was recognised.

    Raises:
        HeaderMissing, NameColumnMissing, NamesNotSaid, ColumnWrong, FieldTwice, NoRows.
        FormulaInstead: a column of facts holds a formula.
    """
    try:
        return _understood(grid, columns or {}, today, kind)
    finally:
        forget()


def unread(grid: Grid, why: FileUnreadable, *, today: date, kind: str | None = None) -> ReadList:
    """Return a list of which nobody knows yet what its columns mean: its rows wait as they stand, none is dropped.

    why: HeaderMissing, NameColumnMissing or NamesNotSaid.

    Raises:
        NoRows: nothing in it could be a person.
    """
    try:
        layout = surmise(grid, today=today)
        found = sort_rows(grid.rows, layout.header, layout.start, layout.columns)
        if not found.persons:
            raise NoRows(row=layout.start)
        code = "header_missing" if isinstance(why, HeaderMissing) else "name_column_missing"
        row = layout.header.first + 1 if layout.header else 1
        own = [remark for remark in _list_remarks(grid, layout, found) if remark.code != "column_guessed"]
        remarks = [Remark(code, "", {"row": row, **why.details}, decides=True), *own]  # what is guessed is a proposal
        waits = Remark("columns_not_said", decides=True)
        rows = tuple(
            ReadRow(number, index + 1, _cells(grid.rows[index]), RowFacts(), (waits,), "unreadable")
            for number, (index, _) in enumerate(found.persons, 1)
        )
        return _list(grid, layout, found, rows, remarks, kind)
    finally:
        forget()


def _understood(grid: Grid, by_hand: Mapping[int, str], today: date, kind: str | None) -> ReadList:
    layout = lay_out(grid, by_hand, today=today)
    found = sort_rows(grid.rows, layout.header, layout.start, layout.columns)
    if not found.persons:
        raise NoRows(row=layout.start)
    _refuse_formulas(grid, layout.columns, found)
    list_kind, _ = _kind(grid, layout, found, kind)
    order = order_of(_texts(grid, layout.columns, found))
    reader = Reader(layout.columns, layout.languages, order, today, is_of_relatives=list_kind == "relatives")
    remarks = _list_remarks(grid, layout, found)
    rows = _rows(grid, layout, found, reader, remarks)
    return _list(grid, layout, found, rows, remarks, kind)


def _titles(found: Sorted) -> tuple[str, ...]:
    return tuple(row.words for row in found.skipped if row.reason == "title")


def _kind(grid: Grid, layout: Layout, found: Sorted, kind: str | None) -> tuple[Kind, str]:
    return kind_of(kind, layout.columns, _titles(found), grid.sheet, grid.file_name)


def _list(
    grid: Grid,
    layout: Layout,
    found: Sorted,
    rows: tuple[ReadRow, ...],
    remarks: Sequence[Remark],
    kind: str | None,
) -> ReadList:
    list_kind, kind_reason = _kind(grid, layout, found, kind)
    return ReadList(
        kind=list_kind,
        kind_reason=kind_reason,
        sheet=grid.sheet,
        titles=_titles(found),
        header_row=layout.header.first + 1 if layout.header else None,
        columns=layout.columns,
        rows=rows,
        skipped=tuple(found.skipped),
        languages=layout.languages,
        form=grid.form,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        declared_total=found.declared_total,
        remarks=tuple(remarks),
    )


def _texts(grid: Grid, columns: Sequence[Column], found: Sorted) -> list[str]:
    """Return what is written as dates of birth."""
    column = next((column for column in columns if column.field == "birth"), None)
    if column is None:
        return []
    rows = (grid.rows[index] for index, _ in found.persons)
    return [row[column.index].text for row in rows if column.index < len(row) and row[column.index].day is None]


def _refuse_formulas(grid: Grid, columns: Sequence[Column], found: Sorted) -> None:
    of_facts = [column for column in columns if column.field not in {None, "number"}]
    for index, _ in found.persons:
        row = grid.rows[index]
        for column in of_facts:
            if column.index < len(row) and row[column.index].is_formula:
                raise FormulaInstead(row=index + 1, letter=column.letter, column=column.heading)


def _rows(grid: Grid, layout: Layout, found: Sorted, reader: Reader, remarks: list[Remark]) -> tuple[ReadRow, ...]:
    numbers = _numbers(grid, layout.columns, found, remarks)
    read = [
        reader.facts_of(grid.rows[index], number) for (index, _), number in zip(found.persons, numbers, strict=True)
    ]
    families = _families([facts.family_number for facts, _ in read], [section for _, section in found.persons], remarks)
    people = [
        Person(number, replace(facts, family_number=family), list(own))
        for number, (facts, own), family in zip(numbers, read, families, strict=True)
    ]
    broken = [
        _broken(grid.rows[index], person.facts, layout, grid.form)
        for (index, _), person in zip(found.persons, people, strict=True)
    ]
    whole = [person for person, remark in zip(people, broken, strict=True) if remark is None]
    headings = {column.field: column.heading for column in layout.columns if column.field}
    headings.setdefault("name", next((headings[name] for name in NAME_FIELDS if name in headings), ""))
    look_across(whole, headings, is_of_relatives=reader.is_of_relatives)
    rows = []
    for (index, _), person, remark in zip(found.persons, people, broken, strict=True):
        cells = _cells(grid.rows[index])
        own = [remark] if remark else person.remarks
        if any("\ufffd" in text for text in cells.values()):
            own = [*own, Remark("letters_lost", decides=True)]
        rows.append(ReadRow(person.number, index + 1, cells, person.facts, tuple(own), _status(remark, own)))
    return tuple(rows)


def _cells(row: Sequence[Cell]) -> dict[int, str]:
    return {place: cell.text for place, cell in enumerate(row) if cell.is_filled}


def _status(broken: Remark | None, remarks: Sequence[Remark]) -> Status:
    if broken:
        return "unreadable"
    return "needs_decision" if any(remark.decides for remark in remarks) else "ready"


def _broken(row: Sequence[Cell], facts: RowFacts, layout: Layout, form: str) -> Remark | None:
    """Return why a row cannot be read at all, or nothing."""
    for column in layout.columns:
        limit = LONGEST_CELL.get(column.field or "")
        if limit and column.index < len(row) and len(row[column.index].text) > limit:
            letters = len(row[column.index].text)
            return Remark("cell_too_long", column.heading, {"letters": letters}, decides=True, is_blocking=True)
    headed = max((column.index for column in layout.columns if column.heading or column.field), default=-1) + 1
    beyond = [index for index, cell in enumerate(row) if index >= headed and cell.is_filled]
    if layout.header and beyond and (form == "csv" or len(beyond) >= STRAY_CELLS):
        details = {"cells": max(beyond) + 1, "columns": headed}
        return Remark("too_many_cells", "", details, decides=True, is_blocking=True)
    tells = facts.name or facts.birth.year or facts.sex or facts.kinship or facts.document_number
    named = (
        row[column.index].text for column in layout.columns if column.field in NAME_FIELDS and column.index < len(row)
    )
    # "Unknown child" alone is a person too, whom nobody could name.
    tells = tells or any(is_nameless(words) and not is_nothing(words) for words in named)
    return None if tells else Remark("no_person", "", {}, decides=True, is_blocking=True)


def _numbers(grid: Grid, columns: Sequence[Column], found: Sorted, remarks: list[Remark]) -> list[int]:
    """Return the list's own numbers if they tell every row apart, and running numbers otherwise."""
    running = list(range(1, len(found.persons) + 1))
    column = next((column for column in columns if column.field == "number"), None)
    if column is None:
        return running
    own = []
    for index, _ in found.persons:
        row = grid.rows[index]
        text = fold(row[column.index].text) if column.index < len(row) else ""
        own.append(int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0)
    if all(own) and len(set(own)) == len(own):
        return own
    if any(own):
        remarks.append(Remark("numbers_repeated", column.heading))
    return running


def _families(own: Sequence[str], sections: Sequence[str], remarks: list[Remark]) -> list[str]:
    """Return the family numbers, carried on where only the first person of each family has one."""
    if any(sections) and not any(own):
        return list(sections)
    blank = sum(not family for family in own)
    if not own or not own[0] or blank < BLANK_FAMILIES * len(own) or len(set(own)) < 3:
        return list(own)
    firsts = [family for family in own if family]
    if len(set(firsts)) < len(firsts):  # a number that comes again after a gap is no first of a family
        return list(own)
    carried, families = "", []
    for family in own:
        carried = family or carried
        families.append(carried)
    remarks.append(Remark("families_filled"))
    return families


def _list_remarks(grid: Grid, layout: Layout, found: Sorted) -> list[Remark]:
    remarks: list[Remark] = []
    read = len(found.persons)
    if found.declared_total is not None and found.declared_total != read:
        totals = {"declared": found.declared_total, "read": read}
        remarks.append(Remark("total_differs", "", totals, decides=True))
    if grid.damaged_letters:
        remarks.append(Remark("letters_lost_in_list", "", {"count": grid.damaged_letters}, decides=True))
    if len(grid.sheets) > 1:
        names = ", ".join(grid.sheets)
        remarks.append(Remark("sheet_chosen", "", {"count": len(grid.sheets), "sheets": names, "sheet": grid.sheet}))
    for column in layout.columns:
        if column.how == "guessed from the values":
            details = {"heading": column.heading or column.letter, "field": column.field}
            remarks.append(Remark("column_guessed", column.heading, details, decides=True))
    if unread := [column.heading for column in layout.columns if column.heading and not column.field]:
        remarks.append(Remark("columns_not_understood", "", {"headings": ", ".join(unread)}))
    return remarks
