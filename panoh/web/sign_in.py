"""Sign-in by allauth: accounts are made by a coordinator, never by whoever comes along."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.actions import choose_password
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.passwords import has_expired
from panoh.access.sessions import end_session, end_sessions, note
from panoh.web.templatetags.panoh import first_page

FRESH_SECONDS = 300
# What allauth tells by mail, and we by the audit: its name there, the step in ours, the kind of factor that was proven.
TOLD = {
    "mfa/email/totp_activated": ("account.factor-added", "totp"),
    "mfa/email/webauthn_added": ("account.factor-added", "webauthn"),
    "mfa/email/totp_deactivated": ("account.factor-removed", ""),
    "mfa/email/webauthn_removed": ("account.factor-removed", ""),
    "mfa/email/recovery_codes_generated": ("account.recovery-codes", ""),
    "account/email/password_changed": ("account.password", ""),
}


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closed to sign-up; nothing is sent by mail; what happens with an account is in the audit."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no self-registration."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page that whoever signed in may open."""
        return (
            first_page(Actor.of(request.user))
            if isinstance(request.user, Staff)
            else reverse(settings.LOGIN_REDIRECT_URL)
        )

    def get_login_stages(self) -> list[str]:
        """Return what follows the password; the government's provider may vouch for the second factor."""
        return ["panoh.web.second_factor.AskForFactor"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Staff | None:
        """Return whoever this is; an account that ended is as unknown as one that never was."""
        staff: Staff | None = super().authenticate(request, **credentials)
        if staff is not None and not staff.is_active:
            self.authentication_failed(request, **credentials)
            return None
        if staff is not None and has_expired(staff):
            note(staff, "account.sign-in", denied=True)
            raise ValidationError(_("This first password was not used within 72 hours. Ask for another one."))
        return staff

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put a failed try on record, without the name that was tried: it may be a password in the wrong box."""
        note(
            Staff.objects.filter(username__iexact=credentials.get("username", "")).first(),
            "account.sign-in",
            denied=True,
        )

    def post_login(self, request: HttpRequest, user: Staff, **given: Any) -> HttpResponse:
        """Put the sign-in on record."""
        note(user, "account.sign-in")
        response: HttpResponse = super().post_login(request, user, **given)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End the session in the database too, so that its token opens nothing any more."""
        if isinstance(request.user, Staff):
            note(request.user, "account.sign-out")
        if session := getattr(request, "work_session", None):
            end_session(session)
        super().logout(request)

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Refuse the password that somebody else gave, when its owner is asked for their own."""
        if isinstance(user, Staff) and user.password_given_at and user.check_password(password):
            raise ValidationError(_("This is the password that was given to you. Choose one that only you know."))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: Staff, password: str) -> None:
        """Keep the password that somebody chose; their sessions end."""
        choose_password(user, password)

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Ask for password or factor again before factors change, unless one was shown in the last five minutes."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < FRESH_SECONDS for record in records)

    def send_notification_mail(self, template_prefix: str, user: Staff, *given: Any, **more: Any) -> None:
        """Put on record what others would be told by mail; when factors changed, all other sessions end."""
        step, proven = TOLD.get(template_prefix, ("", ""))
        if not step:
            return
        note(user, step)
        session = getattr(self.request, "work_session", None)
        if proven:
            record_authentication(self.request, user, "mfa", type=proven)
        if step.startswith("account.factor"):
            end_sessions(user, but=session.pk if session else None)
            self.request.session.cycle_key()
