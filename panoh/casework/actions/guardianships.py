"""Steps on guardianship and trusteeship: record a decision, end it."""

from __future__ import annotations

from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.casework.actions.placements import With, require_child_of
from panoh.casework.ages import TRUSTEESHIP_YEARS, turns
from panoh.casework.catalogue import catalogue
from panoh.casework.days import due, happened_with
from panoh.casework.models import Family, Guardianship, Person
from panoh.casework.refusals import AlreadySettled, BeforeTheLastStep
from panoh.casework.refusals_care import FormUnfit, GuardianMissing
from panoh.vault import actions as vault

__all__ = ["end_guardianship", "record_guardianship"]

Form = Guardianship.Form
CHANGED = "changed"


@action("guardianship.record")
def record_guardianship(
    actor: Actor,
    family: Family,
    *,
    child: Person,
    form: int,
    place: With,
    authority: Agency,
    number: str,
    decided_on: date,
    since: date | None = None,
    until: date | None = None,
) -> Guardianship:
    """Record who acts for a child by decision; what was decided before ends with that day.

    since: the day of the decision if not said.

    Raises:
        NotOfThisFamily, GrownUp, PlaceUnfit, FamilyUnknown, InTheFuture, DayUnfit, BeforeTheLastStep, Forgotten.
        GuardianMissing: nobody is named. FormUnfit: by its age the child has the other form.
    """
    require_child_of(family, child)
    if place.home == "nobody":
        raise GuardianMissing
    decided_on = happened_with(family, decided_on)
    since = since or decided_on
    if since < decided_on:
        raise BeforeTheLastStep(on=since, before=decided_on)
    _require_fit(child, Form(form), due(since))
    before = Guardianship.objects.select_for_update().filter(person=child, ended_on=None).first()
    if before:
        _end(before, since, CHANGED)
    return Guardianship.objects.create(
        person=child, form=form, authority=authority, decided_on=decided_on, since=since, recorded_by_id=actor.me,
        until=until and due(until), number_id=vault.keep_words(child.identity_id, number, field_class=FieldClass.LEGAL),
        **place.columns(family, child),
    )  # fmt: skip


@action("guardianship.record")
def end_guardianship(actor: Actor, guardianship: Guardianship, *, on: date, because: str) -> Guardianship:
    """Record that a decision does not hold any more, and why.

    Raises:
        AlreadySettled, InTheFuture, DayUnfit, BeforeTheLastStep, Unknown.
    """
    held = Guardianship.objects.select_for_update(of=("self",)).select_related("person__home").get(pk=guardianship.pk)
    if held.ended_on:
        raise AlreadySettled(on=held.ended_on)
    reason = catalogue().known("guardianship_ends", because)
    return _end(held, happened_with(held.person.home, on), reason)


def _require_fit(child: Person, form: Form, since: date) -> None:
    """Refuse the form that a child of this age cannot have; in the year it turns 14, either may be right."""
    days = turns(TRUSTEESHIP_YEARS, birth_year=child.birth_year)
    if days is None:
        return
    first, last = days
    if (form == Form.TRUSTEESHIP and since < first) or (form == Form.GUARDIANSHIP and since > last):
        raise FormUnfit(year=first.year)


def _end(held: Guardianship, on: date, because: str) -> Guardianship:
    if on < held.since:
        raise BeforeTheLastStep(on=on, before=held.since)
    held.ended_on, held.end_reason = on, because
    held.save(update_fields=["ended_on", "end_reason"])
    return held
