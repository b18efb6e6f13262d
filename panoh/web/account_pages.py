"""Pages of one's own account: sessions, factors, lock and unlock; and the way back in after a recovery."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from panoh.access.entrances import Request, ask, page, see
from panoh.access.models import Staff
from panoh.access.queries import looked_at
from panoh.access.recovery import open_recovery, recover
from panoh.access.refusals import NotRight, NotThere
from panoh.access.role_changes import open_change
from panoh.access.roles import role_label
from panoh.access.second_factor import has_second_factor, is_demanded_of
from panoh.access.sessions import end_session, end_sessions, lock_session, note, open_sessions, unlock_session
from panoh.web.account_forms import RecoverForm, UnlockForm

OTHERS = "others"


@page("account/", name="account", needs="account.see")
def account(request: Request) -> HttpResponse:
    """Show one's own sessions, factors and what happened with the account."""
    staff = _me(request)
    factors = list(Authenticator.objects.filter(user_id=staff.pk).order_by("created_at"))
    codes = next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    change = open_change(staff)
    shown = {
        "change": change,
        "change_role": role_label(change.to_role) if change else "",
        "later": (role_label(staff.changed_role), staff.waits_for) if staff.waits_for else None,
        "sessions": open_sessions(staff),
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "keys": [one.wrap() for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "is_demanded": is_demanded_of(staff),
        "entries": looked_at(staff.code),
        "recovery": open_recovery(staff),
    }
    return render(request, "account/account.html", shown)


@page("account/sessions/", name="account-sessions", needs="account.see", methods=("POST",))
def end_own_sessions(request: Request) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    staff, which = _me(request), request.POST.get("session", "")
    mine = request.work_session
    if which == OTHERS:
        end_sessions(staff, but=mine.pk)
    elif (session := next((one for one in open_sessions(staff) if str(one.pk) == which), None)) is None:
        raise NotThere
    else:
        end_session(session)
    note(staff, "account.sessions")
    return see(request, "account", said=_("Signed out there."))


@login_required
@never_cache
def factor_first(request: HttpRequest) -> HttpResponse:
    """Tell that a second factor comes before anything else, and which ones there are."""
    if has_second_factor(_me(request)):
        return HttpResponseRedirect(reverse("account"))
    return render(request, "account/factor_first.html")


# --- lock --------------------------------------------------------------------------------------------------------


@require_POST
@login_required
def lock(request: Request) -> HttpResponse:
    """Lock this session; the page that asks for it covers itself, without a script the way leads to the unlock page."""
    if request.work_session.locked_at is None:
        lock_session(request.work_session)
        note(_me(request), "account.lock")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return HttpResponseRedirect(f"{reverse('account-unlock')}?next={reverse('account')}")


@require_POST
@login_required
def seen(request: HttpRequest) -> HttpResponse:
    """Take note that somebody types on a page that sends nothing meanwhile: passing here is all it needs."""
    return HttpResponse(status=204)


@sensitive_post_parameters("password")
@login_required
@never_cache
def unlock(request: Request) -> HttpResponse:
    """Ask for the password, and let the session go on."""
    form = UnlockForm(request.POST or None)
    where = _way_back(request)
    is_script = bool(request.headers.get("X-Requested-With"))
    if request.work_session.locked_at is None and request.method != "POST":
        return HttpResponseRedirect(where)
    status = 200
    if request.method == "POST":
        status = NotRight.status
        if form.is_valid() and _is_password(request, form):
            unlock_session(request.work_session)
            request.session.cycle_key()
            note(_me(request), "account.unlock")
            return HttpResponse(status=204) if is_script else HttpResponseRedirect(where)
    if is_script:
        return HttpResponse(" ".join(str(error) for errors in form.errors.values() for error in errors), status=status)
    return render(request, "account/unlock.html", {"form": form, "next": where}, status=status)


def _is_password(request: Request, form: UnlockForm) -> bool:
    """Tell whether this is the owner's password; tries are counted with those of sign-in."""
    try:
        if get_adapter().reauthenticate(request.user, form.cleaned_data["password"]):
            return True
        form.add_error("password", _("This is not your password."))
    except ValidationError as error:
        form.add_error("password", error)
    return False


def _way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if is_ours else resolve_url(get_adapter().get_login_redirect_url(request))


# --- the way back in ---------------------------------------------------------------------------------------------


@sensitive_post_parameters("password", "again", "first_half", "second_half")
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Let somebody whose recovery two colleagues agreed to set a new password; it signs nobody in."""
    if limited := ratelimit.consume_or_429(request, action="recover"):
        return limited  # type: ignore[no-any-return]  # allauth ships no types

    def then(form: RecoverForm) -> HttpResponse:
        given = form.cleaned_data
        recover(**{name: given[name] for name in ("username", "first_half", "second_half", "password")})
        messages.success(request, _("Your new password is set. Sign in with it; then you set up a new second factor."))
        return HttpResponseRedirect(reverse("account_login"))

    return ask(request, RecoverForm(request.POST or None), then, template="account/recover.html")  # type: ignore[arg-type]


def _me(request: HttpRequest) -> Staff:
    """Return whoever signed in."""
    if not isinstance(request.user, Staff):
        raise NotThere
    return request.user
