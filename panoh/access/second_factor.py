"""Who needs a second factor: an authenticator app or a passkey beside the password."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from panoh.access.models import Staff
from panoh.access.refusals import Refusal
from panoh.access.roles import Role, roles

__all__ = ["SecondFactorFirst", "has_second_factor", "is_demanded_of", "needs_second_factor", "remove_factors"]

# Whoever opens names, changes accounts or watches over those who do: their password alone must open nothing.
PERMISSIONS = frozenset({"account.recover", "audit.report", "audit.search", "identity.open", "settings.edit"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorFirst(Refusal):
    """The role opens names, and this session was begun with a password alone."""

    code = "access.second-factor-first"
    says = _("Your role opens names. Set up a second factor, or sign in with it, before anything else.")
    status = 403


def needs_second_factor(role: Role) -> bool:
    """Tell whether a role is one that opens names, changes accounts or watches over those who do."""
    return not PERMISSIONS.isdisjoint(role.permissions)


def is_demanded_of(staff: Staff) -> bool:
    """Tell whether this member of staff gets nowhere without a second factor; a demonstration may leave it out."""
    return bool(settings.PANOH_SECOND_FACTOR and needs_second_factor(roles()[staff.role_now]))


def has_second_factor(staff: Staff) -> bool:
    """Tell whether somebody has an authenticator app or a passkey; slips of recovery codes are none."""
    return bool(Authenticator.objects.filter(user_id=staff.pk, type__in=FACTORS).exists())


def remove_factors(staff: Staff) -> None:
    """Take all factors of an account away, codes on paper too."""
    Authenticator.objects.filter(user_id=staff.pk).delete()
