"""Steps of programmes: what an agency has to give, until when, and that it ends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Agency
from panoh.casework.actions.directory import require_kept
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Programme
from panoh.casework.refusals import AmountMissing
from panoh.casework.refusals_programmes import ProgrammeDaysUnfit, ProgrammeEnded

__all__ = ["end_programme", "open_programme"]

LONGEST_YEARS = 10


@action("programme.keep")
def open_programme(
    actor: Actor, agency: Agency, *, name: str, amount: Decimal, unit: str, since: date, until: date, currency: str = ""
) -> Programme:
    """Enter what an agency has to give from a day to a day, in money, in kind or in time.

    Raises:
        NotYourAgency, AmountMissing, ProgrammeDaysUnfit, Unknown (the unit, the currency).
    """
    require_kept(actor, agency.pk)
    if amount <= 0 or not name.strip() or (unit == "money") != bool(currency):
        raise AmountMissing
    if not since <= until or until.year - since.year > LONGEST_YEARS:
        raise ProgrammeDaysUnfit
    if currency:
        catalogue().known("currencies", currency)
    return Programme.objects.create(
        name=name.strip(), agency=agency, amount=amount, unit=catalogue().known("units", unit), currency=currency,
        since=since, until=until,
    )  # fmt: skip


@action("programme.keep")
def end_programme(actor: Actor, programme: Programme) -> Programme:
    """Let nothing more be given out of a programme; what was given stays counted.

    Raises:
        NotYourAgency, ProgrammeEnded.
    """
    require_kept(actor, programme.agency_id)
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if programme.ended_on:
        raise ProgrammeEnded(programme=programme, on=programme.ended_on)
    programme.ended_on = today()
    programme.save(update_fields=["ended_on"])
    return programme
