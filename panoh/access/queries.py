"""What other rooms ask about places, agencies and staff."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from panoh.access.account import Page, looked_at, looks_at, part_asked
from panoh.access.entrances import Actor
from panoh.access.models import Agency, District, JobProgress, Staff
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.access.roles import Role, is_given, roles
from panoh.access.steps import PURPOSES

__all__ = [
    "Page",
    "agencies",
    "agency",
    "agency_for",
    "all_roles",
    "colleague",
    "district",
    "districts",
    "everybody",
    "job",
    "looked_at",
    "looks_at",
    "own_agency",
    "part_asked",
    "purpose_in_words",
    "staff_for",
    "staff_of",
]


def agencies(*, kind: int | None = None) -> list[Agency]:
    """Return the agencies that work with us, by name; of one kind if asked."""
    found = Agency.objects.filter(is_active=True)
    return list(found.filter(kind=kind) if kind else found)


def districts() -> list[District]:
    """Return every district, by country, region and name."""
    return list(District.objects.all())


def agency(code: str) -> Agency:
    """Return the agency of this code that works with us.

    Raises:
        Unknown: there is none.
    """
    found = Agency.objects.filter(code=code, is_active=True).first()
    if found is None:
        raise Unknown(word=code, what=_("agencies"))
    return found


def agency_for(code: str) -> Agency:
    """Return the agency of this code, for its page; else NotThere."""
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def own_agency(actor: Actor) -> Agency:
    """Return the agency the actor works for.

    Raises:
        NotAllowed: the operator of the machine works for none.
    """
    if actor.agency_id is None:
        raise NotAllowed
    return Agency.objects.get(pk=actor.agency_id)


def district(code: str) -> District:
    """Return the district of this code.

    Raises:
        Unknown: there is none.
    """
    found = District.objects.filter(code=code).first()
    if found is None:
        raise Unknown(word=code, what=_("districts"))
    return found


def staff_of(actor: Actor) -> QuerySet[Staff]:
    """Return the colleagues the actor may hand work to or see to: of its own agency, or all where it sees to all."""
    found = Staff.objects.filter(is_active=True)
    if actor.role.scope == "all" or actor.may("settings.edit"):
        return found
    return found.filter(agency__in={actor.agency_id, *(actor.agencies if actor.role.scope == "region" else ())})


def everybody() -> list[Staff]:
    """Return everybody who works with us, by name: whom a file can be opened to."""
    return list(Staff.objects.filter(is_active=True))


def colleague(username: str) -> Staff:
    """Return whoever works with us under this user name, of whatever agency.

    Raises:
        Unknown: nobody.
    """
    found = Staff.objects.filter(is_active=True, username=username).first()
    if found is None:
        raise Unknown(word=username, what=_("colleagues"))
    return found


def staff_for(actor: Actor, username: str) -> Staff:
    """Return one member of staff.

    Raises:
        NotThere: nobody of that user name within the actor's reach.
    """
    found = staff_of(actor).filter(username=username).first()
    if found is None:
        raise NotThere
    return found


def all_roles() -> list[Role]:
    """Return the roles that a member of staff can have."""
    return [role for role in roles().values() if is_given(role.code)]


def job(actor: Actor, code: str) -> JobProgress:
    """Return how far a job of the actor's has come.

    Raises:
        NotThere: no such job, or somebody else's.
    """
    found = JobProgress.objects.filter(code=code, staff=actor.staff_id).first()
    if found is None:
        raise NotThere
    return found


def purpose_in_words(code: str) -> str:
    """Return for what something was opened, as the audit says it; a code without words shows as itself."""
    return str(PURPOSES.get(code, code))


def new_job_code() -> str:
    """Return the code of a new job."""
    return uuid4().hex[:16]
