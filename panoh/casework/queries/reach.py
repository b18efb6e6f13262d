"""Which families an actor reaches, as a filter: the fence of every list page."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.models import ArrivalList, Case, Family, Merge, Need, Person, PlanItem, Relationship, Task, Visit

Record = TypeVar("Record")


def within(actor: Actor, family: str = "") -> Q:
    """Return the condition that a record's family lies in the actor's scope.

    family: the way to it, such as "case__family".
    """
    way = f"{family}__" if family else ""
    if actor.role.scope == "all":
        return Q()
    if actor.role.scope == "agency":
        return Q(**{f"{way}agency": actor.agency_id})
    return Q(**{f"{way}worker": actor.staff_id})


def family_for(actor: Actor, code: str) -> Family:
    """Return the family of this code.

    Raises:
        NotThere: absent, or out of the actor's reach: the same answer.
    """
    return _or_not_there(
        Family.objects.filter(within(actor), code=code).select_related("agency", "worker", "district").first()
    )


def person_for(actor: Actor, code: str) -> Person:
    """Return the person of this code, who lives in a family within reach; else NotThere.

    The code of a file that was joined to another gives the person it leads to.
    """
    here = Q(memberships__until=None) & within(actor, "memberships__family")
    found = Person.objects.filter(here, code=code).distinct().first()
    if found is None and (leads_to := _joined_to(code)):
        return person_for(actor, leads_to)
    return _or_not_there(found)


def _joined_to(code: str) -> str | None:
    joined = Merge.objects.filter(merged__code=code, state=Merge.State.JOINED)
    return joined.values_list("kept__code", flat=True).first()


def case_for(actor: Actor, code: str) -> Case:
    """Return the case of this code; else NotThere."""
    found = Case.objects.filter(within(actor, "family"), code=code)
    return _or_not_there(found.select_related("family", "person__identity").first())


def need_for(actor: Actor, code: str) -> Need:
    """Return the need of this code; else NotThere."""
    return _or_not_there(
        Need.objects.filter(within(actor, "case__family"), code=code)
        .select_related("case__family", "case__person")
        .first()
    )


def step_for(actor: Actor, code: str) -> PlanItem:
    """Return the step of a plan of this code; else NotThere."""
    found = PlanItem.objects.filter(within(actor, "need__case__family"), code=code)
    return _or_not_there(found.select_related("need__case__family").first())


def task_for(actor: Actor, code: str) -> Task:
    """Return the task of this code; else NotThere."""
    return _or_not_there(Task.objects.filter(within(actor, "family"), code=code).select_related("family").first())


def relationship_for(family: Family, number: int) -> Relationship:
    """Return a relationship of somebody who lives or lived in this family; else NotThere."""
    here = Q(subject__memberships__family=family) | Q(other__memberships__family=family)
    return _or_not_there(Relationship.objects.filter(here, pk=number).select_related("subject", "other").first())


def planned_visits(family: Family) -> dict[str, Visit]:
    """Return the visits to this family that are planned and not made yet, by number, the next one first."""
    planned = Visit.objects.filter(family=family, made_on=None).order_by("planned_on", "pk")
    return {str(visit.pk): visit for visit in planned}


def list_for(actor: Actor, code: str) -> ArrivalList:
    """Return the list of this code, for those who work with lists; else NotThere."""
    found = ArrivalList.objects.filter(code=code).select_related("read_by").first() if actor.may("list.see") else None
    return _or_not_there(found)


def _or_not_there(found: Record | None) -> Record:
    if found is None:
        raise NotThere
    return found
