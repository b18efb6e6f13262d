"""Which person at the government's identity provider an account belongs to, as an administrator entered it."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor, action
from panoh.access.models import Staff
from panoh.access.refusals import NotRight
from panoh.access.sessions import note

__all__ = ["PROVIDER", "government_id", "set_government_id"]

PROVIDER = "government"


class IdentityTaken(NotRight):
    code = "access.identity-taken"
    says = _("This government identity belongs to another account already.")


def government_id(staff: Staff) -> str:
    """Return the identity that was entered for an account, if one was."""
    return SocialAccount.objects.filter(user=staff, provider=PROVIDER).values_list("uid", flat=True).first() or ""


@action("settings.edit")
def set_government_id(actor: Actor, staff: Staff, *, identity: str) -> Staff:
    """Let an account sign in by this identity alone; an empty one takes the way away.

    Raises:
        IdentityTaken.
    """
    if identity and SocialAccount.objects.filter(provider=PROVIDER, uid=identity).exclude(user=staff).exists():
        raise IdentityTaken
    SocialAccount.objects.filter(user=staff, provider=PROVIDER).delete()
    if identity:
        SocialAccount.objects.create(user=staff, provider=PROVIDER, uid=identity)
    note(actor.staff, "account.government-id", about=staff)
    return staff
