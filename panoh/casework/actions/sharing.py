"""Steps that open a file to somebody who helps, and that keep it from somebody who must not see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import COMPANIONS, FieldClass
from panoh.access.models import Agency, Staff
from panoh.access.refusals import NotAllowed, Unknown
from panoh.casework.actions.consents import Basis, basis_for
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, Grant, Withhold
from panoh.casework.refusals import AlreadySettled, GrantDayUnfit, GrantToYourself, NothingChosen, WithheldFromThem
from panoh.vault.actions import keep_text

__all__ = ["end_grant", "give_grant", "stop_withholding", "withhold"]

LONGEST_DAYS = 366


@action("grant.give")
def give_grant(
    actor: Actor,
    family: Family,
    *,
    to: Staff | Agency,
    classes: Iterable[int],
    purpose: str,
    until: date,
    changes: bool = False,
    basis: Basis | None = None,
) -> Grant:
    """Open some classes of a family's file to a colleague, or to an agency's, for a purpose, until a day.

    That there is a file goes with each class, and the sealed notes of a profession with its class: the role decides.
    basis: on what it is told to another agency than the lead agency; a consent that covers it is found by itself, and
    the file closes with its last day at the latest.

    Raises:
        ConsentMissing, ConsentUnfit, ReasonMissing: nobody agreed, and no legal basis with a reason is given.
        GrantToYourself, NothingChosen, GrantDayUnfit, Unknown (the purpose, an ended account).
        WithheldFromThem: the family asked that they do not see it.
        NotAllowed: the actor's role does not read the class itself, or the file is only open to the actor by a grant.
    """
    require_lead(actor, family)
    if isinstance(to, Staff) and to.pk == actor.staff_id:
        raise GrantToYourself
    if not to.is_active:
        raise Unknown(word=to, what=_("colleagues"))
    chosen = {FieldClass(kind) for kind in classes}
    if not chosen:
        raise NothingChosen
    if not chosen <= actor.role.classes:
        raise NotAllowed
    if not today() <= until <= today() + timedelta(LONGEST_DAYS):
        raise GrantDayUnfit(last=today() + timedelta(LONGEST_DAYS))
    chosen |= {FieldClass.FILE} | {COMPANIONS[kind] for kind in chosen if kind in COMPANIONS}
    require_not_withheld(family, to, chosen)
    agency = to.agency if isinstance(to, Staff) else to
    told: dict[str, Any] = {}
    if agency.pk != family.agency_id:
        people, seal = list(family.people_at_home.all()), partial(keep_text, family.papers_id)
        told = basis_for(people, agency, chosen, basis or Basis(), seal=seal)
        if told["consent"]:  # nothing stays open longer than somebody agreed to
            until = min(until, told["consent"].until)
    return Grant.objects.create(
        family=family, **_whom(to), classes=sorted(chosen), purpose=catalogue().known("purposes", purpose),
        until=until, changes=changes, **told, given_by_id=actor.me,
    )  # fmt: skip


@action("grant.give")
def end_grant(actor: Actor, grant: Grant) -> Grant:
    """Close a file again to whom it was opened; from the next click on it is hidden.

    Raises:
        AlreadySettled: it ended before.
    """
    return _end(actor, grant)


@action("grant.give")
def withhold(actor: Actor, family: Family, *, whom: Staff | Agency, classes: Iterable[int], because: str) -> Withhold:
    """Keep some classes of a family's file, or with the first of them all, from a colleague or an agency.

    It binds everybody, whatever role or grant they have.

    Raises:
        NothingChosen, Unknown (why).
    """
    require_lead(actor, family)
    chosen = {FieldClass(kind) for kind in classes}
    if not chosen:
        raise NothingChosen
    chosen |= {COMPANIONS[kind] for kind in chosen if kind in COMPANIONS}
    return Withhold.objects.create(
        family=family, **_whom(whom), classes=sorted(chosen),
        because=catalogue().known("withholding_reasons", because), set_by_id=actor.me,
    )  # fmt: skip


@action("grant.give")
def stop_withholding(actor: Actor, entry: Withhold) -> Withhold:
    """Take an entry off the withhold list, because the family agrees.

    Raises:
        AlreadySettled: it ended before.
    """
    return _end(actor, entry)


Given = TypeVar("Given", Grant, Withhold)


def _end(actor: Actor, given: Given) -> Given:
    require_lead(actor, given.family)
    held = type(given)._default_manager.select_for_update(of=("self",)).get(pk=given.pk)
    if held.ended_at:
        raise AlreadySettled(on=held.ended_at.date())
    held.ended_at, held.ended_by_id = now(), actor.me
    held.save(update_fields=["ended_at", "ended_by"])
    return held


def require_lead(actor: Actor, family: Family) -> None:
    """Raise NotAllowed unless the actor leads the file, or sees it by role."""
    if not actor.leads(family.pk):
        raise NotAllowed


def _whom(to: Staff | Agency) -> dict[str, Staff | Agency]:
    return {"staff": to} if isinstance(to, Staff) else {"agency": to}


def require_not_withheld(family: Family, to: Staff | Agency, classes: set[FieldClass]) -> None:
    """Refuse to open to somebody what the family keeps from them.

    Raises:
        WithheldFromThem.
    """
    agency_id = to.agency_id if isinstance(to, Staff) else to.pk
    staff_id = to.pk if isinstance(to, Staff) else None
    for entry in Withhold.objects.filter(family=family, ended_at=None):
        meant = (entry.staff_id is not None and entry.staff_id == staff_id) or entry.agency_id == agency_id
        if meant and classes & {FieldClass.FILE, *entry.classes} & {*entry.classes}:
            raise WithheldFromThem(name=to)
