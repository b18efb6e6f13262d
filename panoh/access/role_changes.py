"""Another role for somebody: one proposes it, another agrees or refuses, and it holds for good or until a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.access.actions import NotYourself
from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import RoleChange, Staff
from panoh.access.refusals import NotNow, NotRight, NotThere, Unknown
from panoh.access.roles import is_given, roles, why_apart
from panoh.access.sessions import end_sessions, note

__all__ = [
    "agree_to_role", "open_change", "open_changes", "propose_role", "refuse_role", "refuse_roles_apart",
    "withdraw_role",
]  # fmt: skip

State = RoleChange.State


class RolesApart(NotRight):
    code = "access.roles-apart"
    says = _("%(one)s and %(other)s are not for one person, at once or one after the other. %(because)s")


class RoleAlready(NotRight):
    code = "access.role-already"
    says = _("This is the role that the account has. Choose another one.")


class DaysWrong(NotRight):
    code = "access.days-wrong"
    says = _("A role begins today or later, and ends on that day or later. Mend the days.")


class ChangeOpen(NotNow):
    code = "access.change-open"
    says = _("Another role of this account is proposed already. Let somebody decide on it, or withdraw it, first.")


class ChangeAgreed(NotNow):
    code = "access.change-agreed"
    says = _("Another role of this account begins on %(day)s. Wait for that day.")


class ChangeAbsent(NotNow):
    code = "access.change-absent"
    says = _("No other role of this account waits for somebody to decide.")


class ChangeStale(NotNow):
    code = "access.change-stale"
    says = _("The account has another role meanwhile. Refuse what was proposed, and propose it anew.")


class ChangeByTwo(NotNow):
    code = "access.change-by-two"
    says = _("Whoever proposed a role does not decide on it as well. Ask another colleague.")


def open_change(staff: Staff) -> RoleChange | None:
    """Return what is proposed for an account and waits for somebody to decide."""
    found = RoleChange.objects.filter(staff=staff, state=State.PROPOSED).select_related("staff__agency", "proposed_by")
    return found.first()


def open_changes() -> list[RoleChange]:
    """Return what waits for somebody to decide, the oldest first."""
    found = RoleChange.objects.filter(state=State.PROPOSED, staff__is_active=True)
    found = found.select_related("staff__agency", "proposed_by")
    return list(found.order_by("proposed_at"))


def change_of(username: str) -> RoleChange:
    """Return what is proposed for the account of this user name.

    Raises:
        NotThere: nothing.
    """
    staff = Staff.objects.filter(username=username, is_active=True).first()
    found = open_change(staff) if staff else None
    if found is None:
        raise NotThere
    return found


@action("role.propose")
def propose_role(
    actor: Actor, staff: Staff, *, role: str, because: str, starts_on: date | None = None, ends_on: date | None = None
) -> Staff:
    """Propose another role for somebody. ends_on: the last day of it, after which the role so far is back.

    Raises:
        NotYourself; Unknown, RoleAlready, RolesApart (the role); DaysWrong; ChangeOpen, ChangeAgreed.
    """
    if staff.pk == actor.me:
        raise NotYourself
    if not is_given(role):
        raise Unknown(word=role, what=_("roles"))
    if role == staff.role_now:
        raise RoleAlready
    first = starts_on or today()
    if first < today() or (ends_on is not None and ends_on < first):
        raise DaysWrong
    if open_change(staff):
        raise ChangeOpen
    _require_no_other(staff)
    refuse_roles_apart(staff, role)
    RoleChange.objects.create(
        staff=staff, from_role=staff.role_now, to_role=role, because=because, starts_on=first, ends_on=ends_on,
        proposed_by_id=actor.me,
    )  # fmt: skip
    note(actor.staff, "role.proposed", about=staff)
    return staff


@action("role.decide")
def agree_to_role(actor: Actor, staff: Staff) -> Staff:
    """Agree to what a colleague proposed: it is in force from its first day on, and the open sessions end with the old.

    Raises:
        NotYourself, ChangeAbsent, ChangeByTwo, ChangeStale, ChangeAgreed, RolesApart.
    """
    change = _to_decide(actor, staff)
    if change.from_role != staff.role_now:
        raise ChangeStale
    _require_no_other(staff)
    refuse_roles_apart(staff, change.to_role)
    _close(change, State.AGREED, actor)
    staff.refresh_from_db()
    if staff.role_now != change.from_role:
        end_sessions(staff)
    note(actor.staff, "role.agreed", about=staff)
    return staff


@action("role.decide")
def refuse_role(actor: Actor, staff: Staff) -> Staff:
    """Refuse what a colleague proposed.

    Raises:
        NotYourself, ChangeAbsent, ChangeByTwo (who proposed it withdraws it).
    """
    _close(_to_decide(actor, staff), State.REFUSED, actor)
    note(actor.staff, "role.refused", about=staff)
    return staff


@action("role.propose")
def withdraw_role(actor: Actor, staff: Staff) -> Staff:
    """Withdraw what one proposed oneself.

    Raises:
        ChangeAbsent: nothing of the actor's waits.
    """
    change = open_change(staff)
    if change is None or change.proposed_by_id != actor.me:
        raise ChangeAbsent
    _close(change, State.WITHDRAWN, actor)
    note(actor.staff, "role.withdrawn", about=staff)
    return staff


def refuse_roles_apart(staff: Staff, role: str) -> None:
    """Refuse a role that checks one the account held, or one that the same person has in another account.

    Raises:
        RolesApart.
    """
    held = {staff.role}
    if staff.pk:
        agreed = RoleChange.objects.filter(staff=staff, state=State.AGREED)
        held |= set(agreed.values_list("to_role", flat=True))
    if staff.email:
        for other in Staff.objects.filter(Q(email__iexact=staff.email), is_active=True).exclude(pk=staff.pk):
            held |= {other.role, other.role_now, other.changed_role} - {""}
    for one in sorted(held):
        if because := why_apart(one, role):
            raise RolesApart(one=roles()[one].label, other=roles()[role].label, because=because)


def _to_decide(actor: Actor, staff: Staff) -> RoleChange:
    if staff.pk == actor.me:
        raise NotYourself
    change = open_change(staff)
    if change is None:
        raise ChangeAbsent
    if change.proposed_by_id == actor.me:
        raise ChangeByTwo
    return change


def _require_no_other(staff: Staff) -> None:
    if staff.waits_for:
        raise ChangeAgreed(day=staff.waits_for)


def _close(change: RoleChange, state: State, actor: Actor) -> None:
    change.state, change.decided_by_id, change.decided_at = state, actor.me, timezone.now()
    change.save(update_fields=["state", "decided_by", "decided_at"])
