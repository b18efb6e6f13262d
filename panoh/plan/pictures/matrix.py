"""The rows of the matrix as text: 9,000 cells through a template would take longer than all the rest of the page."""

from __future__ import annotations

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from panoh.plan.models import LETTERS, Status
from panoh.plan.queries import Matrix
from panoh.plan.queries.progress import NOT_REPORTED

MOST_LETTERS = 56


def cell_class(state: int) -> str:
    """Return the class by which a status has its colour, in the matrix and in bars."""
    return f"s{state}"


def matrix_rows(shown: Matrix) -> SafeString:
    """Return the rows of the table: a cell is a letter with a class; its closing tag may be left out (HTML, 13.1.2.4).

    The link of a row is relative to the address of the matrix.
    """
    cells = {state: f"<td class={cell_class(state)}>{escape(LETTERS[state])}" for state in Status.State}
    cells[NOT_REPORTED] = "<td>–"  # type: ignore[index]  # no status of its own
    wide, pillar, lines = len(shown.countries) + 1, None, []
    for row in shown.rows:
        if row.action.area.pillar_id != pillar:
            pillar = row.action.area.pillar_id
            title = escape(row.action.area.pillar)
            lines.append(f'<tr class="pillar"><th colspan="{wide}" scope="colgroup"><span>{title}</span>')
        told = "".join("<td>" if state is None else cells[state] for state in row.states)  # type: ignore[index]
        lines.append(f"{_head(row.action.code, str(row.action.text))}{told}")
    return mark_safe("\n".join(lines))  # noqa: S308  # made of escaped parts above


def _head(code: str, text: str) -> str:
    short = text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…"
    return format_html('<tr><th><a href="{}/">{}</a> {}', code, code, short)
