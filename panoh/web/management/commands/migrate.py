"""Django's migrate, and after it the rights of the application's role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection, transaction

from panoh.access import fence, fence_roles, policies
from panoh.access.policies_audit import sealing_rights
from panoh.casework import fence as casework
from panoh.casework import (
    fence_care,
    fence_counts,
    fence_deciding,
    fence_glass,
    fence_handing,
    fence_programmes,
    fence_referrals,
    fence_requests,
    fence_retention,
    fence_rights,
    fence_work,
)
from panoh.exchange import fence_lessons, fence_parcels, fence_parcels_lessons, fence_parcels_reviews
from panoh.plan import fence as plan
from panoh.vault import fence as vault
from panoh.vault.policies import finding_rights

ASKED = (
    *fence.ASKED, *vault.ASKED, *casework.ASKED, *fence_glass.ASKED, *fence_requests.ASKED, *plan.ASKED,
    *fence_parcels.ASKED, *fence_parcels_lessons.ASKED, *fence_parcels_reviews.ASKED, *fence_lessons.ASKED,
    *fence_counts.ASKED, *fence_referrals.ASKED, *fence_care.ASKED, *fence_retention.ASKED, *fence_rights.ASKED,
    *fence_handing.ASKED, *fence_deciding.ASKED, *fence_work.ASKED, *fence_programmes.ASKED,
)  # fmt: skip


class Command(migrate.Command):
    """Migrate as the owner, then lay down roles and the key of tokens, and grant the application what it needs."""

    # The checks load every page, which a process that only migrates has no use for.
    requires_system_checks = []  # noqa: RUF012  # Django names it so

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and grant."""
        super().handle(*args, **options)
        with transaction.atomic(), connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            cursor.execute(policies.grants(settings.PANOH_APP_ROLE, tables))
            # Not after a way back to before them.
            if "vault_identity" in tables:
                cursor.execute(finding_rights(settings.PANOH_APP_ROLE))
            if "access_auditseal" in tables:
                cursor.execute(sealing_rights(settings.PANOH_APP_ROLE))
            if "access_roleversion" in tables:
                cursor.execute(fence.installed(settings.PANOH_APP_ROLE, ASKED))
                fence_roles.lay_down(cursor)
