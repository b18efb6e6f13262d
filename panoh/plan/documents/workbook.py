"""A plan as a workbook: one action a row, every text a text, so that no spreadsheet runs any."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from panoh.access.cells import fill
from panoh.plan.documents.outline import PlanTold

__all__ = ["as_workbook"]

WIDTHS = (7, 24, 24, 9, 50, 24, 28, 11, 11, 24, 24, 18)
COUNTRY = 14
A3 = 8
HEAD = PatternFill("solid", fgColor="DDEBEA")


def as_workbook(told: PlanTold) -> bytes:
    """Return the plan as .xlsx: a sheet of actions, a column for the status in each state, and one about the plan."""
    book = Workbook()
    book.properties.creator, book.properties.title = "Panoh", told.title
    with override(told.language):
        sheet = book.worksheets[0]
        sheet.title = _("Actions")[:31]
        fill(sheet, f"{told.title}, {told.standing}", _heads(told), _rows(told))
        _lay_out(sheet)
        about = book.create_sheet(_("About")[:31])
        fill(about, told.title, (_("What"), _("Which")), _about(told))
        about.column_dimensions["A"].width, about.column_dimensions["B"].width = 16, 80
        _on_one_page_wide(about)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _countries(told: PlanTold) -> list[str]:
    """Return the states that get a column of their own; none before anything was reported."""
    return list(told.states) if told.has_statuses else []


def _heads(told: PlanTold) -> list[str]:
    return [
        _("Pillar"), _("Title of the pillar"), _("Area"), _("No."), _("Action"), _("Leads"), _("Others"), _("From"),
        _("Until"), _("Countries"), _("Source"), _("How we know of it"), *_countries(told),
    ]  # fmt: skip


def _rows(told: PlanTold) -> list[Sequence[str | date | None]]:
    rows: list[Sequence[str | date | None]] = []
    for pillar in told.pillars:
        for area in pillar.areas:
            for action in area.actions:
                words = {one.country: one.word or _("not reported") for one in action.statuses}
                rows.append((
                    pillar.roman, pillar.title, f"{area.code} {area.title}", action.code, action.text, action.lead,
                    "; ".join(action.others), action.starts, action.ends, ", ".join(action.states), action.source,
                    action.grade, *(words.get(country, "") for country in _countries(told)),
                ))  # fmt: skip
    return rows


def _about(told: PlanTold) -> list[tuple[str, str | date | None]]:
    return [
        (_("Code"), told.code), (_("State"), told.standing), (_("Countries"), ", ".join(told.states)),
        (_("From"), told.starts), (_("Until"), told.ends), (_("Adopted"), told.adopted_on),
        (_("Where"), told.adopted_at), (_("Source"), told.source),
    ]  # fmt: skip


def _lay_out(sheet: Worksheet) -> None:
    for place, column in enumerate(sheet.iter_cols(min_row=2), 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[place - 1] if place <= len(WIDTHS) else COUNTRY
        column[0].fill = HEAD
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.auto_filter.ref = f"A2:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    sheet.freeze_panes = "E3"
    sheet.page_setup.paperSize = A3
    _on_one_page_wide(sheet)


def _on_one_page_wide(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
