"""Steps when whoever cares for children is away from one day to the next: say so, and decide for each child today."""

from __future__ import annotations

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.casework.actions.placements import View, With
from panoh.casework.models import CareDecision, Family
from panoh.casework.queries.placements import children_of
from panoh.casework.refusals import AlreadySettled
from panoh.casework.refusals_care import CarerMissing, DecisionsOpen, NoChildren
from panoh.vault import actions as vault

__all__ = ["decide_care", "say_carer_absent"]

Outcome = CareDecision.Outcome


@action("placement.write")
def say_carer_absent(actor: Actor, family: Family) -> list[CareDecision]:
    """Open a decision of today for each child of a family; it stands on Today until somebody decides.

    Raises:
        NoChildren, DecisionsOpen.
    """
    # One at a time, so that two who press the button open one decision for each child.
    Family.objects.select_for_update(no_key=True).filter(pk=family.pk).first()
    children = children_of(family)
    if not children:
        raise NoChildren(family=family.code)
    open_now = set(CareDecision.objects.filter(person__in=children, outcome=None).values_list("person", flat=True))
    left = [child for child in children if child.pk not in open_now]
    if not left:
        raise DecisionsOpen(family=family.code)
    return [CareDecision.objects.create(person=child, opened_on=today(), opened_by_id=actor.me) for child in left]


@action("placement.write")
def decide_care(
    actor: Actor, decision: CareDecision, *, outcome: int, place: With, view: View, words: str = ""
) -> CareDecision:
    """Decide who cares for a child for now; it is no placement, which is proposed and agreed to by another.

    Raises:
        AlreadySettled, ViewMissing, Unknown, NotOfThisFamily, PlaceUnfit, FamilyUnknown, Forgotten.
        CarerMissing: with whom is not said, or is said though the carer is back.
    """
    found = CareDecision.objects.select_for_update(of=("self",)).select_related("person__home").get(pk=decision.pk)
    if found.outcome:
        raise AlreadySettled(on=found.decided_on)
    if (outcome == Outcome.BACK) != (place.home == "nobody"):
        raise CarerMissing
    child = found.person
    settled = {
        "outcome": Outcome(outcome), "decided_on": today(), "decided_by_id": actor.me,
        "words_id": vault.keep_words(child.identity_id, words),
        **place.columns(child.home, child), **view.keep(child),
    }  # fmt: skip
    for name, value in settled.items():
        setattr(found, name, value)
    found.save()
    return found
