"""What the pages Families, Family and Person show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Case,
    Family,
    Membership,
    Need,
    Person,
)
from panoh.casework.queries.reach import within
from panoh.vault.queries import names_of

PAGE_ROWS = 50
PURPOSE = "service_delivery"
OVERVIEW = "overview"  # a list of the families in reach, of each its head: nobody says a purpose for each line
ADULT_YEARS = 18


@dataclass(frozen=True)
class FamilyRow:
    """One line of the list of families."""

    family: Family
    name: str
    people: int
    children: int
    stages: list[str]
    urgent: int


@dataclass(frozen=True)
class FamilyPage:
    """Up to 50 families, the newest first, whether there are more on either side, and how many there are in all."""

    rows: list[FamilyRow]
    number: int
    has_next: bool
    total: int = 0

    @property
    def first(self) -> int:
        """Return the place of the first row among all."""
        return (self.number - 1) * PAGE_ROWS + 1

    @property
    def last(self) -> int:
        """Return the place of the last row among all."""
        return self.first + len(self.rows) - 1

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // PAGE_ROWS))


def families_page(
    actor: Actor,
    *,
    page: int = 1,
    stage: int | None = None,
    district: int | None = None,
    worker: int | None = None,
    need: str = "",
    code: str = "",
    among: Collection[int] | None = None,
    are_named: bool = True,
) -> FamilyPage:
    """Return one page of the families in reach, filtered. Eight queries, however many families there are.

    worker: 0 for families without a lead worker. among: only of these; are_named: and by what names they are called.
    """
    found = Family.objects.filter(within(actor)).select_related("worker", "district", "agency")
    if among is not None:
        found = found.filter(pk__in=among)
    if stage:
        found = found.filter(Exists(Case.objects.filter(family=OuterRef("pk"), stage=stage)))
    if district:
        found = found.filter(district=district)
    if worker is not None:
        found = found.filter(worker=worker or None)
    if need:
        open_need = Need.objects.filter(case__family=OuterRef("pk"), domain=need, state=Need.State.OPEN)
        found = found.filter(Exists(open_need))
    if code:
        found = found.filter(Q(code=code) | Q(cases__code=code) | Q(memberships__person__code=code)).distinct()
    start = (page - 1) * PAGE_ROWS
    families = list(found.order_by("-opened_on", "-id")[start : start + PAGE_ROWS + 1])
    return FamilyPage(_rows(actor, families[:PAGE_ROWS], are_named), page, len(families) > PAGE_ROWS, found.count())


def _rows(actor: Actor, families: Sequence[Family], are_named: bool) -> list[FamilyRow]:
    members: dict[int, list[Membership]] = defaultdict(list)
    living = Membership.objects.filter(family__in=families, until=None).select_related("person").order_by("pk")
    for membership in living:
        members[membership.family_id].append(membership)
    heads = {family.pk: head_of(members[family.pk]) for family in families}
    named = [head.identity_id for head in heads.values() if head] if are_named else []
    names = names_of(actor, named, purpose=OVERVIEW)
    stages: dict[int, set[int]] = defaultdict(set)
    for family_id, number in Case.objects.filter(family__in=families).values_list("family_id", "stage"):
        stages[family_id].add(number)
    urgent: dict[int, int] = defaultdict(int)
    pressing = Need.objects.filter(case__family__in=families, state=Need.State.OPEN, urgency=Need.Urgency.URGENT)
    for family_id in pressing.values_list("case__family_id", flat=True):
        urgent[family_id] += 1
    words = catalogue()
    return [
        FamilyRow(
            family=family,
            name=names.get(head.identity_id, "") if (head := heads[family.pk]) else "",
            people=len(members[family.pk]),
            children=sum(is_child(membership.person) for membership in members[family.pk]),
            stages=[words.stage_numbered(number).label for number in sorted(stages[family.pk])],
            urgent=urgent[family.pk],
        )
        for family in families
    ]


def head_of(members: Sequence[Membership]) -> Person | None:
    """Return the person by whose name a family is called: a parent or guardian, else who came first."""
    adults = [member.person for member in members if member.kinship in {"mother", "father", "head", "guardian"}]
    people = adults or [member.person for member in members]
    return people[0] if people else None


def is_child(person: Person) -> bool:
    """Tell whether somebody turns 18 after this year, as far as the birth year tells."""
    return person.birth_year is not None and today().year - person.birth_year < ADULT_YEARS
