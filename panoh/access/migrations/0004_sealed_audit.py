"""Entries of the audit carry their transaction and are sealed in batches; they are found by identity, time and refusal."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from panoh.access.policies_audit import DROP_SEALS, MAKE_SEALS


class Migration(migrations.Migration):
    dependencies = [("access", "0003_sending")]

    operations = [
        migrations.RunSQL(MAKE_SEALS, DROP_SEALS),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["at"], name="audit_by_time", pages_per_range=32
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["identities"], name="audit_by_identity"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["step", "id"], name="audit_by_step"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("outcome", 2)), fields=["id"], name="audit_denied"),
        ),
    ]
