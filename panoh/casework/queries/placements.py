"""Where children live, as pages show it and as the rules ask: placements, siblings apart, what is decided today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import PlacementKind
from panoh.casework.models import CareDecision, Family, Membership, Person, Placement, PlacementReview, Relationship
from panoh.casework.models.placements import WithSomebody
from panoh.casework.queries.families import is_child
from panoh.vault.queries import open_parts

__all__ = [
    "PlacementShown", "apart_from", "care_decision_for", "children_of", "lacking", "place_of", "placement_for",
    "placements_shown", "siblings_of",
]  # fmt: skip

State = Placement.State
OF_ONE_HOUSE = frozenset({"child", "daughter", "son", "brother", "sister", "grandchild"})


@dataclass(frozen=True)
class ReviewShown:
    """A look at where a child lives, in words."""

    review: PlacementReview
    own_view: str
    not_asked: str
    words: str


@dataclass(frozen=True)
class PlacementShown:
    """A placement in words; apart: brothers and sisters who live elsewhere, lacking: what is to be there before."""

    placement: Placement
    kind: str
    place: str
    own_view: str
    not_asked: str
    study: str
    study_words: str
    end_reason: str
    apart_because: str
    apart: list[str]
    lacking: list[str]
    reviews: list[ReviewShown]
    may_approve: bool
    has_clock: bool


# --- the rules ---------------------------------------------------------------------------------------------------


def children_of(family: Family) -> list[Person]:
    """Return the children who live in a family now; who may be one, by the birth year, counts as one."""
    living = Membership.objects.filter(family=family, until=None).select_related("person__home").order_by("pk")
    people = [(membership.person, membership.kinship) for membership in living]
    return [
        person for person, kinship in people
        if is_child(person) or (person.birth_year is None and kinship in OF_ONE_HOUSE)
    ]  # fmt: skip


def siblings_of(child: Person) -> list[Person]:
    """Return the brothers and sisters who are children: by relationship, by a parent they share, or of one house."""
    related = Relationship.objects.filter(Q(kind="sibling") & (Q(subject=child) | Q(other=child)))
    found = {one for pair in related.values_list("subject", "other") for one in pair}
    parents = Relationship.objects.filter(kind="parent", other=child).values("subject")
    found |= set(Relationship.objects.filter(kind="parent", subject__in=parents).values_list("other", flat=True))
    here = Membership.objects.filter(family=child.home_id, until=None, kinship__in=OF_ONE_HOUSE)
    house = set(here.values_list("person", flat=True))
    found |= house if child.pk in house else set()
    people = Person.objects.filter(pk__in=found - {child.pk}).select_related("home").order_by("pk")
    return [person for person in people if is_child(person)]


def apart_from(placement: Placement) -> list[Person]:
    """Return the brothers and sisters who would live elsewhere than this placement says."""
    siblings = siblings_of(placement.person)
    held = Placement.objects.filter(person__in=siblings, state__in=[State.PROPOSED, State.AGREED, State.GOING_ON])
    # What is planned for a brother or sister goes before where they live now: both may be on the way to one home.
    homes = {one.person_id: _place(one) for one in held.select_related("with_person__home").order_by("-state")}
    here = _place(placement)
    return [one for one in siblings if homes.get(one.pk, ("family", one.home.code)) != here]


def _place(placement: Placement) -> tuple[str, object]:
    if placement.with_agency_id:
        return "agency", placement.with_agency_id
    if placement.with_person:
        return "family", placement.with_person.home.code
    return ("family", placement.with_family) if placement.with_family else ("nobody", placement.person_id)


def lacking(placement: Placement, apart: Sequence[Person]) -> list[str]:
    """Return what must be there before a placement is agreed to, a sentence for each thing that is not."""
    words, said = catalogue(), []
    kind = _kind(placement)
    needs = kind.needs if kind else ()
    passed = {entry.code for entry in words.study_outcomes if entry.passes}
    if "study" in needs and placement.study_outcome not in passed:
        said.append(
            _("The home study found that the home does not fit.") if placement.study_outcome
            else _("There is no home study.")
        )  # fmt: skip
    if "agreement" in needs and not placement.family_agreed_on:
        said.append(_("The receiving family has not agreed."))
    if apart and not placement.apart_because:
        said.append(_("Brothers and sisters would live apart: say why, and when to look again."))
    return said


# --- what pages show ---------------------------------------------------------------------------------------------


def placement_for(family: Family, number: int) -> Placement:
    """Return a placement of somebody who lives in this family; else NotThere."""
    found = Placement.objects.filter(person__home=family, pk=number).select_related("person__home").first()
    if found is None:
        raise NotThere
    return found


def care_decision_for(family: Family, number: int) -> CareDecision:
    """Return a care decision about somebody who lives in this family; else NotThere."""
    found = CareDecision.objects.filter(person__home=family, pk=number).select_related("person__home").first()
    if found is None:
        raise NotThere
    return found


def place_of(there: WithSomebody, names: Mapping[UUID, str]) -> str:
    """Return with whom a child is, in words; a family out of the file by its code."""
    if there.with_person:
        return names.get(there.with_person.identity_id, there.with_person.code)
    if there.with_agency:
        return there.with_agency.name
    return _("family %(code)s") % {"code": there.with_family} if there.with_family else ""


def _kind(placement: Placement) -> PlacementKind | None:
    """Return the rules of a placement's kind; None for one that a country has since dropped."""
    return next((kind for kind in catalogue().placement_kinds if kind.code == placement.kind), None)


def placements_shown(
    actor: Actor, placements: Sequence[Placement], names: Mapping[UUID, str]
) -> dict[int, list[PlacementShown]]:
    """Return placements in words, by person."""
    reviews = list(PlacementReview.objects.filter(placement__in=placements).select_related("by").order_by("-on", "-pk"))
    texts = open_parts(
        [*(one.own_view_id for one in placements), *(one.study_words_id for one in placements),
         *(look.own_view_id for look in reviews), *(look.words_id for look in reviews)]
    )  # fmt: skip
    words = catalogue()

    def said(part: object) -> str:
        return str(texts.get(part, "")) if part else ""  # type: ignore[call-overload]  # None is asked away

    looks: dict[int, list[ReviewShown]] = defaultdict(list)
    for look in reviews:
        why = words.label("not_asked_reasons", look.not_asked_because)
        looks[look.placement_id].append(ReviewShown(look, said(look.own_view_id), why, said(look.words_id)))
    shown: dict[int, list[PlacementShown]] = defaultdict(list)
    for one in placements:
        apart = apart_from(one) if one.is_waiting or one.state == State.GOING_ON else []
        kind = _kind(one)
        shown[one.person_id].append(
            PlacementShown(
                placement=one,
                kind=words.label("placement_kinds", one.kind),
                place=place_of(one, names),
                own_view=said(one.own_view_id),
                not_asked=words.label("not_asked_reasons", one.not_asked_because),
                study=words.label("study_outcomes", one.study_outcome),
                study_words=said(one.study_words_id),
                end_reason=words.label("placement_ends", one.end_reason),
                apart_because=words.label("apart_reasons", one.apart_because),
                apart=[names.get(sibling.identity_id, sibling.code) for sibling in apart],
                lacking=lacking(one, apart) if one.is_waiting else [],
                reviews=looks[one.pk],
                may_approve=one.state == State.PROPOSED
                and one.proposed_by_id != actor.staff_id
                and actor.may("placement.approve")
                and kind is not None
                and actor.may(kind.approval),
                has_clock=one.with_agency_id is not None,
            )
        )
    return shown
