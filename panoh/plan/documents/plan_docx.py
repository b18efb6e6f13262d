"""A plan as a Word document that can be edited."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row

from panoh.access.cells import plain
from panoh.plan.documents.outline import ActionTold, AreaTold, PlanTold

__all__ = ["as_docx"]

FONT = "Arial"  # on every machine with an office program, with Cyrillic and the Latin letters of the region
SHADE = "E6F0EF"
TEAL = RGBColor(0x0B, 0x5F, 0x63)
WIDTHS = (Mm(18), Mm(106), Mm(62), Mm(32), Mm(47))


def as_docx(told: PlanTold) -> bytes:
    """Return the plan as .docx: pillars and areas as headings, a table of actions under each area."""
    with override(told.language):
        document = _blank(told)
        document.add_heading(plain(told.title), 0)
        for line in _about(told):
            document.add_paragraph(plain(line)).paragraph_format.space_after = Pt(2)
        for pillar in told.pillars:
            document.add_heading(plain(f"{pillar.roman}. {pillar.title}"), 1)
            for area in pillar.areas:
                _area(document, told, area)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _blank(told: PlanTold) -> Document:
    document = docx.Document()
    document.core_properties.title = plain(told.title)[:255]
    document.core_properties.author = "Panoh"
    document.core_properties.language = told.language
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(16)
    for name, size in (("Normal", 9.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        if name != "Normal":
            style.font.color.rgb = TEAL
    _add(document.styles["Normal"].element.get_or_add_rPr(), "w:lang", val=told.language)
    return document


def _about(told: PlanTold) -> Iterable[str]:
    yield told.standing
    if told.adopted_on:
        yield _("Adopted: %(what)s") % {
            "what": ", ".join(filter(None, (date_format(told.adopted_on), told.adopted_at)))
        }  # fmt: skip
    yield _("Countries: %(what)s") % {"what": ", ".join(told.states)}
    if told.source:
        yield _("Source: %(what)s") % {"what": told.source}


def _area(document: Document, told: PlanTold, area: AreaTold) -> None:
    document.add_heading(plain(f"{area.code} {area.title}"), 2)
    if area.rationale:
        document.add_paragraph(plain(area.rationale)).paragraph_format.keep_with_next = True
    if not area.actions:
        document.add_paragraph(_("No action in this area yet."))
        return
    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    last = _("Countries and status") if told.has_statuses else _("Countries")
    _write(table.rows[0].cells, (_("No."), _("Action"), _("Who"), _("When"), last))
    _mark_heading(table.rows[0])
    for action in area.actions:
        _write(table.add_row().cells, (action.code, action.text, _who(action), _when(action), _where(action)))
    for row in table.rows:
        _add(row._tr.get_or_add_trPr(), "w:cantSplit")
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width


def _mark_heading(row: _Row) -> None:
    """Repeat a row on each page, shaded and bold; python-docx has no names for it."""
    _add(row._tr.get_or_add_trPr(), "w:tblHeader")
    for cell in row.cells:
        _add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=SHADE)
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True
        for run in (run for line in cell.paragraphs for run in line.runs):
            run.font.bold = True


def _add(under: Any, name: str, **values: str) -> None:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    under.append(element)


def _write(cells: Sequence[_Cell], texts: Sequence[str]) -> None:
    for cell, text, width in zip(cells, texts, WIDTHS, strict=True):
        cell.width = width
        cell.text = plain(text)


def _who(action: ActionTold) -> str:
    lead = [_("%(body)s (leads)") % {"body": action.lead}] if action.lead else []
    return "\n".join([*lead, *action.others]) or _("nobody named")


def _when(action: ActionTold) -> str:
    starts, ends = (date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (action.starts, action.ends))
    if starts and ends:
        return f"{starts} – {ends}"
    if starts:
        return _("from %(day)s") % {"day": starts}
    return _("until %(day)s") % {"day": ends} if ends else _("not set")


def _where(action: ActionTold) -> str:
    if not action.statuses:
        return ", ".join(action.states)
    return "\n".join(f"{one.country}: {one.word or _('not reported')}" for one in action.statuses)
