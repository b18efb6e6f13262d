"""What the page of a family's children shows: where each lives, who acts for it by law, what is decided today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from panoh.access.entrances import Actor
from panoh.casework.models import CareDecision, Family, Membership, Person, Placement
from panoh.casework.queries.guardianships import GuardianshipShown, guardianships_of
from panoh.casework.queries.placements import PlacementShown, children_of, place_of, placements_shown
from panoh.casework.queries.purposes import purpose_for
from panoh.vault.queries import Group, open_identities, open_parts

__all__ = ["CareFile", "ChildCare", "care_file"]

State = Placement.State


@dataclass(frozen=True)
class ChildCare:
    """One child of a family: where it lives, what is proposed, where it lived before, what is to be decided today."""

    person: Person
    name: str
    current: PlacementShown | None = None
    waiting: PlacementShown | None = None
    former: list[PlacementShown] = field(default_factory=list)
    guardianships: list[GuardianshipShown] = field(default_factory=list)
    to_decide: CareDecision | None = None
    decided: list[tuple[CareDecision, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class CareFile:
    """Where the children of a family live."""

    children: list[ChildCare]
    purpose: str

    @property
    def to_decide(self) -> int:
        """Return for how many children a decision is open."""
        return sum(child.to_decide is not None for child in self.children)


def care_file(actor: Actor, family: Family) -> CareFile:
    """Return where the children of a family live, with the opened names, births and words; the audit says so."""
    found = Placement.objects.filter(person__home=family).select_related(
        "person__home", "with_person__home", "with_agency", "proposed_by", "approved_by", "study_by"
    )
    placements = list(found.order_by("-pk"))
    here = CareDecision.objects.filter(person__home=family).select_related("person", "with_person", "with_agency")
    decisions = list(here.order_by("-pk"))
    children = {person.pk: person for person in children_of(family)}
    children |= {placement.person_id: placement.person for placement in placements}
    children |= {decision.person_id: decision.person for decision in decisions}
    of_age = Person.objects.filter(home=family, guardianships__isnull=False).select_related("home")
    children |= {person.pk: person for person in of_age}
    living = Membership.objects.filter(family=family, until=None).select_related("person")
    everybody = {person.identity_id: person for person in (*(one.person for one in living), *children.values())}
    known = open_identities(
        actor, everybody, purpose=purpose_for(actor, family), about=family.code, groups=(Group.NAMES, Group.BIRTH)
    )
    names = {one: known[one].known_as if one in known else "" for one in everybody}
    names = {one: name or everybody[one].code for one, name in names.items()}
    shown = placements_shown(actor, placements, names)
    held = guardianships_of(family, names, {one: facts.birth for one, facts in known.items()})
    said = open_parts(one.words_id for one in decisions)
    by_child: dict[int, list[CareDecision]] = defaultdict(list)
    for one in decisions:
        by_child[one.person_id].append(one)
    return CareFile(
        [
            ChildCare(
                person=person,
                name=names[person.identity_id],
                current=_first(shown[pk], State.GOING_ON),
                waiting=_first(shown[pk], State.PROPOSED, State.AGREED),
                former=[one for one in shown[pk] if one.placement.state in (State.ENDED, State.DROPPED)],
                guardianships=held[pk],
                to_decide=next((one for one in by_child[pk] if one.outcome is None), None),
                decided=[
                    (one, place_of(one, names), str(said.get(one.words_id, "")) if one.words_id else "")
                    for one in by_child[pk] if one.outcome
                ],
            )
            for pk, person in children.items()
        ],
        purpose_for(actor, family),
    )  # fmt: skip


def _first(shown: Iterable[PlacementShown], *states: int) -> PlacementShown | None:
    return next((one for one in shown if one.placement.state in states), None)
