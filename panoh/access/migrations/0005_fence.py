"""Whom the database serves: sessions, roles and the key of tokens; the progress of a job is its asker's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now

from panoh.access.fence import DROP_APP, MAKE_APP, no_rule, rule


class Migration(migrations.Migration):
    dependencies = [("access", "0004_sealed_audit")]

    operations = [
        migrations.CreateModel(
            name="WorkSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(db_default=Now(), verbose_name="signed in at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=("staff",), condition=Q(ended_at=None), name="sessions_going_on")]},
        ),
        migrations.RunSQL(MAKE_APP, DROP_APP),
        migrations.RunSQL(
            rule(
                "access_auditentry",
                "true",  # codes and acts, no names; a rule here would keep its searches from their indexes
                "staff_id = (select app.uid()) or (select app.uid()) = 0",
            ),
            no_rule("access_auditentry"),
        ),
        migrations.RunSQL(
            rule("access_jobprogress", "staff_id = (select app.uid()) or (select app.uid()) = 0"), no_rule("access_jobprogress")
        ),
    ]
