"""The rows of the matrix as text: 9,000 cells through a template would take longer than all the rest of the page."""

from __future__ import annotations

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from panoh.plan.models import LETTERS
from panoh.plan.queries import Matrix
from panoh.plan.queries.progress import NOT_REPORTED

MANY = 3000  # cells from which a row has less text
LETTERS_USUALLY, LETTERS_OF_MANY = 90, 40


def cell_class(state: int) -> str:
    """Return the class by which a status has its colour, in the matrix and in bars."""
    return f"s{state}"


def commonest(shown: Matrix) -> int:
    """Return the status that most cells have; theirs need no class, the table's own colours them."""
    return max(shown.counted, key=lambda state: shown.counted[state], default=NOT_REPORTED)


def matrix_rows(shown: Matrix) -> SafeString:
    """Return the rows of the table: a cell is a letter with a class; its closing tag may be left out (HTML, 13.1.2.4).

    The link of a row is relative to the address of the matrix.
    """
    usual = commonest(shown)
    letters: dict[int, str] = {NOT_REPORTED: "–", **{int(state): str(letter) for state, letter in LETTERS.items()}}
    cells: dict[int | None, str] = {None: "<td>"}
    for state, letter in letters.items():
        cells[state] = f"<td{'' if state == usual else f' class={cell_class(state)}'}>{escape(letter)}"
    most = LETTERS_OF_MANY if shown.cells > MANY else LETTERS_USUALLY
    wide, pillar, lines = len(shown.countries) + 1, None, list[str]()
    pillars = {one.pk: one for one in shown.pillars}
    for row in shown.rows:
        if row.action.pillar_id != pillar:
            pillar = row.action.pillar_id
            title = escape(pillars[pillar])
            lines.append(f'<tr class="pillar"><th colspan="{wide}" scope="colgroup"><span>{title}</span>')
        lines.append(_head(row.action.code, str(row.action.text), most) + "".join(cells[state] for state in row.states))
    return mark_safe("\n".join(lines))  # noqa: S308  # made of escaped parts above


def _head(code: str, text: str, most: int) -> str:
    short = text if len(text) <= most else f"{text[:most].rstrip()}…"
    return format_html('<tr><th><a href="{}/">{}</a> {}', code, code, short)
