"""Entries of the audit carry their transaction and are sealed in batches."""

from django.db import migrations

from panoh.access.policies_audit import DROP_SEALS, MAKE_SEALS


class Migration(migrations.Migration):
    dependencies = [("access", "0002_append_only_and_places")]

    operations = [
        migrations.RunSQL(MAKE_SEALS, DROP_SEALS),
    ]
