"""What the shell refuses: a machine or an installation that lacks something."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow


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


class PortTaken(NotNow):
    code = "web.port-taken"
    says = _("Nothing can listen at %(host)s, port %(port)s: %(why)s. Choose another port with --port.")


class ServerDidNotStart(NotNow):
    code = "web.server-did-not-start"
    says = _("The %(name)s ends again and again; the lines above say why. “panoh doctor” tells what to mend.")


class NoDemonstration(NotNow):
    code = "web.no-demonstration"
    says = _(
        "The database in %(folder)s is no demonstration: people work in it. Nothing was changed. Name another folder"
        " for the demonstration: PANOH_HOME=/path/to/folder panoh demo"
    )


class DemoElsewhere(NotNow):
    code = "web.demo-elsewhere"
    says = _("Demonstration data goes only into an embedded database, never into the one DATABASE_URL names.")
