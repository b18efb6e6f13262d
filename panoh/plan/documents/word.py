"""A document for a word processor (DOCX), made of headed parts of text with few marks (documents/light.py)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from lxml import etree

from panoh.plan.documents.light import Block, blocks

MARGIN_MM, WIDTH_MM, HEIGHT_MM = 22, 210, 297
LEAST_LETTERS, MOST_LETTERS = 14, 36
# Source: XML 1.0, section 2.2.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
TEAL = RGBColor(0x0B, 0x5F, 0x63)


@dataclass(frozen=True)
class Part:
    """A heading and the text below it."""

    heading: str
    text: str


def as_docx(title: str, under: str, parts: Sequence[Part], *, language: str = "en") -> bytes:
    """Return a document on A4: a title, a line below it, and parts with real headings and tables with heads."""
    document = _empty(language)
    document.core_properties.title, document.core_properties.language = title, language
    document.add_heading(title, level=0)
    if under:
        document.add_paragraph(under, style="Subtitle")
    for part in parts:
        document.add_heading(part.heading, level=1)
        for block in blocks(NOT_IN_XML.sub("", part.text)):
            _add(document, block)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _empty(language: str) -> Document:
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(10.5)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(spoken)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Noto Sans", TEAL
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    return document


def _add(document: Document, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(block.lines[0], level=2)
    elif block.kind == "list":
        for line in block.lines:
            document.add_paragraph(line, style="List Bullet")
    elif block.kind == "table":
        _fill(document.add_table(rows=len(block.rows) + 1, cols=len(block.head), style="Table Grid"), block)
        document.add_paragraph()
    else:
        document.add_paragraph("\n".join(block.lines))


def _widths(rows: Sequence[Sequence[str]]) -> list[Mm]:
    """Return how wide each column is: by its longest text, within limits."""
    longest = [min(MOST_LETTERS, max(LEAST_LETTERS, *map(len, column))) for column in zip(*rows, strict=True)]
    room = WIDTH_MM - 2 * MARGIN_MM
    return [Mm(room * letters / sum(longest)) for letters in longest]


def _fill(table: Table, block: Block) -> None:
    rows = [block.head, *block.rows]
    widths = _widths(rows)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.text, cell.width = text, width
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    etree.SubElement(table.rows[0]._tr.get_or_add_trPr(), qn("w:tblHeader"))  # python-docx has no name for it
