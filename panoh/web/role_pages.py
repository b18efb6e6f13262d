"""Pages of roles: what is proposed for whom, and who agrees or refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panoh.access import role_changes, role_versions
from panoh.access.entrances import Actor, Request, ask, page, see
from panoh.access.models import RoleChange, Staff
from panoh.access.queries import staff_for
from panoh.access.roles import role_label
from panoh.access.roles import roles as served_roles
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
    waiting = role_versions.waiting_version()
    shown = {
        "changes": changes,
        "roles": role_versions.roles_in_words(),
        "waiting": waiting,
        "differences": role_versions.difference(waiting) if waiting else [],
        "versions": role_versions.versions(),
    }
    return render(request, "roles.html", shown)


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
        will=[_days(change), _("The open sessions end on the first day of it."), *_left(change)],
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


@page("roles/versions/<int:number>/", name="role-version", needs="role.see")
def version(request: Request, number: int) -> HttpResponse:
    """Show what a version of the roles changed."""
    found = role_versions.version_numbered(number)
    shown = {
        "version": found,
        "differences": role_versions.difference(found),
        "is_signed": role_versions.has_our_signature(found),
    }
    return render(request, "role_version.html", shown)


@page("roles/versions/<int:number>/propose/", name="version-propose", needs="role.propose", methods=("POST",))
def propose_version(request: Request, number: int) -> HttpResponse:
    """Propose that a version comes into force."""
    role_versions.propose_version(request.actor, role_versions.version_numbered(number))
    return see(request, "roles", said=_("Proposed. Another colleague decides on it here."))


@page("roles/versions/<int:number>/agree/", name="version-agree", needs="role.decide", methods=("GET", "POST"))
def agree_to_version(request: Request, number: int) -> HttpResponse:
    """Agree to a version that a colleague proposed."""
    found = role_versions.version_numbered(number)

    def then(form: NothingMore) -> HttpResponse:
        role_versions.agree_to_version(request.actor, found)
        return see(request, "roles", said=_("The version is signed and in force."))

    return ask(
        request,
        NothingMore(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        title=_("Put version %(number)s of the roles in force?") % {"number": number},
        says=_("From the next click on, everybody may do what this version says, and nothing else."),
        will=[sentence for one in role_versions.difference(found) for sentence in _changed(one)],
        submit=_("Agree"),
        cancel=reverse("roles"),
        danger=True,
    )


@page("roles/versions/<int:number>/refuse/", name="version-refuse", needs="role.see", methods=("POST",))
def refuse_version(request: Request, number: int) -> HttpResponse:
    """Refuse a version that was proposed, or withdraw it."""
    role_versions.refuse_version(request.actor, role_versions.version_numbered(number))
    return see(request, "roles", said=_("The roles in force stay."))


def _changed(one: role_versions.Difference) -> list[str]:
    """Say what changes for one role, a sentence for what is added and one for what is taken away."""
    label = one.label
    added = _("%(role)s, more: %(what)s.") % {"role": label, "what": ", ".join(one.more)}
    taken = _("%(role)s, less: %(what)s.") % {"role": label, "what": ", ".join(one.less)}
    return [said for said, found in ((added, one.more), (taken, one.less)) if found]


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


def _left(change: RoleChange) -> list[str]:
    """Say what the account still leads, and what becomes of it under a role that leads nothing."""
    left = work_in_words(work_of(change.staff))
    if served_roles()[change.to_role].scope == "none" and served_roles()[change.from_role].scope != "none":
        left.append(_("The new role leads no family. Name another lead worker for each that it leads now."))
    return left


def _days(change: RoleChange) -> str:
    """Say from when until when, and what is then."""
    told = {"from": date_format(change.starts_on), "was": role_label(change.from_role)}
    if change.ends_on is None:
        return _("From %(from)s on, for good; until then: %(was)s.") % told
    until = {**told, "until": date_format(change.ends_on)}
    return _("From %(from)s until %(until)s; before and after: %(was)s.") % until
