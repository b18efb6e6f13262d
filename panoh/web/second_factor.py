"""The second factor by allauth: sealed seeds, each code once, failed tries on record, never the last one removed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.models import Staff
from panoh.access.sealed_texts import seal_text, unseal_text
from panoh.access.second_factor import FACTORS, is_demanded_of
from panoh.access.sessions import note

R = TypeVar("R")
_PURPOSE = "second factor"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Seals seeds by a key made from the deployment's secret, and keeps the last factor of whoever needs one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This did not fit. Codes change every 30 seconds; write the newest one."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second factor. Set up another one first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return a seed sealed."""
        return seal_text(_PURPOSE, text.encode())

    def decrypt(self, encrypted_text: str) -> str:
        """Return a seed; one that does not open fits no code, least of all that of an empty seed."""
        opened = unseal_text(_PURPOSE, encrypted_text)
        if opened is None:
            raise self.validation_error("incorrect_code")
        return opened.decode()

    def get_totp_issuer(self) -> str:
        """Return what the app on the phone calls us."""
        return "Panoh"

    def get_totp_label(self, user: Staff) -> str:
        """Return the user name: an address has no business on a phone."""
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether a factor may go: not the last one of whoever needs one."""
        staff = authenticator.user
        return not is_demanded_of(staff) or (
            Authenticator.objects.filter(user=staff, type__in=FACTORS).exclude(pk=authenticator.pk).exists()
        )

    def generate_authenticator_name(self, user: Staff, type: Authenticator.Type) -> str:
        """Return what a new passkey is called until its owner calls it something else."""
        return _("Passkey %(n)d") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}


class AskForFactor(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second factor after the password, unless the government's provider vouches for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if getattr((self.login.signal_kwargs or {}).get("sociallogin"), "is_vouched", False):
            record_authentication(request, self.login.user, "mfa", type="government")
            return False
        return bool(super()._should_handle(request))


# --- forms: each code opens once, each failed try is on record ---------------------------------------------------


def _recorded(staff: Staff, check: Callable[[], R]) -> R:
    try:
        return check()
    except ValidationError:
        note(staff, "account.factor", denied=True)
        raise


def _use_up(authenticator: Authenticator, code: str) -> bool:
    """Let a code of an app open once, and none that came before it. Source: RFC 6238, section 5.2."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True  # a recovery code is crossed out by allauth
    seed, reach = decrypt(authenticator.data["secret"]), app_settings.TOTP_TOLERANCE
    now = int(time.time()) // app_settings.TOTP_PERIOD
    step = next(
        (step for step in range(now + reach, now - reach - 2, -1) if format_hotp_value(hotp_value(seed, step)) == code),
        0,
    )
    unused = Authenticator.objects.filter(pk=authenticator.pk).filter(
        Q(data__last_step__lt=step) | Q(data__last_step__isnull=True)
    )
    authenticator.data = authenticator.data | {"last_step": step}
    return bool(step and unused.update(data=authenticator.data))


class _Code:
    def clean_code(self) -> str:
        def check() -> str:
            code: str = super(_Code, self).clean_code()  # type: ignore[misc]
            if not _use_up(self.authenticator, code.strip().replace(" ", "")):  # type: ignore[attr-defined]
                raise Factors().validation_error("incorrect_code")
            return code

        return _recorded(self.user, check)  # type: ignore[attr-defined]


class _Key:
    def clean_credential(self) -> Authenticator:
        return _recorded(self.user, super().clean_credential)  # type: ignore[misc, attr-defined]


class CodeForm(_Code, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class CodeAgainForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """The code before factors change."""


class KeyForm(_Key, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey after the password."""


class KeyAgainForm(_Key, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey before factors change."""


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    """Removes a passkey, but not the last factor of whoever needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        if not Factors().can_delete_authenticator(self.get_object()):
            form.add_error(None, Factors().validation_error("cannot_delete_authenticator"))
            return super().form_invalid(form)  # type: ignore[no-any-return]
        return super().form_valid(form)  # type: ignore[no-any-return]
