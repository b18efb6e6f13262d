"""Entering a whole file of published figures."""

from __future__ import annotations

from panoh.access.entrances import Actor, action
from panoh.plan.actions.figures import add_operation, record_figure
from panoh.plan.models import Operation
from panoh.plan.record_file import operations_read
from panoh.plan.refusals_figures import FigureThere, FileNotOfFigures

__all__ = ["enter_record"]


@action("figure.record")
def enter_record(actor: Actor, *, text: str) -> int:
    """Enter what a file holds and is not on record yet; return how many figures that were.

    Raises:
        FileNotOfFigures: it is no such file.
        PlaceTooSmall: it speaks of a place below a country.
    """
    known = {operation.code: operation for operation in Operation.objects.all()}
    entered = 0
    for read in operations_read(text):
        if missing := set(read.adds_up) - known.keys():
            raise FileNotOfFigures(why=", ".join(sorted(missing)))
        if read.code not in known:
            known[read.code] = add_operation(
                actor, code=read.code, country=read.country, name=read.name, scope=read.scope, origin=read.origin,
                on=read.on, adds_up=[known[code] for code in read.adds_up],
            )  # fmt: skip
        for published in read.figures:
            try:
                record_figure(actor, known[read.code], published)
            except FigureThere:
                continue
            entered += 1
    return entered
