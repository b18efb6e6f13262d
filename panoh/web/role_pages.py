"""Pages of roles: what is proposed for whom, and who agrees or refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panoh.access import role_changes
from panoh.access.entrances import Actor, Request, ask, page, see
from panoh.access.models import RoleChange, Staff
from panoh.access.queries import staff_for
from panoh.access.roles import role_label
from panoh.casework.queries import work_of
from panoh.web.forms import NothingMore, RoleForm
from panoh.web.pages import work_in_words


@page("settings/staff/<str:username>/role/", name="staff-role", needs="role.propose", methods=("GET", "POST"))
def propose(request: Request, username: str) -> HttpResponse:
    """Propose another role for a colleague."""
    staff = staff_for(request.actor, username)

    def then(form: RoleForm) -> HttpResponse:
        role_changes.propose_role(request.actor, staff, **form.cleaned_data)
        return see(request, "roles", said=_("Proposed. Another colleague decides on it here."))

    return ask(
        request,
        RoleForm(staff.role_now, request.POST or None),
        then,
        title=_("Another role"),
        under=staff.display_name,
        says=_("The role now: %(role)s. Another colleague has to agree; neither of you can be the one concerned.")
        % {"role": role_label(staff.role_now)},
        submit=_("Propose the role"),
        cancel=reverse("settings"),
    )


@page("roles/", name="roles", needs="role.see")
def roles(request: Request) -> HttpResponse:
    """Show what is proposed, who may decide on it, and what each role may do."""
    changes = [
        (change, role_label(change.from_role), role_label(change.to_role)) for change in role_changes.open_changes()
    ]
    return render(request, "roles.html", {"changes": changes})


@page("roles/changes/<str:username>/agree/", name="role-agree", needs="role.decide", methods=("GET", "POST"))
def agree(request: Request, username: str) -> HttpResponse:
    """Agree to a role that a colleague proposed."""
    change = role_changes.change_of(username)

    def then(form: NothingMore) -> HttpResponse:
        role_changes.agree_to_role(request.actor, change.staff)
        return see(request, "roles", said=_("Agreed. %(name)s is told on the page of the account.") % _names(change))

    return ask(
        request,
        NothingMore(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        title=_("Give %(name)s the role %(role)s?") % _names(change),
        says=_("%(by)s proposed it. Reason: %(because)s") % _names(change),
        will=[_days(change), _("The open sessions end on the first day of it."), *work_in_words(work_of(change.staff))],
        submit=_("Agree"),
        cancel=reverse("roles"),
        danger=True,
    )


@page("roles/changes/<str:username>/refuse/", name="role-refuse", needs="role.decide", methods=("POST",))
def refuse(request: Request, username: str) -> HttpResponse:
    """Refuse what a colleague proposed."""
    return _end(request, username, role_changes.refuse_role, _("Refused."))


@page("roles/changes/<str:username>/withdraw/", name="role-withdraw", needs="role.propose", methods=("POST",))
def withdraw(request: Request, username: str) -> HttpResponse:
    """Withdraw what one proposed oneself."""
    return _end(request, username, role_changes.withdraw_role, _("Withdrawn."))


def _end(request: Request, username: str, step: Callable[[Actor, Staff], Staff], said: str) -> HttpResponse:
    step(request.actor, role_changes.change_of(username).staff)
    return see(request, "roles", said=said)


def _names(change: RoleChange) -> dict[str, str]:
    return {
        "name": change.staff.display_name,
        "role": role_label(change.to_role),
        "by": change.proposed_by.display_name,
        "because": change.because,
    }


def _days(change: RoleChange) -> str:
    """Say from when until when, and what is then."""
    told = {"from": date_format(change.starts_on), "was": role_label(change.from_role)}
    if change.ends_on is None:
        return _("From %(from)s on, for good; until then: %(was)s.") % told
    until = {**told, "until": date_format(change.ends_on)}
    return _("From %(from)s until %(until)s; before and after: %(was)s.") % until
