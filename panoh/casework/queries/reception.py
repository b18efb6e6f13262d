"""What the pages of reception show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalList, Membership, Person, Reception, ReceptionEntry
from panoh.casework.queries.lists import PURPOSE
from panoh.casework.queries.reach import list_for
from panoh.vault.queries import names_of


def waiting_for_reception(arrivals: ArrivalList) -> QuerySet[Membership]:
    """Return the memberships of everybody registered from a list who was not received yet."""
    here = Membership.objects.filter(person__rows__arrival_list=arrivals, until=None)
    return (
        here.exclude(person__receptions__reception__arrival_list=arrivals)
        .select_related("person")
        .order_by("pk")
        .distinct()
    )


def people_waiting(actor: Actor, arrivals: ArrivalList) -> list[tuple[Person, str, str]]:
    """Return everybody registered from a list who was not received yet, with name and family, family by family."""
    waiting = list(waiting_for_reception(arrivals).select_related("person", "family"))
    names = _names(actor, [member.person for member in waiting], arrivals.code)
    waiting.sort(key=lambda member: (member.family_id, member.pk))
    return [(member.person, names.get(member.person.identity_id, ""), member.family.code) for member in waiting]


def reception_for(actor: Actor, code: str) -> Reception:
    """Return the reception of the list of this code.

    Raises:
        NotThere: no such list, or its people were not received yet.
    """
    arrivals = list_for(actor, code)
    found = Reception.objects.filter(arrival_list=arrivals).select_related("place", "arrival_list").first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class PersonReceived:
    """How one person came through reception."""

    entry: ReceptionEntry
    person: Person
    name: str
    missing: Sequence[str]


@dataclass(frozen=True)
class FamilyReceived:
    """A family in reception: its room and its people."""

    code: str
    room: str
    people: Sequence[PersonReceived]

    @property
    def is_present(self) -> bool:
        """Tell whether anybody of the family arrived: only they need a room."""
        return any(person.entry.is_present for person in self.people)


@dataclass(frozen=True)
class ReceptionSheet:
    """A whole group in reception."""

    families: Sequence[FamilyReceived]
    counts: Mapping[str, int]
    common: Sequence[str] = ()

    @property
    def people(self) -> list[PersonReceived]:
        """Return everybody, family by family."""
        return [person for family in self.families for person in family.people]


def reception_sheet(actor: Actor, reception: Reception) -> ReceptionSheet:
    """Return everybody of a reception by family. Two queries and one audit entry, however many people."""
    entries = list(reception.entries.select_related("person", "family").order_by("family_id", "pk"))
    names = _names(actor, (entry.person for entry in entries), reception.arrival_list.code)
    labels = dict(catalogue().choices("missing_documents"))
    families: dict[str, list[PersonReceived]] = defaultdict(list)
    for entry in entries:
        missing = tuple(labels.get(word, word) for word in entry.missing_documents)
        name = names.get(entry.person.identity_id, "")
        families[entry.family.code].append(PersonReceived(entry, entry.person, name, missing))
    sheet = [_family(code, people) for code, people in families.items()]
    return ReceptionSheet(sheet, _received_counts(entries), _common(families.values()))


def _common(families: Iterable[Sequence[PersonReceived]]) -> Sequence[str]:
    """Return the papers that most of those present lack alike, to be said once; nothing if each differs."""
    lacking = Counter(tuple(person.missing) for people in families for person in people if person.entry.is_present)
    most, number = next(iter(lacking.most_common(1)), ((), 0))
    return most if number * 2 > lacking.total() else ()


def _family(code: str, people: Sequence[PersonReceived]) -> FamilyReceived:
    return FamilyReceived(code, next((person.entry.room for person in people if person.entry.room), ""), people)


def _received_counts(entries: Sequence[ReceptionEntry]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for entry in entries:
        found["present" if entry.is_present else "absent"] += 1
        if entry.is_present:
            found["checked"] += entry.medical_check_on is not None
            found["unchecked"] += entry.medical_check_on is None
            found["missing"] += bool(entry.missing_documents)
            found["school"] += entry.is_school_age
            found["roomless"] += not entry.room
    words = ("present", "absent", "checked", "unchecked", "missing", "school", "roomless")
    return {word: found[word] for word in words}


def _names(actor: Actor, people: Iterable[Person], about: str) -> dict[UUID, str]:
    return names_of(actor, [person.identity_id for person in people], purpose=PURPOSE, about=about)
