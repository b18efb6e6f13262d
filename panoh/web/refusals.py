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


class DemoElsewhere(NotNow):
    code = "web.demo-elsewhere"
    says = _("Demonstration data goes only into an embedded database, never into the one DATABASE_URL names.")
