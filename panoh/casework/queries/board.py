"""A family's plan as a board: a row for each open need, its steps under how far they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from panoh.access.entrances import Actor
from panoh.casework.models import Case, Family
from panoh.casework.queries.family import BoardNeed, BoardStep, needs_of
from panoh.casework.queries.purposes import purpose_for
from panoh.vault.queries import names_of

__all__ = ["Board", "Row", "board_of"]


@dataclass(frozen=True)
class Row:
    """One need, and its steps in each column; an urgent need without an owner and a date is not covered."""

    need: BoardNeed
    columns: list[str]
    cells: list[list[BoardStep]]

    @property
    def labelled(self) -> list[tuple[str, list[BoardStep]]]:
        """Return the steps in each column, with what it is called."""
        return list(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True)
class Board:
    """The columns, and a row for each need: those open first, the urgent ones above."""

    columns: list[str]
    rows: list[Row]

    @property
    def totals(self) -> list[int]:
        """Return how many steps stand in each column."""
        return [sum(len(row.cells[number]) for row in self.rows) for number in range(len(self.columns))]


def board_of(actor: Actor, family: Family) -> Board:
    """Return the board of a family's plan; names are opened for the purpose of the file."""
    cases = list(Case.objects.filter(family=family).select_related("person").order_by("pk"))
    people = {case.person_id: case.person for case in cases}
    names = names_of(
        actor, [one.identity_id for one in people.values()], purpose=purpose_for(actor, family), about=family.code
    )
    called = {pk: names.get(one.identity_id, "") or one.code for pk, one in people.items()}
    columns = [_("Without owner or day"), _("Planned"), _("Late"), _("Waits for others"), _("Ended")]
    return Board(columns, [Row(need, columns, _cells(need.steps, family)) for need in needs_of(cases, called)])


def _cells(steps: Iterable[BoardStep], family: Family) -> list[list[BoardStep]]:
    cells: list[list[BoardStep]] = [[] for _column in range(5)]
    for one in steps:
        cells[_column(one, family)].append(one)
    return cells


def _column(one: BoardStep, family: Family) -> int:
    if one.outcome:
        return 4
    if one.is_late:
        return 2
    if not one.step.is_complete:
        return 0
    return 3 if one.step.provider_id not in (None, family.agency_id) else 1
