"""What the shell refuses: a machine or an installation that lacks something."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class NoPostgres(NotNow):
    code = "web.no-postgres"
    says = _(
        "No PostgreSQL %(wanted)s was found. Ask an administrator to run “apt-get install postgresql”, or name the"
        " folder of its programs in PANOH_PG_BIN, or a server in DATABASE_URL."
    )


class DatabaseDidNotStart(NotNow):
    code = "web.database-did-not-start"
    says = _("The database did not start: %(why)s. Run “panoh doctor” to see what to mend.")


class NotMigrated(NotNow):
    code = "web.not-migrated"
    says = _("The database is older than this program. Make a backup, then run: panoh db migrate")


class MigrationFailed(NotNow):
    code = "web.migration-failed"
    says = _("The database was not brought up to date; the lines above say why. What was not finished was undone.")


class OwnerMissing(NotNow):
    code = "web.owner-missing"
    says = _(
        "Only the owner of the tables can change them. Set DATABASE_OWNER_URL to the owner's address for this command,"
        " beside DATABASE_URL for the application's role."
    )


class HomeClosed(NotNow):
    code = "web.home-closed"
    says = _(
        "“%(path)s” cannot be used: %(why)s. Panoh keeps all it has in one folder: let PANOH_HOME name one that you may"
        " write to."
    )


class NoHosts(NotNow):
    code = "web.no-hosts"
    says = _(
        "No name is set that Panoh would answer to. Set PANOH_HOSTS to the name that people write into their browser,"
        " such as panoh.example; or PANOH_PLAIN_HTTP=1 to try it on this machine only."
    )


class RegionHoldsCases(NotNow):
    code = "web.region-holds-cases"
    says = _(
        "PANOH_REGION=1 runs Panoh without casework, and this database holds some: %(tables)s. Take the setting away,"
        " or let DATABASE_URL name another database."
    )


class RegionHasReaders(NotNow):
    code = "web.region-has-readers"
    says = _(
        "PANOH_REGION=1 runs Panoh without casework, and accounts have roles that read files: %(roles)s. Start once"
        " without the setting, and end these accounts or give them other roles."
    )


class NotInARegion(NotNow):
    code = "web.not-in-a-region"
    says = _("This instance runs without casework (PANOH_REGION=1): it keeps no people. Use the national instance.")


class PartnerNotCalled(NotRight):
    code = "web.partner-not-called"
    says = _("No partner, or more than one, has the code or name “%(word)s”. The page Parcels lists them.")


class GivenElsewhere(NotNow):
    code = "web.given-elsewhere"
    says = _(
        "DATABASE_URL names a server of your own, which Panoh neither starts nor stops; the embedded database was not"
        " touched. Without DATABASE_URL this command is about the embedded one."
    )


class DatabaseInUse(NotNow):
    code = "web.database-in-use"
    says = _(
        "Other programs work with the database, most likely “panoh serve”, which would start it again. Stop them first."
    )


class AddressWrong(NotNow):
    code = "web.address-wrong"
    says = _("Nothing can listen at the address %(host)s: %(why)s. Name an address of this machine with --host.")


class PortTaken(NotNow):
    code = "web.port-taken"
    says = _("Nothing can listen at %(host)s, port %(port)s: %(why)s. Choose another port with --port.")


class KeyringInSight(NotNow):
    code = "web.keyring-in-sight"
    says = _(
        "PANOH_KEYRING stands in the environment, where the server could read it. Put the keyring into the file"
        " PANOH_KEYRING_FILE, or run “panoh vault serve” with it as another user and “panoh serve” with"
        " PANOH_VAULT_SOCKET."
    )


class ServerDidNotStart(NotNow):
    code = "web.server-did-not-start"
    says = _("The %(name)s ends again and again; the lines above say why. “panoh doctor” tells what to mend.")


class NoDemonstration(NotNow):
    code = "web.no-demonstration"
    says = _(
        "The database in %(folder)s is no demonstration: people work in it. Nothing was changed. Name another folder"
        " for the demonstration: PANOH_HOME=/path/to/folder panoh demo"
    )


class DemoNotMade(NotNow):
    code = "web.demo-not-made"
    says = _(
        "The demonstration was not made: one of the processes that make it was killed. The next “panoh demo” makes it"
        " anew."
    )


class DemoElsewhere(NotNow):
    code = "web.demo-elsewhere"
    says = _("Demonstration data goes only into an embedded database, never into the one DATABASE_URL names.")


# --- the keyring -------------------------------------------------------------------------------------------------


class KeyringNotMade(NotNow):
    code = "web.keyring-not-made"
    says = _("There is no keyring yet, and nothing is sealed that would need an older one. Make it: panoh keyring make")


class KeyringThere(NotNow):
    code = "web.keyring-there"
    says = _("There is a keyring already: %(where)s. It was left as it is; a new one would open no name sealed so far.")


class KeyringLost(NotNow):
    code = "web.keyring-lost"
    says = _(
        "This database holds sealed names, and only the keyring they were sealed with opens them. Put that one back at"
        " %(path)s from its backup; no new one was made."
    )


class SecretUnknown(NotNow):
    code = "web.secret-unknown"
    says = _(
        "The database does not know the secret of this deployment (PANOH_SECRET_KEY), and would show nobody anything."
        " Put the right secret back, or lay this one down: panoh db migrate"
    )


class FenceDown(NotNow):
    code = "web.fence-down"
    says = _(
        "The database would show these tables to whoever asks: %(tables)s. Nobody may work on it like this. Bring it up"
        " to date: panoh db migrate. If that does not help, somebody took the rules of these tables away."
    )


class RolesForged(NotNow):
    code = "web.roles-forged"
    says = _(
        "Version %(number)s of the roles is in force and bears no signature of ours: somebody changed it in the"
        " database, or the key of the audit is another one. Put the key back (PANOH_AUDIT_KEY_FILE), or read “panoh"
        " roles diff” and adopt this program's roles: panoh roles adopt"
    )


class KeyringForeign(NotNow):
    code = "web.keyring-foreign"
    says = _(
        "This keyring does not open what is sealed in this database (master key %(numbers)s): it belongs to another"
        " one, or is older. Stop Panoh and put the right keyring back from its backup, or let DATABASE_URL or"
        " PANOH_HOME name the database it belongs to."
    )


class KeyringNotWritten(NotNow):
    code = "web.keyring-not-written"
    says = _("The keyring could not be written to %(path)s: %(why)s. Mend the folder, or name another place.")


# --- files and people named at the command line ------------------------------------------------------------------


class FileMissing(NotRight):
    code = "web.file-missing"
    says = _("There is no file “%(path)s”. Look at its name and folder; a name with spaces stands in quotes.")


class FileTwice(NotRight):
    code = "web.file-twice"
    says = _("Two of the lists are called “%(name)s”, and their rows could not be told apart. Rename one of them.")


class FileClosed(NotRight):
    code = "web.file-closed"
    says = _("The file “%(path)s” may not be read: %(why)s. Let its owner open it to the user that runs Panoh.")


class FileIsFolder(NotRight):
    code = "web.file-is-folder"
    says = _("“%(path)s” is a folder. Name the file of the list in it.")


class PasswordNotGiven(NotRight):
    code = "web.password-not-given"
    says = _("No password was given, so nothing was changed. Type it when asked, or send it with --password-stdin.")


class PasswordsDiffer(NotRight):
    code = "web.passwords-differ"
    says = _("The two passwords are not the same, so nothing was changed. Try again.")


class FileNotWritten(NotRight):
    code = "web.file-not-written"
    says = _("“%(path)s” cannot be written: %(why)s. Name another place, or ask for the right to write there.")


class FileKindUnknown(NotRight):
    code = "web.file-kind-unknown"
    says = _("“%(path)s” does not end in what it is to be. Let it end in one of these: %(kinds)s.")
