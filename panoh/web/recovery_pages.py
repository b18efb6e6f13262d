"""Pages by which two colleagues let somebody in again, and one signs somebody out everywhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access import recovery
from panoh.access.actions import end_sessions_of
from panoh.access.entrances import Request, ask, page, see
from panoh.access.government import government_id, set_government_id
from panoh.access.models import Staff
from panoh.access.queries import staff_for
from panoh.access.recovery import Half
from panoh.web.account_forms import GovernmentForm, ProposeForm
from panoh.web.forms import NothingMore


@page("settings/staff/<str:username>/sign-out/", name="staff-sign-out", needs="settings.edit", methods=("GET", "POST"))
def sign_out(request: Request, username: str) -> HttpResponse:
    """Confirm and end all sessions of a colleague."""
    staff = staff_for(request.actor, username)

    def then(form: NothingMore) -> HttpResponse:
        end_sessions_of(request.actor, staff)
        return see(request, "settings", said=_("%(name)s is signed out everywhere.") % {"name": staff.display_name})

    return ask(
        request,
        NothingMore(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        title=_("Sign %(name)s out everywhere?") % {"name": staff.display_name},
        says=_("All sessions of this account end at the next click; signing in again stays possible."),
        submit=_("Sign out everywhere"),
        cancel=reverse("settings"),
    )


@page("settings/staff/<str:username>/recover/", name="staff-recover", needs="settings.edit", methods=("GET", "POST"))
def propose(request: Request, username: str) -> HttpResponse:
    """Propose that a colleague gets in anew."""
    staff = staff_for(request.actor, username)

    def then(form: ProposeForm) -> HttpResponse:
        half = recovery.propose_recovery(request.actor, staff, reason=form.cleaned_data["reason"])
        return _tell(request, staff, half, is_first=True)

    return ask(
        request,
        ProposeForm(request.POST or None),
        then,
        title=_("Let somebody in again"),
        under=staff.display_name,
        says=_(
            "Make sure that it is really them: meet them, or call the number you know. Another colleague has to agree;"
            " then old password, second factor and sessions end."
        ),
        submit=_("Propose the recovery"),
        cancel=reverse("settings"),
    )


@page("recoveries/", name="recoveries", needs="account.recover")
def recoveries(request: Request) -> HttpResponse:
    """Show the recoveries that wait for somebody to agree, or for the person."""
    shown = recovery.open_recoveries()
    return render(request, "account/recoveries.html", {"recoveries": shown, "lasts": recovery.AGREED_LASTS})


@page("recoveries/<str:username>/agree/", name="recovery-agree", needs="account.recover", methods=("GET", "POST"))
def agree(request: Request, username: str) -> HttpResponse:
    """Agree to a recovery that a colleague proposed."""
    staff = recovery.recovering(username)
    proposed = recovery.open_recovery(staff)

    def then(form: NothingMore) -> HttpResponse:
        return _tell(request, staff, recovery.agree_to_recovery(request.actor, staff), is_first=False)

    return ask(
        request,
        NothingMore(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        title=_("Let %(name)s in again?") % {"name": staff.display_name},
        says=_("Reason: %(reason)s.") % {"reason": proposed.get_reason_display() if proposed else ""},
        will=[
            _("Make sure yourself that it is really them: meet them, or call the number you know."),
            _("Stand by: what you get to see then holds 15 minutes."),
            _("Old password, second factor and sessions end when they use both halves of the code."),
        ],
        submit=_("Agree"),
        cancel=reverse("recoveries"),
        danger=True,
    )


@page("recoveries/<str:username>/stop/", name="recovery-stop", needs="account.recover", methods=("POST",))
def stop(request: Request, username: str) -> HttpResponse:
    """Stop a recovery."""
    recovery.stop_recovery(request.actor, recovery.recovering(username))
    return see(request, "recoveries", said=_("The recovery is stopped."))


@page("settings/staff/<str:username>/identity/", name="staff-identity", needs="settings.edit", methods=("GET", "POST"))
def identity(request: Request, username: str) -> HttpResponse:
    """Enter by which government identity an account opens."""
    staff = staff_for(request.actor, username)

    def then(form: GovernmentForm) -> HttpResponse:
        set_government_id(request.actor, staff, identity=form.cleaned_data["identity"])
        return see(request, "settings", said=_("Saved for %(name)s.") % {"name": staff.display_name})

    return ask(
        request,
        GovernmentForm(request.POST or None, initial={"identity": government_id(staff)}),
        then,
        title=settings.PANOH_OIDC.get("name") or _("Government identity"),
        under=staff.display_name,
        cancel=reverse("settings"),
    )


def _tell(request: Request, staff: Staff, half: Half, *, is_first: bool) -> HttpResponse:
    """Show a half once: it is kept nowhere."""
    return render(request, "account/half.html", {"half": half.text, "person": staff, "is_first": is_first})
