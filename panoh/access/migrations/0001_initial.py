import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=80, verbose_name="district")),
                ("region_code", models.CharField(db_index=True, max_length=16, verbose_name="region code")),
                ("region", models.CharField(max_length=80, verbose_name="region")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
            ],
            options={
                "ordering": ("country", "region", "label"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "ministry"),
                            (2, "social service"),
                            (3, "reception centre"),
                            (4, "school or education department"),
                            (5, "clinic or hospital"),
                            (6, "mahalla or community committee"),
                            (7, "non-governmental organisation"),
                            (8, "international organisation"),
                            (9, "civil registry or legal aid"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.district",
                        verbose_name="district",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="works with us")),
                (
                    "country",
                    models.CharField(blank=True, default="", max_length=2, verbose_name="state for which it speaks"),
                ),
                ("age_key", models.CharField(blank=True, default="", max_length=80, verbose_name="public key of age")),
            ],
            options={
                "ordering": ("name",),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="user name")),
                ("display_name", models.CharField(max_length=120, verbose_name="name shown to colleagues")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="work e-mail")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="access.agency",
                        verbose_name="agency",
                    ),
                ),
                ("role", models.CharField(max_length=32, verbose_name="role")),
                (
                    "changed_role",
                    models.CharField(blank=True, default="", max_length=32, verbose_name="role from a day on"),
                ),
                ("changed_from", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "changed_until",
                    models.DateField(blank=True, help_text="Empty: for good.", null=True, verbose_name="until"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                (
                    "password_given_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty once they chose their own.",
                        null=True,
                        verbose_name="password given by somebody else at",
                    ),
                ),
            ],
            options={
                "ordering": ("display_name",),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="WorkSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("role", models.CharField(default="", max_length=32, verbose_name="role at sign-in")),
                ("device", models.CharField(default="/", max_length=40, verbose_name="browser and system")),
                (
                    "began_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="signed in at"
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="last seen at"
                    ),
                ),
                ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="locked at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["staff"], name="sessions_going_on")
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recoveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.SmallIntegerField(
                        choices=[
                            (1, "phone or key is lost, stolen or broken"),
                            (2, "password and second factor are both lost"),
                            (3, "somebody else may know the password or have the key"),
                        ],
                        verbose_name="reason",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("first_half", models.BinaryField(max_length=32)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("agreed_at", models.DateTimeField(null=True)),
                ("second_half", models.BinaryField(default=bytes, max_length=32)),
                ("tries", models.SmallIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("staff",), name="one_recovery_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_by", models.F("staff")), _negated=True),
                            models.Q(("agreed_by", models.F("staff")), _negated=True),
                        ),
                        name="nobody_recovers_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                        name="recovered_by_two",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("from_role", models.CharField(max_length=32, verbose_name="role so far")),
                ("to_role", models.CharField(max_length=32, verbose_name="new role")),
                ("because", models.CharField(max_length=200, verbose_name="reason")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "proposed"), (2, "agreed"), (3, "refused"), (4, "withdrawn")], default=1
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", 1)), fields=("staff",), name="one_role_change_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("staff")), _negated=True),
                        name="nobody_changes_their_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", (2, 3)), _negated=True),
                            models.Q(
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                models.Q(("decided_by", models.F("staff")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="roles_change_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", 1)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("state__gt", 1)),
                            _connector="OR",
                        ),
                        name="role_change_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_role", models.F("from_role")), _negated=True), name="role_changes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="role_change_ends_after_start",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoleVersion",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("laid_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("adopted_at", models.DateTimeField(null=True)),
                ("signature", models.CharField(blank=True, default="", max_length=128)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="roles_adopted_by_two",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("role", models.CharField(max_length=32)),
                ("step", models.CharField(max_length=48)),
                ("outcome", models.SmallIntegerField(choices=[(1, "done"), (2, "denied")], default=1)),
                ("about", models.CharField(blank=True, max_length=24)),
                ("purpose", models.CharField(blank=True, max_length=32)),
                (
                    "identities",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["about", "at"], name="access_audi_about_38f5cf_idx"),
                    models.Index(fields=["staff", "at"], name="access_audi_staff_i_68ad20_idx"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="audit_by_time", pages_per_range=32),
                    django.contrib.postgres.indexes.GinIndex(fields=["identities"], name="audit_by_identity"),
                    models.Index(fields=["step", "id"], name="audit_by_step"),
                    models.Index(condition=models.Q(("outcome", 2)), fields=["id"], name="audit_denied"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="JobProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("about", models.CharField(max_length=24)),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "waiting"), (2, "running"), (3, "done"), (4, "not done")], default=1
                    ),
                ),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("says", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__gte", 0), ("done__lte", models.F("total"))), name="job_done_within"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.BinaryField(
                        help_text="Keyed digest of sender, token, address, content.", max_length=32, unique=True
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("status", models.SmallIntegerField(default=0, help_text="0 while the first is under way.")),
                ("location", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(blank=True, max_length=24)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
