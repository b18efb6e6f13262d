"""What the vault refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight, Refusal


class SealBroken(Refusal):
    """A sealed value does not open with its own key: altered, moved to another person, or another keyring."""

    code = "vault.seal-broken"
    says = _(
        "A sealed value did not open: it was altered or moved, or this machine has another keyring than the one it"
        " was sealed with. Tell the administrator; nothing was changed."
    )
    status = 500


class KeyringMissing(NotNow):
    code = "vault.keyring-missing"
    says = _(
        "There is no keyring at %(path)s. Put the keyring that belongs to this database there, or set PANOH_KEYRING;"
        " without it no name can be read."
    )


class KeyringUnsafe(NotNow):
    code = "vault.keyring-unsafe"
    says = _("Others on this machine can read the keyring %(path)s. Run: chmod 600 %(path)s")


class KeyringWrong(NotRight):
    code = "vault.keyring-wrong"
    says = _("The keyring %(path)s cannot be read: %(why)s. Restore it from its backup.")


class KeyringChanged(NotNow):
    code = "vault.keyring-changed"
    says = _(
        "Somebody else renewed the keyring %(path)s just now, so this change was not written. Look at it with “panoh"
        " keyring status” and try again."
    )


class Forgotten(NotNow):
    code = "vault.forgotten"
    says = _("This person's identity was forgotten: its key is destroyed and nobody can open it again.")
