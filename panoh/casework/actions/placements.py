"""Steps on where a child lives: propose, study the home, agree, begin, look again, end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Agency
from panoh.casework.actions.merging import require_own_file
from panoh.casework.catalogue import catalogue
from panoh.casework.days import due, happened, happened_with
from panoh.casework.models import Family, Person, Placement, PlacementReview
from panoh.casework.queries.families import is_child
from panoh.casework.queries.placements import apart_from, lacking, siblings_of
from panoh.casework.refusals import BeforeTheLastStep, NotOfThisFamily, ViewMissing
from panoh.casework.refusals_care import (
    ApartDayUnfit,
    FamilyUnknown,
    GrownUp,
    OthersApprove,
    PlacementIncomplete,
    PlacementNotThere,
    PlaceUnfit,
    ProposalWaits,
)
from panoh.casework.refusals_requests import NotYourOwn
from panoh.vault import actions as vault

__all__ = [
    "View", "With", "agree_on_placement", "approve_placement", "begin_placement", "drop_placement", "end_placement",
    "explain_apart", "propose_placement", "require_child_of", "review_placement", "study_home",
]  # fmt: skip

State = Placement.State
MOVED_ON = "moved_on"
MOST_APART_DAYS = 180


@dataclass(frozen=True)
class View:
    """What a child says of where it is to live, or why it was not asked: one of the two."""

    words: str = ""
    not_asked_because: str = ""

    def keep(self, child: Person) -> dict[str, Any]:
        """Seal it under the child's key and return the columns that hold it.

        Raises:
            ViewMissing, Unknown, Forgotten.
        """
        if bool(self.words.strip()) == bool(self.not_asked_because):
            raise ViewMissing
        if self.not_asked_because:
            catalogue().known("not_asked_reasons", self.not_asked_because)
        kept = vault.keep_words(child.identity_id, self.words)
        return {"own_view_id": kept, "not_asked_because": self.not_asked_because}


@dataclass(frozen=True)
class With:
    """With whom a child is: a person in the file, a family by its code, or an agency."""

    person: Person | None = None
    family: str = ""
    agency: Agency | None = None

    def columns(self, home: Family, child: Person) -> dict[str, Any]:
        """Return the columns that say so.

        Raises:
            PlaceUnfit: more than one, or the child itself. NotOfThisFamily: somebody who does not live in it.
            FamilyUnknown: there is no family of this code.
        """
        if len([one for one in (self.person, self.family, self.agency) if one]) > 1 or self.person == child:
            raise PlaceUnfit
        if self.person and not self.person.memberships.filter(family=home, until=None).exists():
            raise NotOfThisFamily
        if self.family:
            with connection.cursor() as cursor:
                cursor.execute("select app.is_family(%s)", [self.family])
                if not cursor.fetchone()[0]:
                    raise FamilyUnknown(family=self.family)
        return {"with_person": self.person, "with_family": self.family, "with_agency": self.agency}

    @property
    def home(self) -> str:
        """Return which kind of home it is, as the rules of placements name them."""
        return "agency" if self.agency else "kin" if self.person or self.family else "nobody"


@action("placement.write")
def propose_placement(actor: Actor, family: Family, *, child: Person, kind: str, place: With, view: View) -> Placement:
    """Propose where a child is to live; it lives there once somebody else agreed and the day came.

    Raises:
        NotOfThisFamily, GrownUp, ProposalWaits, ViewMissing, FamilyUnknown, Unknown, JoinedAlready, Forgotten.
        PlaceUnfit: the kind asks for another home.
    """
    require_child_of(family, child)
    if catalogue().placement_kind(kind).home != place.home:
        raise PlaceUnfit
    waiting = Placement.objects.filter(person=child, state__in=[State.PROPOSED, State.AGREED]).first()
    if waiting:
        raise ProposalWaits(on=waiting.proposed_on)
    return Placement.objects.create(
        person=child, kind=kind, proposed_by_id=actor.me, proposed_on=today(),
        **place.columns(family, child), **view.keep(child),
    )  # fmt: skip


@action("placement.write")
def study_home(actor: Actor, placement: Placement, *, on: date, outcome: str, words: str = "") -> Placement:
    """Record the study of the home a child is to live in; done again, the later one stands.

    Raises:
        PlacementNotThere, InTheFuture, DayUnfit, Unknown, Forgotten.
    """
    placement = _held(placement, State.PROPOSED)
    placement.study_on, placement.study_by_id = happened_with(placement.person.home, on), actor.me
    placement.study_outcome = catalogue().known("study_outcomes", outcome)
    placement.study_words_id = vault.keep_words(placement.person.identity_id, words)
    placement.save(update_fields=["study_on", "study_by", "study_outcome", "study_words"])
    return placement


@action("placement.write")
def agree_on_placement(actor: Actor, placement: Placement, *, on: date) -> Placement:
    """Record that the receiving family agreed to take the child in.

    Raises:
        PlacementNotThere, InTheFuture, DayUnfit.
    """
    placement = _held(placement, State.PROPOSED)
    placement.family_agreed_on = happened_with(placement.person.home, on)
    placement.save(update_fields=["family_agreed_on"])
    return placement


@action("placement.write")
def explain_apart(actor: Actor, placement: Placement, *, because: str, again_on: date) -> Placement:
    """Say why a child is to live apart from brothers and sisters, and when to look again.

    Raises:
        PlacementNotThere, Unknown.
        ApartDayUnfit: in more than half a year, or past.
    """
    placement = _held(placement, State.PROPOSED, State.AGREED, State.GOING_ON)
    if not today() <= again_on <= today() + timedelta(days=MOST_APART_DAYS):
        raise ApartDayUnfit(most=MOST_APART_DAYS)
    placement.apart_because, placement.apart_again_on = catalogue().known("apart_reasons", because), again_on
    placement.save(update_fields=["apart_because", "apart_again_on"])
    return placement


@action("placement.approve")
def approve_placement(actor: Actor, placement: Placement) -> Placement:
    """Agree, as another than who proposed it, that a child is to live somewhere.

    Raises:
        PlacementNotThere.
        NotYourOwn. OthersApprove: the kind is for a coordinator.
        PlacementIncomplete: no study that passes, no agreement of the family, or no reason to part siblings.
    """
    placement = _held(placement, State.PROPOSED)
    if placement.proposed_by_id == actor.me:
        raise NotYourOwn
    kind = catalogue().placement_kind(placement.kind)
    if not actor.may(kind.approval):
        raise OthersApprove(kind=kind.label)
    _require_complete(placement)
    placement.state, placement.approved_by_id, placement.approved_on = State.AGREED, actor.me, today()
    placement.save(update_fields=["state", "approved_by", "approved_on"])
    return placement


@action("placement.write")
def begin_placement(actor: Actor, placement: Placement, *, on: date) -> Placement:
    """Record that the child lives there from a day on; where it lived before ends with that day.

    Raises:
        PlacementNotThere, InTheFuture, BeforeTheLastStep.
        PlacementIncomplete: brothers and sisters live elsewhere by now, and nobody said why.
    """
    placement = _held(placement, State.AGREED)
    _require_complete(placement)
    current = Placement.objects.select_for_update().filter(person=placement.person, state=State.GOING_ON).first()
    on = happened(on, placement.approved_on or today())
    _require_after(on, placement.approved_on, current.since if current else None)
    if current:
        _end(current, on, MOVED_ON)
    days = catalogue().placement_kind(placement.kind).review_days
    placement.state, placement.since, placement.review_on = State.GOING_ON, on, on + timedelta(days=days)
    placement.save(update_fields=["state", "since", "review_on"])
    for other in Placement.objects.filter(person__in=siblings_of(placement.person), state=State.GOING_ON):
        _together_again(other)
    return placement


@action("placement.write")
def review_placement(
    actor: Actor, placement: Placement, *, on: date, view: View, words: str = "", next_on: date | None = None
) -> PlacementReview:
    """Record a look at where a child lives, and when next: at the latest when the rule of its kind says.

    Raises:
        PlacementNotThere, InTheFuture, BeforeTheLastStep, ViewMissing, Unknown, Forgotten.
        DayUnfit: the next look lies behind, or later than the rule allows.
    """
    placement = _held(placement, State.GOING_ON)
    on = happened_with(placement.person.home, on)
    last = placement.reviews.order_by("-on").values_list("on", flat=True).first()
    _require_after(on, placement.since, last)
    latest = on + timedelta(days=catalogue().placement_kind(placement.kind).review_days)
    again = due(next_on or latest, latest=latest)
    review = PlacementReview.objects.create(
        placement=placement, on=on, by_id=actor.me, next_on=again,
        words_id=vault.keep_words(placement.person.identity_id, words), **view.keep(placement.person),
    )  # fmt: skip
    placement.review_on = again
    placement.save(update_fields=["review_on"])
    _together_again(placement)
    return review


@action("placement.write")
def end_placement(actor: Actor, placement: Placement, *, on: date, because: str) -> Placement:
    """Record that a child lives there no more, and why; that the next home begins ends it as well.

    Raises:
        PlacementNotThere, InTheFuture, BeforeTheLastStep, Unknown.
    """
    placement = _held(placement, State.GOING_ON)
    on = happened_with(placement.person.home, on)
    _require_after(on, placement.since)
    return _end(placement, on, catalogue().known("placement_ends", because))


@action("placement.write")
def drop_placement(actor: Actor, placement: Placement, *, because: str) -> Placement:
    """Drop a placement that was proposed or agreed to, with the reason; it stays in the child's history.

    Raises:
        PlacementNotThere, Unknown.
    """
    placement = _held(placement, State.PROPOSED, State.AGREED)
    placement.state, placement.until = State.DROPPED, today()
    placement.end_reason = catalogue().known("placement_ends", because)
    placement.save(update_fields=["state", "until", "end_reason"])
    return placement


def require_child_of(family: Family, child: Person) -> None:
    """Require that a child lives in a family and has a file of its own; nobody joins or forgets it meanwhile.

    Raises:
        NotOfThisFamily, GrownUp, JoinedAlready, Forgotten.
    """
    if not child.memberships.filter(family=family, until=None).exists():
        raise NotOfThisFamily
    require_own_file(child)
    if child.birth_year is not None and not is_child(child):
        raise GrownUp(person=child.code)


def _held(placement: Placement, *states: int) -> Placement:
    found = Placement.objects.select_for_update(of=("self",)).select_related("person__home").get(pk=placement.pk)
    if found.state not in states:
        raise PlacementNotThere(state=found.get_state_display())
    return found


def _require_complete(placement: Placement) -> None:
    missing = lacking(placement, apart_from(placement))
    if missing:
        raise PlacementIncomplete(missing=" ".join(missing))


def _require_after(on: date, *days: date | None) -> None:
    before = max((day for day in days if day), default=None)
    if before and on < before:
        raise BeforeTheLastStep(on=on, before=before)


def _together_again(placement: Placement) -> None:
    """Let the day on which siblings are looked at again fall away, once they are together."""
    if placement.apart_because and not apart_from(placement):
        placement.apart_because, placement.apart_again_on = "", None
        placement.save(update_fields=["apart_because", "apart_again_on"])


def _end(placement: Placement, on: date, because: str) -> Placement:
    placement.state, placement.until, placement.end_reason = State.ENDED, on, because
    placement.save(update_fields=["state", "until", "end_reason"])
    return placement
