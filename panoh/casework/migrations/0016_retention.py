"""What is kept for how long: disposals by two people, and holds."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.casework.models.retention
import panoh.casework.models.rights
from panoh.casework.fence_retention import DROP_DUE, DROP_FENCES, FENCES, MAKE_DUE


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_parting"), ("vault", "0003_fence")]

    operations = [
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.retention.disposal_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "waits for a second person"), (2, "agreed to"), (3, "declined"), (4, "destroyed")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="proposed at"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="destroyed at")),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisposalItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        help_text="The code, for who agrees and sees no file.", max_length=12, verbose_name="person"
                    ),
                ),
                ("retention_class", models.CharField(max_length=32, verbose_name="class")),
                ("due_on", models.DateField(verbose_name="due since")),
                ("forgotten_on", models.DateField(blank=True, null=True, verbose_name="forgotten on")),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("live", "work with the family goes on, or its time has not come"),
                            ("held", "held by the data-protection officer"),
                        ],
                        max_length=8,
                        verbose_name="left out",
                    ),
                ),
                (
                    "disposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="casework.disposal"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="casework.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RetentionHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.retention.hold_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("about", models.CharField(max_length=12, verbose_name="family")),
                (
                    "set_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="set at"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "ended_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="casework.family"
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "reason",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="disposal_agreed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", 1)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("state__in", [2, 3, 4])),
                    _connector="OR",
                ),
                name="disposal_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", 4)),
                    models.Q(models.Q(("state", 4), _negated=True), ("done_at", None)),
                    _connector="OR",
                ),
                name="disposal_done_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposalitem",
            constraint=models.UniqueConstraint(fields=("disposal", "person"), name="disposed_of_once"),
        ),
        migrations.AddConstraint(
            model_name="disposalitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("forgotten_on", None), ("left_out", ""), _connector="OR"),
                name="forgotten_or_left_out",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="hold_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionhold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("family",), name="one_hold_on_a_file"
            ),
        ),
        migrations.RunSQL(MAKE_DUE, DROP_DUE),
        migrations.RunSQL(FENCES, DROP_FENCES),
    ]
