"""Pages of the shell: settings, with agencies, staff and services."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings as site
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access import actions as access
from panoh.access.entrances import Request, ask, page, see
from panoh.access.queries import agencies, agency_for, staff_for, staff_of
from panoh.access.roles import role_label
from panoh.casework import actions as casework
from panoh.casework.catalogue import catalogue
from panoh.casework.queries import work_of
from panoh.web.forms import AgeKeyForm, AgencyForm, HandOverForm, PasswordForm, StaffForm


@page("settings/", name="settings", needs="settings.see")
def settings(request: Request) -> HttpResponse:
    """Show agencies, staff and services."""
    staff = [(member, role_label(member.role_now)) for member in staff_of(request.actor)]
    words = catalogue()
    services = [
        (kind.label, [service for service in words.services if service.kind == kind.code])
        for kind in ([] if site.PANOH_REGION else words.assistance_kinds)
    ]
    return render(request, "settings.html", {"agencies": agencies(), "staff": staff, "services": services})


@page("settings/agencies/new/", name="agency-new", needs="settings.edit", methods=("GET", "POST"))
def add_agency(request: Request) -> HttpResponse:
    """Register an agency."""

    def then(form: AgencyForm) -> HttpResponse:
        agency = access.add_agency(request.actor, **form.cleaned_data)
        return see(request, "settings", said=_("%(name)s is registered.") % {"name": agency.name})

    return ask(
        request,
        AgencyForm(request.POST or None),
        then,
        title=_("New agency"),
        submit=_("Register agency"),
        cancel=reverse("settings"),
    )


@page("settings/agencies/<str:agency>/key/", name="agency-key", needs="settings.edit", methods=("GET", "POST"))
def give_age_key(request: Request, agency: str) -> HttpResponse:
    """Enter the public key to which files for an agency are encrypted."""
    found = agency_for(agency)

    def then(form: AgeKeyForm) -> HttpResponse:
        access.give_age_key(request.actor, found, key=form.cleaned_data["age_key"])
        return see(request, "settings", said=_("The key of %(name)s is recorded.") % {"name": found.name})

    return ask(
        request,
        AgeKeyForm(request.POST or None, initial={"age_key": found.age_key}),
        then,
        title=_("Public key"),
        submit=_("Record the key"),
        cancel=reverse("settings"),
        under=found.name,
    )


@page("settings/staff/new/", name="staff-new", needs="settings.edit", methods=("GET", "POST"))
def add_staff(request: Request) -> HttpResponse:
    """Open an account."""

    def then(form: StaffForm) -> HttpResponse:
        staff = access.add_staff(request.actor, **form.cleaned_data)
        return see(request, "settings", said=_("%(name)s can sign in now.") % {"name": staff.display_name})

    return ask(
        request,
        StaffForm(request.POST or None),
        then,
        title=_("New account"),
        submit=_("Open account"),
        cancel=reverse("settings"),
    )


@page("settings/staff/<str:username>/password/", name="staff-password", needs="settings.edit", methods=("GET", "POST"))
def give_password(request: Request, username: str) -> HttpResponse:
    """Give a colleague who forgot theirs a new password."""
    staff = staff_for(request.actor, username)

    def then(form: PasswordForm) -> HttpResponse:
        access.give_password(request.actor, staff, password=form.cleaned_data["password"])
        return see(request, "settings", said=_("%(name)s has a new password.") % {"name": staff.display_name})

    return ask(
        request,
        PasswordForm(request.POST or None),
        then,
        title=_("New password"),
        submit=_("Give the password"),
        cancel=reverse("settings"),
        under=staff.display_name,
    )


@page("settings/staff/<str:username>/end/", name="staff-end", needs="settings.edit", methods=("GET", "POST"))
def retire_staff(request: Request, username: str) -> HttpResponse:
    """Confirm and end an account."""
    staff = staff_for(request.actor, username)
    others = list(staff_of(request.actor).exclude(pk=staff.pk))
    work = work_of(staff)

    def then(form: HandOverForm) -> HttpResponse:
        casework.end_account(request.actor, staff, to=form.cleaned_data.get("to"))
        return see(request, "settings", said=_("The account is ended."))

    return ask(
        request,
        HandOverForm(others, work, request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        title=_("End the account of %(name)s?") % {"name": staff.display_name},
        says=_("The account cannot sign in any more. What it did stays on record."),
        will=[_("The open sessions of this account stop at the next click."), *work_in_words(work)],
        submit=_("End the account"),
        cancel=reverse("settings"),
        danger=True,
    )


def work_in_words(work: Mapping[str, int]) -> list[str]:
    """Say what the account still has to do."""
    told = (
        (ngettext("It leads %(n)s family.", "It leads %(n)s families.", work["families"]), work["families"]),
        (ngettext("It has %(n)s open task.", "It has %(n)s open tasks.", work["tasks"]), work["tasks"]),
        (ngettext("It sees to %(n)s step.", "It sees to %(n)s steps of plans.", work["steps"]), work["steps"]),
        (ngettext("It has %(n)s planned visit.", "It has %(n)s planned visits.", work["visits"]), work["visits"]),
    )
    return [said % {"n": number} for said, number in told if number]
