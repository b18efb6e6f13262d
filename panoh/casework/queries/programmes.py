"""Programmes as they are read: what is there, what was given of it, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Func, QuerySet

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Assistance, Family, Programme
from panoh.casework.queries.reach import assistance_of
from panoh.casework.queries.timeline import amount

__all__ = ["HelpShown", "ProgrammeShown", "help_given", "programme_for", "programmes", "spent_of"]

MOST = 200


@dataclass(frozen=True)
class ProgrammeShown:
    """One programme in words, and how much of a hundred was given: what its chart compares."""

    programme: Programme
    budget: str
    given: str
    left: str
    share: int
    is_open: bool
    may_end: bool

    @property
    def label(self) -> str:
        """Return the name."""
        return self.programme.name

    value = 100

    @property
    def part(self) -> int:
        """Return how much of a hundred was given."""
        return self.share


@dataclass(frozen=True)
class HelpShown:
    """One record of help in words; wrong: why it was not so, if it was not."""

    given: Assistance
    service: str
    amount: str
    wrong: str


def programmes(actor: Actor) -> list[ProgrammeShown]:
    """Return the programmes, those that go on first, 200 at most; what is spent is summed by the database."""
    found = _with_spent(Programme.objects.select_related("agency")).order_by("ended_on", "-until", "name")[:MOST]
    keeps, everywhere = actor.may("programme.keep"), actor.role.scope in {"all", "region"}
    return [_shown(one, keeps and (everywhere or one.agency_id == actor.agency_id)) for one in found]


def programme_for(code: str) -> Programme:
    """Return the programme of this code; else NotThere."""
    found = Programme.objects.filter(code=code).select_related("agency").first()
    if found is None:
        raise NotThere
    return found


def spent_of(programme: Programme) -> Decimal:
    """Return what was given out of a programme, to whomever."""
    spent: Decimal = _with_spent(Programme.objects.filter(pk=programme.pk)).get().spent  # type: ignore[attr-defined]
    return spent


def help_given(family: Family) -> list[HelpShown]:
    """Return all help given to a family in words, the newest first; what was wrong says so."""
    words = catalogue()
    return [
        HelpShown(
            one, words.label("services", one.service), amount(one.quantity, one.unit, one.currency),
            words.label("correction_reasons", one.wrong_because) if one.wrong_because else "",
        )
        for one in assistance_of(family)
    ]  # fmt: skip


def _with_spent(found: QuerySet[Programme]) -> QuerySet[Programme]:
    """Return them with what was given out of each, to whomever: summed by the database, beyond the asker's reach."""
    return found.annotate(spent=Func("pk", function="app.spent_of", output_field=DecimalField()))


def _shown(one: Programme, may_end: bool) -> ProgrammeShown:
    spent: Decimal = one.spent  # type: ignore[attr-defined]
    budget, given, left = (amount(one_of, one.unit, one.currency) for one_of in (one.amount, spent, one.left(spent)))
    return ProgrammeShown(
        one, budget=budget, given=given, left=left, share=round(100 * spent / one.amount),
        is_open=one.ended_on is None and one.since <= today() <= one.until,
        may_end=may_end and one.ended_on is None,
    )  # fmt: skip
