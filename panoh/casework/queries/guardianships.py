"""Guardianship and trusteeship as pages show it: in force, to be changed at 14, over at 18."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.refusals import NotThere
from panoh.casework.ages import OF_AGE_YEARS, TRUSTEESHIP_YEARS, turns
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, Guardianship
from panoh.casework.queries.placements import place_of
from panoh.vault.queries import BirthDate, open_parts

__all__ = ["GuardianshipShown", "guardianship_for", "guardianships_of"]


@dataclass(frozen=True)
class GuardianshipShown:
    """A decision in words. changes_on: when trusteeship takes its place; over: why it holds no more, empty while so."""

    guardianship: Guardianship
    guardian: str
    number: str
    changes_on: date | None
    ends_on: date | None
    over: str

    @property
    def is_to_change(self) -> bool:
        """Tell whether the child may be 14 by now and still has a guardian."""
        return not self.over and self.changes_on is not None and self.changes_on <= today()


def guardianship_for(family: Family, number: int) -> Guardianship:
    """Return a guardianship of somebody who lives in this family; else NotThere."""
    found = Guardianship.objects.filter(person__home=family, pk=number).select_related("person__home").first()
    if found is None:
        raise NotThere
    return found


def guardianships_of(
    family: Family, names: Mapping[UUID, str], births: Mapping[UUID, BirthDate]
) -> dict[int, list[GuardianshipShown]]:
    """Return the guardianships of a family's children by person, the newest first."""
    found = Guardianship.objects.filter(person__home=family).select_related(
        "person", "with_person", "with_agency", "authority"
    )
    every = list(found.order_by("-since", "-pk"))
    numbers = open_parts(one.number_id for one in every)
    shown: dict[int, list[GuardianshipShown]] = defaultdict(list)
    for one in every:
        number = str(numbers.get(one.number_id, "")) if one.number_id else ""
        shown[one.person_id].append(_shown(one, place_of(one, names), number, births.get(one.person.identity_id)))
    return shown


def _shown(one: Guardianship, guardian: str, number: str, birth: BirthDate | None) -> GuardianshipShown:
    year = one.person.birth_year
    at_14 = turns(TRUSTEESHIP_YEARS, birth_year=year, birth=birth)
    at_18 = turns(OF_AGE_YEARS, birth_year=year, birth=birth)
    changes = at_14[0] if at_14 and one.form == Guardianship.Form.GUARDIANSHIP else None
    ends = min((day for day in (at_18 and at_18[1], one.until) if day), default=None)
    over = ""
    if one.ended_on:
        over = catalogue().label("guardianship_ends", one.end_reason)
    elif at_18 and at_18[1] <= today():
        over = _("The child is 18.")
    elif one.until and one.until < today():
        over = _("It was decided until this day.")
    return GuardianshipShown(one, guardian, number, changes, one.ended_on or ends, over)
