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


class KeyringNotRenewed(NotNow):
    code = "vault.keyring-not-renewed"
    says = _(
        "The keyring %(path)s cannot be renewed: %(why)s. It was left as it is. Let the user that runs Panoh write to"
        " its folder, or give the keyring by PANOH_KEYRING and put the renewed one there yourself."
    )


class KeyringGiven(NotNow):
    code = "vault.keyring-given"
    says = _(
        "The keyring stands in PANOH_KEYRING, where only you can put another: run “panoh keyring rotate” or “panoh"
        " keyring retire” at the command line, which print it."
    )


class MasterRetired(NotNow):
    """This process still has a keyring whose current master key was taken out of use."""

    code = "vault.master-retired"
    says = _(
        "This machine has an older keyring than its database: master key %(number)s was taken out of use. Put the"
        " newest keyring in place and start Panoh again; nothing was kept."
    )
    status = 503


class MastersInUse(NotNow):
    code = "vault.masters-in-use"
    says = _(
        "Data keys are still wrapped by older master keys (%(counts)s), so none was destroyed. Run “panoh keyring"
        " rotate” until none is left, then try again."
    )


class SearchesInUse(NotNow):
    code = "vault.searches-in-use"
    says = _(
        "Rows of the index were made by older search keys (%(counts)s), so none was destroyed. Run “panoh vault rekey”,"
        " then try again."
    )


class RotationRunning(NotNow):
    code = "vault.rotation-running"
    says = _("Master keys are being renewed already, by another command. Wait until it is done; nothing was changed.")


class KeyServiceSilent(Refusal):
    """The key service does not answer, or not now."""

    code = "vault.key-service-silent"
    says = _(
        "The key service at %(address)s does not answer: %(why)s. No name can be read or kept until it does; nothing"
        " was changed. Ask those who run it to start or unseal it."
    )
    status = 503


class KeyServiceRefused(Refusal):
    """The key service answers, but does not do it for us."""

    code = "vault.key-service-refused"
    says = _(
        "The key service at %(address)s refused “%(step)s” (HTTP %(status)s). Look whether the token in"
        " PANOH_KMS_TOKEN_FILE is still good and its policy allows this, and whether there is a key “%(key)s”."
    )
    status = 503


class KeyServiceUnfit(NotRight):
    code = "vault.key-service-unfit"
    says = _(
        "The key service “%(address)s” cannot be used. Set PANOH_KMS=vault-transit, PANOH_KMS_ADDRESS to an https://"
        " address (http:// only on this very machine), PANOH_KMS_KEY and PANOH_KMS_TOKEN_FILE."
    )


class VaultAway(Refusal):
    """The vault's process does not answer."""

    code = "vault.away"
    says = _(
        "The vault, which holds the keys of all names, does not answer. Nothing was changed; wait a minute and send it"
        " again."
    )
    status = 503


class VaultDidNotStart(NotNow):
    code = "vault.did-not-start"
    says = _("%(why)s")


class SocketTaken(NotNow):
    code = "vault.socket-taken"
    says = _("A vault answers at %(path)s already. Stop that one first, or name another path by PANOH_VAULT_SOCKET.")


class OpenedEnough(Refusal):
    """A day's budget of the vault is spent."""

    code = "vault.opened-enough"
    says = _(
        "Today's limit of names that may be opened (%(most)s) is reached. What you opened today still opens, and what"
        " you open in an emergency. If the work needs more, ask the administrator to raise the limit."
    )
    status = 429


class Forgotten(NotNow):
    code = "vault.forgotten"
    says = _("This person's identity was forgotten: its key is destroyed and nobody can open it again.")


class EngineMissing(NotRight):
    code = "vault.engine-missing"
    says = _(
        "Lists cannot be joined here with %(engine)s: it is not installed. Install Panoh with its part “%(extra)s”"
        " (pip install 'panoh[%(extra)s]'; Spark also needs Java 17), or choose another --engine."
    )
