"""Tables of web pages, which some systems save under the name of a workbook."""

from __future__ import annotations

from html.parser import HTMLParser

from panoh.casework.reading.refusals import TypeUnknown
from panoh.casework.reading.sheets import MOST_COLUMNS, Raw, RawSheet, take


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[Raw]]] = []
        self.depth = 0
        self.words: list[str] | None = None
        self.span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            self.tables.append([])
        elif tag == "tr" and self.depth:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.depth and self.tables[-1]:
            self._end_cell()
            self.words = []
            span = dict(attrs).get("colspan") or "1"
            self.span = min(int(span), MOST_COLUMNS) if span.isascii() and span.isdigit() and len(span) < 6 else 1
        elif tag == "br" and self.words is not None:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "table":
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def _end_cell(self) -> None:
        if self.words is not None and self.tables and self.tables[-1]:
            self.tables[-1][-1].extend([" ".join("".join(self.words).split()), *[""] * (self.span - 1)])
        self.words = None


def read_page(text: str, encoding: str) -> list[RawSheet]:
    """Return the largest table of a page as one sheet.

    Raises:
        TypeUnknown: the page has no table.
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    if not any(parser.tables):
        raise TypeUnknown(found="a web page without a table")
    largest = max(parser.tables, key=len)
    return [RawSheet(name="", rows=take((row, 1) for row in largest), form="html", encoding=encoding)]
