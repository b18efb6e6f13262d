"""Requests that something of a few families leaves on a file."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_requests import DROP_EXPORTS, MAKE_EXPORTS
from panoh.casework.models.exports import export_code


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_age_key"),
        ("casework", "0013_alarms"),
        ("vault", "0008_request_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=export_code, max_length=12, unique=True, verbose_name="code")),
                (
                    "families",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None, verbose_name="families"
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), size=None, verbose_name="columns"
                    ),
                ),
                ("purpose", models.CharField(max_length=32, verbose_name="for")),
                (
                    "file_format",
                    models.CharField(
                        choices=[("xlsx", "Excel workbook"), ("csv", "CSV text")], max_length=4, verbose_name="format"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked at"),
                ),
                ("until", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "waits for a decision"),
                            (2, "agreed to, the file is being made"),
                            (3, "ready"),
                            (4, "declined"),
                            (5, "not made"),
                        ],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("people", models.SmallIntegerField(default=0, verbose_name="people on the file")),
                ("is_locked", models.BooleanField(default=False, verbose_name="encrypted for whom it is made")),
                ("fetched", models.SmallIntegerField(default=0, verbose_name="times it was fetched")),
                ("gone_on", models.DateField(blank=True, null=True, verbose_name="destroyed on")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "because",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asked_by", "-id"], name="exports_of_staff"),
                    models.Index(condition=models.Q(("state", 1)), fields=["id"], name="exports_waiting"),
                    models.Index(condition=models.Q(("gone_on", None)), fields=["until"], name="exports_that_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("families__len__gte", 1), ("families__len__lte", 25)),
                        name="export_of_a_few_families",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 0), ("people__lte", 200)), name="export_of_a_few_people"
                    ),
                    models.CheckConstraint(condition=models.Q(("columns__len__gte", 1)), name="export_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(("file_format__in", ["xlsx", "csv"])), name="export_format_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_decides_on_their_own_export",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", 1)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", [2, 3, 4, 5]),
                            ),
                            _connector="OR",
                        ),
                        name="export_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fetched__gte", 0), ("fetched__lte", 3)), name="export_fetched_a_few_times"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", None), models.Q(("gone_on", None), ("state", 3)), _connector="OR"),
                        name="export_file_only_while_ready",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MAKE_EXPORTS, DROP_EXPORTS),
    ]
