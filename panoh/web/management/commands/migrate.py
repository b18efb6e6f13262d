"""Django's migrate, and after it the rights of the application's role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection

from panoh.access import policies
from panoh.access.policies_audit import sealing_rights
from panoh.vault.policies import finding_rights


class Command(migrate.Command):
    """Migrate as the owner, then grant the application's role what it needs and no more."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and grant."""
        super().handle(*args, **options)
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            cursor.execute(policies.grants(settings.PANOH_APP_ROLE, tables))
            cursor.execute(finding_rights(settings.PANOH_APP_ROLE))
            if "access_auditseal" in tables:  # not after a way back to before it
                cursor.execute(sealing_rights(settings.PANOH_APP_ROLE))
