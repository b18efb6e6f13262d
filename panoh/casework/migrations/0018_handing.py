"""Files handed over to other countries and taken in from there, and questions whether somebody is known."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.casework.models.handing
from panoh.casework.fence_handing import DROP, FENCES, MAKE


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0017_rights"),
        ("vault", "0003_fence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOverAbroad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.handing.hand_over_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "direction",
                    models.SmallIntegerField(
                        choices=[(1, "to another country"), (2, "from another country")], verbose_name="direction"
                    ),
                ),
                ("partner", models.CharField(max_length=120, verbose_name="instance")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("partner_key", models.CharField(max_length=64, verbose_name="public key")),
                ("age_key", models.CharField(blank=True, max_length=80, verbose_name="public key of age")),
                ("purpose", models.CharField(max_length=32, verbose_name="for")),
                (
                    "basis",
                    models.SmallIntegerField(
                        choices=[(1, "the family agreed"), (2, "a law or a treaty says so")], verbose_name="basis"
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(
                            choices=[
                                (0, "that there is a file, and its stage"),
                                (1, "names, birth and documents"),
                                (2, "addresses and contacts"),
                                (3, "care, visits and notes"),
                                (4, "health"),
                                (5, "psychosocial help"),
                                (6, "papers and legal help"),
                                (7, "education"),
                                (8, "material help, work and housing"),
                                (16, "notes of health workers"),
                                (17, "notes of psychologists"),
                                (18, "notes of lawyers"),
                            ]
                        ),
                        size=None,
                        verbose_name="what of the file",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "waits for a second person"),
                            (2, "agreed to"),
                            (3, "declined"),
                            (4, "made; the receipt is awaited"),
                            (5, "received there"),
                            (6, "taken in as a draft"),
                            (7, "given up"),
                        ],
                        verbose_name="state",
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="proposed at"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("receipt", models.CharField(blank=True, max_length=128, verbose_name="signature of the receipt")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received there on")),
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_overs", to="casework.family"
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="hand_over_agreed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("direction", 1), ("state__in", [1, 2, 3, 4, 5, 7])),
                            models.Q(("decided_by", None), ("direction", 2), ("state", 6)),
                            _connector="OR",
                        ),
                        name="hand_over_out_or_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("state__in", [1, 6])),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", [2, 3, 4, 5]),
                            ),
                            ("state", 7),
                            _connector="OR",
                        ),
                        name="hand_over_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_on__isnull", False), ("state", 5), models.Q(("receipt", ""), _negated=True)
                            ),
                            models.Q(models.Q(("state", 5), _negated=True), ("receipt", ""), ("received_on", None)),
                            _connector="OR",
                        ),
                        name="hand_over_received_with_a_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("classes__contained_by", [0, 1, 2, 3, 4, 5, 6, 7, 8]), ("classes__len__gte", 1)
                        ),
                        name="nothing_sealed_is_handed_over",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", 1), ("state__in", [1, 2, 4])),
                        fields=("family",),
                        name="handed_over_once_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", 2)), fields=("digest",), name="taken_in_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TracingQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.handing.question_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("partner", models.CharField(max_length=120, verbose_name="who asks")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("recorded_on", models.DateField(verbose_name="recorded on")),
                ("is_known", models.BooleanField(blank=True, null=True, verbose_name="known")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "words",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by", None), ("answered_on", None), ("is_known", None)),
                            models.Q(
                                ("answered_by__isnull", False),
                                ("answered_on__isnull", False),
                                ("is_known__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_answered_by_somebody",
                    )
                ],
            },
        ),
        migrations.RunSQL(MAKE + FENCES, DROP),
    ]
