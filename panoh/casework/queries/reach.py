"""Which families an actor reaches, as a filter: the fence of every list page."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.models import (
    ArrivalList,
    Assistance,
    Case,
    Family,
    Merge,
    Need,
    Person,
    PlanItem,
    Relationship,
    Task,
    Visit,
)

Record = TypeVar("Record")
Coded = TypeVar("Coded", Family, Person, Case, Need, PlanItem, Task)


def within(actor: Actor, family: str = "") -> Q:
    """Return the condition that a record's family lies in the actor's scope.

    family: the way to it, such as "case__family".
    """
    way = f"{family}__" if family else ""
    if actor.role.scope == "all":
        return Q()
    seen = Q(**{f"{way}pk__in": actor.granted}) if actor.granted else Q(pk__in=())
    if actor.role.scope in ("agency", "region"):
        return seen | Q(**{f"{way}agency__in": actor.agencies})
    return seen | Q(**{f"{way}worker": actor.staff_id}) if actor.role.scope == "own" else seen


def still_led() -> Q:
    """Return the condition that a record's family has an open case, or none yet: closing ends what was planned."""
    cases = Case.objects.filter(family=OuterRef("family")).order_by().values("family")
    some_open = cases.annotate(some_open=BoolOr(Q(closed_on=None))).values("some_open")
    # One answer for each record, as far as records are asked for; two EXISTS are answered for all families first.
    return Q(Coalesce(Subquery(some_open), Value(True)))


def family_for(actor: Actor, code: str) -> Family:
    """Return the family of this code.

    Raises:
        NotThere: absent, or out of the actor's reach: the same answer; the audit knows of the second.
    """
    found = Family.objects.filter(within(actor)).select_related("agency", "worker", "district")
    return _one(actor, "family.see", found, code)


def person_for(actor: Actor, code: str) -> Person:
    """Return the person of this code, who lives in a family within reach; else NotThere.

    The code of a file that was joined to another gives the person it leads to.
    """
    here = Q(memberships__until=None) & within(actor, "memberships__family")
    leads_to = _joined_to(code)
    if leads_to and not Person.objects.filter(here, code=code).exists():
        return person_for(actor, leads_to)
    return _one(actor, "person.see", Person.objects.filter(here).distinct(), code)


def _joined_to(code: str) -> str | None:
    joined = Merge.objects.filter(merged__code=code, state=Merge.State.JOINED)
    return joined.values_list("kept__code", flat=True).first()


def case_for(actor: Actor, code: str) -> Case:
    """Return the case of this code; else NotThere."""
    found = Case.objects.filter(within(actor, "family")).select_related("family", "person__identity")
    return _one(actor, "family.see", found, code)


def need_for(actor: Actor, code: str) -> Need:
    """Return the need of this code; else NotThere."""
    found = Need.objects.filter(within(actor, "case__family")).select_related("case__family", "case__person")
    return _one(actor, "family.see", found, code)


def step_for(actor: Actor, code: str) -> PlanItem:
    """Return the step of a plan of this code; else NotThere."""
    found = PlanItem.objects.filter(within(actor, "need__case__family"))
    return _one(actor, "family.see", found.select_related("need__case__family", "need__case__person"), code)


def task_for(actor: Actor, code: str) -> Task:
    """Return the task of this code; else NotThere."""
    return _one(actor, "family.see", Task.objects.filter(within(actor, "family")).select_related("family"), code)


def relationship_for(family: Family, number: int) -> Relationship:
    """Return a relationship of somebody who lives or lived in this family; else NotThere."""
    here = Q(subject__memberships__family=family) | Q(other__memberships__family=family)
    return _or_not_there(Relationship.objects.filter(here, pk=number).select_related("subject", "other").first())


def planned_visits(family: Family) -> dict[str, Visit]:
    """Return the visits to this family that are planned and not made yet, by number, the next one first."""
    planned = Visit.objects.filter(still_led(), family=family, made_on=None, cancelled_on=None).select_related("by")
    return {str(visit.pk): visit for visit in planned.order_by("planned_on", "pk")}


def visit_for(family: Family, number: int) -> Visit:
    """Return a visit to this family; else NotThere."""
    return _or_not_there(Visit.objects.filter(family=family, pk=number).select_related("family").first())


def assistance_for(family: Family, number: int) -> Assistance:
    """Return help that was given to somebody of this family; else NotThere."""
    found = Assistance.objects.filter(case__family=family, pk=number)
    return _or_not_there(found.select_related("case__family", "case__person", "agency").first())


def assistance_of(family: Family) -> list[Assistance]:
    """Return all help given to a family, the newest first; what was wrong is among it and says why."""
    found = Assistance.objects.filter(case__family=family).select_related("case", "agency", "programme")
    return list(found.order_by("-given_on", "-pk"))


def home_of(person: Person) -> Family:
    """Return the family that a person lives in now."""
    return person.memberships.select_related("family__agency").get(until=None).family


def list_for(actor: Actor, code: str) -> ArrivalList:
    """Return the list of this code, for those who work with lists; else NotThere."""
    found = ArrivalList.objects.filter(code=code).select_related("read_by").first() if actor.may("list.see") else None
    return _or_not_there(found)


def _one(actor: Actor, step: str, within_reach: QuerySet[Coded], code: str) -> Coded:
    found = within_reach.filter(code=code).first()
    if found is None:
        if _is_there(code):
            audit.write(actor, step, about=code, denied=True)
        raise NotThere
    return found


def _is_there(code: str) -> bool:
    """Tell whether a record of this code exists, hidden or not: only for the account of the try."""
    with connection.cursor() as cursor:
        cursor.execute("select app.is_there(%s)", [code])
        return bool(cursor.fetchone()[0])


def _or_not_there(found: Record | None) -> Record:
    if found is None:
        raise NotThere
    return found
