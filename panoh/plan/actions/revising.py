"""Revising a plan in force: changes are collected, each with who asked for it, and adopted as the next edition."""

from __future__ import annotations

from datetime import date

from panoh.access.entrances import Actor, action
from panoh.plan.actions.wanted import Wanted
from panoh.plan.models import Change, Plan, PlanAction, Revision
from panoh.plan.refusals import (
    ActionHasParts,
    ActionLeaves,
    ActionNumberTaken,
    ChangedAlready,
    NothingToAdopt,
    NotOfThisPlan,
    PlanNotInForce,
    RevisionOpen,
    RevisionOver,
)

__all__ = ["Wanted", "abandon_revision", "adopt_revision", "begin_revision", "propose_change", "take_out_change"]


def _open(revision: Revision) -> Revision:
    locked = Revision.objects.select_for_update().select_related("plan").get(pk=revision.pk)
    if locked.state != Revision.State.OPEN:
        raise RevisionOver
    return locked


@action("joint.edit")
def begin_revision(actor: Actor, plan: Plan) -> Revision:
    """Begin to prepare the next edition.

    Raises:
        PlanNotInForce: a draft is changed directly.
        RevisionOpen: one is being prepared.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != Plan.State.IN_FORCE:
        raise PlanNotInForce
    if found := plan.revisions.filter(state=Revision.State.OPEN).first():
        raise RevisionOpen(edition=found.edition)
    return Revision.objects.create(plan=plan, edition=plan.edition + 1, opened_by_id=actor.staff_id or None)


@action("joint.edit")
def propose_change(
    actor: Actor,
    revision: Revision,
    *,
    of: PlanAction | None = None,
    to: Wanted | None = None,
    asked_for_in: str = "",
    because: str = "",
) -> Change:
    """Put a change into a revision: of nothing to something adds, of something to nothing drops, else rewords.

    Raises:
        RevisionOver: it was adopted or given up.
        NotOfThisPlan: the action or its new place is of another plan.
        ActionHasParts: it would be dropped and leave parts behind.
        ActionLeaves: it would be a part of an action that this revision drops.
        ChangedAlready: the revision changes this action already.
        ActionNumberTaken: another action has the number, or will have it.
    """
    revision = _open(revision)
    if of is None and to is None:
        raise NothingToAdopt
    if of is not None and (of.plan_id != revision.plan_id or of.until is not None):
        raise NotOfThisPlan
    if of is not None and revision.changes.filter(action=of).exists():
        raise ChangedAlready(number=of.code)
    before = Wanted.of(of).told() if of else None
    leaving = [change.action for change in revision.changes.filter(kind=Change.Kind.DROP).select_related("action")]
    if to is not None:
        if to.parent in [one.code for one in leaving if one]:
            raise ActionLeaves(number=to.parent)
        to.put(of or PlanAction(plan=revision.plan), leaving=[one.pk for one in leaving if one])
        if revision.changes.filter(action=None, after__code=to.code).exists():
            raise ActionNumberTaken(number=to.code)
    elif of is not None:
        _leave_no_part(revision, of)
    return Change.objects.create(
        revision=revision,
        kind=Change.Kind.ADD if of is None else Change.Kind.DROP if to is None else Change.Kind.REWORD,
        action_id=of.pk if of else None,
        before=before,
        after=to.told() if to else None,
        asked_for_in=asked_for_in,
        because=because,
    )


def _leave_no_part(revision: Revision, of: PlanAction) -> None:
    """Refuse to drop an action of which the next edition has parts: those it has, but those that go or move away."""
    parts = set(of.parts.filter(until=None).values_list("code", flat=True))
    for change in revision.changes.order_by("-kind", "pk"):
        before, after = change.before or {}, change.after or {}
        parts -= {before.get("code", "")}
        if after.get("parent") == of.code:
            parts |= {after["code"]}
    if parts:
        raise ActionHasParts(number=of.code, parts=", ".join(sorted(parts)))


@action("joint.edit")
def take_out_change(actor: Actor, change: Change) -> None:
    """Take a change out of a revision that is being prepared.

    Raises:
        RevisionOver: it was adopted or given up.
    """
    _open(change.revision)
    change.delete()


@action("joint.edit")
def abandon_revision(actor: Actor, revision: Revision) -> Revision:
    """Give a revision up; its changes stay to be read.

    Raises:
        RevisionOver: it was adopted or given up.
    """
    revision = _open(revision)
    revision.state = Revision.State.ABANDONED
    revision.save(update_fields=("state",))
    return revision


@action("joint.edit")
def adopt_revision(actor: Actor, revision: Revision, *, on: date, at: str = "", source: str = "") -> Revision:
    """Put the next edition in force: every change is made, in one transaction.

    Raises:
        RevisionOver: it was adopted or given up.
        NothingToAdopt: it changes nothing.
        NotOfThisPlan: what a change names is no longer there.
        ActionHasParts: an action would be dropped and leave parts behind.
        ActionNumberTaken: two changes lead to the same number.
    """
    revision = _open(revision)
    changes = list(revision.changes.select_related("action__plan"))
    if not changes:
        raise NothingToAdopt
    # What is dropped goes first and what is added comes last, so that a number can be given on.
    for change in sorted(changes, key=lambda change: change.kind, reverse=True):
        _make(revision, change)
    plan = revision.plan
    if left := plan.actions.filter(until=None, parent__until__isnull=False).select_related("parent").first():
        raise ActionHasParts(number=left.parent and left.parent.code, parts=left.code)
    plan.edition = revision.edition
    plan.save(update_fields=("edition",))
    revision.state, revision.adopted_on = Revision.State.ADOPTED, on
    revision.adopted_at, revision.source = at, source
    revision.save()
    return revision


def _make(revision: Revision, change: Change) -> None:
    act = change.action or PlanAction(
        plan=revision.plan, since=revision.edition, origin=PlanAction.Origin.PROPOSAL, asked_for_in=change.asked_for_in
    )
    if change.kind == Change.Kind.DROP:
        act.until = revision.plan.edition
        act.save(update_fields=("until",))
        return
    act.edition = revision.edition
    Wanted.read(change.after or {}).write(act)
    if change.action is None:
        change.action = act
        change.save(update_fields=("action",))
