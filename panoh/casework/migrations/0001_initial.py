import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.casework.models.alarms
import panoh.casework.models.arrivals
import panoh.casework.models.care
import panoh.casework.models.cases
import panoh.casework.models.emergencies
import panoh.casework.models.exports
import panoh.casework.models.grants
import panoh.casework.models.joining
import panoh.casework.models.lawful
import panoh.casework.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("access", "__first__"),
        ("vault", "0001_initial"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.alarms.alarm_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("rule", models.CharField(max_length=32, verbose_name="rule")),
                ("counted", models.IntegerField(verbose_name="counted")),
                ("most", models.IntegerField(verbose_name="usual at most")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="raised at"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed at")),
                (
                    "finding",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[(1, "explained by the work"), (2, "not explained"), (3, "to be talked about")],
                        null=True,
                        verbose_name="finding",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("reviewed_at", None)), fields=["at"], name="alarms_to_review")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "rule", "day"), name="alarm_raised_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", None), ("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(
                                ("finding__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="alarm_reviewed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("staff")), _negated=True),
                        name="nobody_reviews_their_own_alarm",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.people.family_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                        verbose_name="lead agency",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lead worker",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.district",
                        verbose_name="district",
                    ),
                ),
                (
                    "papers",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                (
                    "sensitivity",
                    models.SmallIntegerField(
                        choices=[(0, "ordinary"), (1, "protected: not seen from the region")],
                        default=0,
                        verbose_name="who sees it",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-opened_on", "-id"], name="family_newest"),
                    models.Index(fields=["worker", "-opened_on", "-id"], name="family_of_worker"),
                    models.Index(fields=["agency", "-opened_on", "-id"], name="family_of_agency"),
                    models.Index(fields=["district", "-opened_on", "-id"], name="family_in_district"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sensitivity__in", [0, 1])), name="family_sensitivity_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.people.person_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "identity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.identity"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people_at_home",
                        to="casework.family",
                        verbose_name="family lived in now or last",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[("f", "female"), ("m", "male"), ("u", "not recorded")],
                        default="u",
                        max_length=1,
                        verbose_name="sex",
                    ),
                ),
                ("birth_year", models.SmallIntegerField(blank=True, null=True, verbose_name="birth year")),
                (
                    "birth_precision",
                    models.SmallIntegerField(
                        choices=[(1, "known"), (2, "about"), (3, "unknown")],
                        default=3,
                        verbose_name="how sure the birth year is",
                    ),
                ),
                ("nationality", models.CharField(blank=True, max_length=2, verbose_name="nationality")),
                (
                    "is_alone",
                    models.BooleanField(default=False, verbose_name="child without a parent or carer on the list"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["f", "m", "u"])), name="person_sex_known_word"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("birth_precision", 3), ("birth_year__isnull", True)),
                            models.Q(
                                ("birth_precision__in", [1, 2]), ("birth_year__gte", 1900), ("birth_year__lte", 2200)
                            ),
                            _connector="OR",
                        ),
                        name="person_birth_year_fits_precision",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="casework.family"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="casework.person"
                    ),
                ),
                ("kinship", models.CharField(blank=True, max_length=24, verbose_name="in the family as")),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("until", None)), fields=["family"], name="members_now")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="membership_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            ("person", "="),
                            (
                                models.Func(
                                    models.F("since"),
                                    models.F("until"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="one_family_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations_from", to="casework.person"
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="relationship")),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations_to", to="casework.person"
                    ),
                ),
                ("evidence", models.CharField(max_length=32, verbose_name="evidence")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="verified on")),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject", models.F("other")), _negated=True),
                        name="nobody_is_related_to_themselves",
                    ),
                    models.UniqueConstraint(fields=("subject", "kind", "other"), name="relationship_stated_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_by", None), ("verified_on", None)),
                            models.Q(("verified_by__isnull", False), ("verified_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="verified_by_somebody_on_a_day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ArrivalList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.arrivals.list_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passenger", "passenger list"),
                            ("camp", "camp list"),
                            ("relatives", "applications of relatives"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "draft"), (2, "confirmed"), (3, "discarded")], default=1, verbose_name="state"
                    ),
                ),
                ("sender", models.CharField(max_length=120, verbose_name="sender")),
                (
                    "papers",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "header",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        help_text="The file as it was sent, sealed; gone once the list is no draft any more.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                ("file_mark", models.BinaryField(max_length=32)),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "read_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="read at"),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("purged_at", models.DateTimeField(blank=True, null=True, verbose_name="cells destroyed at")),
            ],
            options={
                "indexes": [models.Index(fields=["-read_at"], name="lists_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", 3), _negated=True),
                        fields=("file_mark",),
                        name="same_file_only_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", False), ("state", 2)),
                            models.Q(("state", 2), _negated=True),
                            _connector="OR",
                        ),
                        name="list_confirmed_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", 1), ("file", None), _connector="OR"),
                        name="file_kept_of_drafts_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrivalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "arrival_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="casework.arrivallist"
                    ),
                ),
                ("number", models.IntegerField()),
                ("sheet_row", models.IntegerField()),
                (
                    "state",
                    models.SmallIntegerField(choices=[(1, "ready"), (2, "needs a decision"), (3, "cannot be read")]),
                ),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("is_held", models.BooleanField(default=False, help_text="Registers nobody until a person decides.")),
                (
                    "facts",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "decision",
                    models.SmallIntegerField(
                        choices=[
                            (0, "not decided"),
                            (1, "taken as it stands"),
                            (2, "mended by hand"),
                            (3, "same person as another row"),
                            (4, "another person of the same name"),
                            (5, "left out"),
                            (6, "taken with the year of birth only"),
                        ],
                        default=0,
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="Why the row is left out.", max_length=32)),
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
                (
                    "same_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="casework.arrivalrow",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "ordering": ("sheet_row",),
                "constraints": [
                    models.UniqueConstraint(fields=("arrival_list", "sheet_row"), name="each_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("decision", 3), ("same_as", None), _connector="OR"),
                        name="same_as_only_when_decided_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", 5), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("decision", 5), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="left_out_with_a_reason",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ColumnMemory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=120)),
                (
                    "heading",
                    models.BinaryField(
                        help_text="Keyed digest of the heading: a headless file's is a name.", max_length=32
                    ),
                ),
                ("field", models.CharField(max_length=32)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sender", "heading"), name="column_remembered_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TracingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.arrivals.tracing_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "identity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.identity"
                    ),
                ),
                (
                    "applicant",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracing_request",
                        to="casework.arrivalrow",
                    ),
                ),
                (
                    "sex",
                    models.CharField(choices=[("f", "female"), ("m", "male"), ("u", "not recorded")], max_length=1),
                ),
                ("birth_year", models.SmallIntegerField(null=True)),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "open"), (2, "answered"), (3, "withdrawn")], default=1, verbose_name="state"
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="answered or withdrawn on")),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                ("consent", models.CharField(blank=True, max_length=32, verbose_name="did the person agree")),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-opened_on", "-id"], name="tracing_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consent", ""),
                                ("settled_by", None),
                                ("settled_on", None),
                                ("state", 1),
                                ("told", None),
                            ),
                            models.Q(
                                ("settled_by__isnull", False),
                                ("settled_on__isnull", False),
                                ("state", 2),
                                ("told__isnull", False),
                                models.Q(("consent", ""), _negated=True),
                            ),
                            models.Q(
                                ("consent", ""),
                                ("settled_by__isnull", False),
                                ("settled_on__isnull", False),
                                ("state", 3),
                                ("told", None),
                            ),
                            _connector="OR",
                        ),
                        name="answered_with_what_was_told_and_consent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reception",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                (
                    "arrival_list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reception", to="casework.arrivallist"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReceptionEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="casework.reception"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receptions", to="casework.person"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.family"
                    ),
                ),
                ("is_present", models.BooleanField(default=True, verbose_name="arrived")),
                ("room", models.CharField(blank=True, max_length=16, verbose_name="room")),
                ("medical_check_on", models.DateField(blank=True, null=True, verbose_name="medical check on")),
                (
                    "missing_documents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), blank=True, default=list, size=None
                    ),
                ),
                ("is_school_age", models.BooleanField(default=False, verbose_name="of school age")),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="receptions_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("reception", "person"), name="received_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_present", True), models.Q(("medical_check_on", None), ("room", "")), _connector="OR"
                        ),
                        name="the_absent_have_no_room",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.cases.case_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="casework.person"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="casework.family"
                    ),
                ),
                ("stage", models.SmallIntegerField(verbose_name="stage")),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("closing_reason", models.CharField(blank=True, max_length=32, verbose_name="closing reason")),
                (
                    "closing_circumstance",
                    models.CharField(blank=True, max_length=32, verbose_name="circumstance at closing"),
                ),
                (
                    "closing_note",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["family", "stage"], name="cases_of_family"),
                    models.Index(fields=["stage", "family"], name="cases_at_stage"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)), fields=("person",), name="one_open_case_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("closing_note__isnull", False),
                                ("stage", 80),
                                models.Q(("closing_reason", ""), _negated=True),
                                models.Q(("closing_circumstance", ""), _negated=True),
                            ),
                            models.Q(
                                ("closed_on", None),
                                ("closing_circumstance", ""),
                                ("closing_note", None),
                                ("closing_reason", ""),
                                models.Q(("stage", 80), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closed_with_reason_circumstance_and_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="closed_after_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stage_changes", to="casework.case"
                    ),
                ),
                ("from_stage", models.SmallIntegerField(null=True)),
                ("to_stage", models.SmallIntegerField()),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=32)),
                ("circumstance", models.CharField(blank=True, max_length=32)),
                (
                    "note",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="casework.case"
                    ),
                ),
                ("made_on", models.DateField(verbose_name="made on")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "own_view",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "not_asked_because",
                    models.CharField(blank=True, max_length=32, verbose_name="view not asked because"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_asked_because", ""), ("own_view__isnull", False)),
                            models.Q(("own_view", None), models.Q(("not_asked_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="own_view_or_why_not_asked",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.care.need_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="casework.case"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="casework.assessment",
                    ),
                ),
                ("domain", models.CharField(max_length=32, verbose_name="domain")),
                (
                    "field_class",
                    models.SmallIntegerField(
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
                        ],
                        default=3,
                    ),
                ),
                (
                    "urgency",
                    models.SmallIntegerField(
                        choices=[(1, "urgent (within 3 days)"), (2, "soon (within 2 weeks)"), (3, "can be planned")],
                        verbose_name="urgency",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "open"), (2, "met"), (3, "no longer there")], default=1, verbose_name="state"
                    ),
                ),
                (
                    "words",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                ("recorded_on", models.DateField(verbose_name="recorded on")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "state"], name="needs_of_case"),
                    models.Index(
                        condition=models.Q(("state", 1)), fields=["domain", "case"], name="open_needs_in_domain"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("urgency__in", [1, 2, 3])), name="need_urgency_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on", None), ("state", 1)),
                            models.Q(("settled_on__isnull", False), ("state__in", [2, 3])),
                            _connector="OR",
                        ),
                        name="need_settled_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.care.step_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="casework.need"
                    ),
                ),
                ("service", models.CharField(max_length=12, verbose_name="service")),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                ("outcome", models.CharField(blank=True, max_length=32, verbose_name="outcome")),
                ("outcome_on", models.DateField(blank=True, null=True, verbose_name="outcome on")),
                ("planned_on", models.DateField(verbose_name="planned on")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["responsible", "due"], name="open_steps_of_staff"
                    ),
                    models.Index(condition=models.Q(("outcome", "")), fields=["due"], name="open_steps_by_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_on", None)),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("outcome_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="step_outcome_on_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assistance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assistance", to="casework.case"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assistance",
                        to="casework.planitem",
                    ),
                ),
                ("service", models.CharField(max_length=12, verbose_name="service")),
                (
                    "field_class",
                    models.SmallIntegerField(
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
                        ],
                        default=3,
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="how much")),
                ("unit", models.CharField(max_length=16, verbose_name="unit")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("given_on", models.DateField(verbose_name="given on")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="casework.assistance",
                    ),
                ),
                ("wrong_because", models.CharField(blank=True, max_length=32, verbose_name="why it was wrong")),
                ("wrong_on", models.DateField(blank=True, null=True, verbose_name="corrected on")),
                (
                    "wrong_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "given_on"], name="assistance_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("wrong_because", ""), ("wrong_on", None)),
                            models.Q(("wrong_on__isnull", False), models.Q(("wrong_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assistance_corrected_for_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="assistance_is_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", "money"), models.Q(("currency", ""), _negated=True)),
                            models.Q(models.Q(("unit", "money"), _negated=True), ("currency", "")),
                            _connector="OR",
                        ),
                        name="money_has_a_currency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="casework.family"
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned on")),
                ("made_on", models.DateField(blank=True, null=True, verbose_name="made on")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="cancelled on")),
                ("cancelled_because", models.CharField(blank=True, max_length=32, verbose_name="why it was cancelled")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["family", "made_on"], name="visits_of_family"),
                    models.Index(
                        condition=models.Q(("made_on", None)),
                        fields=["by", "planned_on"],
                        name="planned_visits_of_staff",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_on", None), ("made_on", None)),
                        fields=["planned_on"],
                        name="open_visits_by_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_because", ""), ("cancelled_on", None)),
                            models.Q(
                                ("cancelled_on__isnull", False),
                                ("made_on", None),
                                models.Q(("cancelled_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_cancelled_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planned_on__isnull", False), ("made_on__isnull", False), _connector="OR"),
                        name="visit_is_planned_or_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_on__isnull", False), ("report", None), _connector="OR"),
                        name="report_of_a_made_visit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="casework.family"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="casework.case",
                    ),
                ),
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "field_class",
                    models.SmallIntegerField(
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
                        ],
                        default=3,
                        verbose_name="who reads it",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="written at"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["family", "-written_at"], name="notes_of_family")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.care.task_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="casework.family"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="casework.case",
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="what to do")),
                (
                    "words",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due", models.DateField(verbose_name="due")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cancelled_because", models.CharField(blank=True, max_length=32, verbose_name="why it was cancelled")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on", None)), fields=["owner", "due"], name="open_tasks_of_staff"
                    ),
                    models.Index(condition=models.Q(("done_on", None)), fields=["due"], name="open_tasks_by_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cancelled_because", ""), ("done_on__isnull", False), _connector="OR"),
                        name="task_cancelled_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by", None), ("done_on", None)), ("done_on__isnull", False), _connector="OR"
                        ),
                        name="task_done_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.exports.export_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
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
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                    ),
                ),
                (
                    "file_format",
                    models.CharField(
                        choices=[("xlsx", "Excel workbook"), ("csv", "CSV text")], max_length=4, verbose_name="format"
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "because",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("people", models.SmallIntegerField(default=0, verbose_name="people on the file")),
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
                ("is_locked", models.BooleanField(default=False, verbose_name="encrypted for whom it is made")),
                ("fetched", models.SmallIntegerField(default=0, verbose_name="times it was fetched")),
                ("gone_on", models.DateField(blank=True, null=True, verbose_name="destroyed on")),
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
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forgetting", to="casework.person"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="forgotten"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=32, verbose_name="reason")),
                ("parts", models.PositiveIntegerField(help_text="How many sealed values were destroyed.")),
                (
                    "masters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        help_text="Numbers of the master keys that could open a backup made before.",
                        size=None,
                    ),
                ),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.grants.grant_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="casework.family"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                    ),
                ),
                ("purpose", models.CharField(max_length=32, verbose_name="for")),
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
                ("changes", models.BooleanField(default=False, verbose_name="may add and change")),
                ("until", models.DateField(verbose_name="until")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="open until, in an emergency")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="given at"),
                ),
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
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["staff"], name="grants_to_staff"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["agency"], name="grants_to_agency"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", None), ("staff__isnull", False)),
                            models.Q(("agency__isnull", False), ("staff", None)),
                            _connector="OR",
                        ),
                        name="grant_to_a_person_or_an_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="grant_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("staff", None),
                            models.Q(("staff", models.F("given_by")), _negated=True),
                            ("expires_at__isnull", False),
                            _connector="OR",
                        ),
                        name="nobody_grants_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at", None),
                            models.Q(
                                (
                                    "expires_at__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("given_at"), "+", models.Value(datetime.timedelta(seconds=14400))
                                    ),
                                ),
                                ("staff__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_lasts_four_hours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Emergency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.emergencies.emergency_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="emergencies", to="casework.family"
                    ),
                ),
                ("about", models.CharField(max_length=12, verbose_name="family")),
                ("lead", models.IntegerField()),
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="emergency", to="casework.grant"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind of emergency")),
                ("reason_id", models.UUIDField(verbose_name="reason")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="opened at"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="open until")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed at")),
                (
                    "finding",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[(1, "justified"), (2, "not justified"), (3, "to be talked about")],
                        null=True,
                        verbose_name="finding",
                    ),
                ),
                ("note_id", models.UUIDField(blank=True, null=True, verbose_name="note")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("reviewed_at", None)), fields=["at"], name="emergencies_to_review")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finding", None), ("note_id", None), ("reviewed_at", None), ("reviewed_by", None)
                            ),
                            models.Q(
                                ("finding__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_reviewed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("staff")), _negated=True),
                        name="nobody_reviews_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withhold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.grants.withhold_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withheld", to="casework.family"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
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
                ("because", models.CharField(max_length=32, verbose_name="why")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "set_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="set at"),
                ),
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
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["family"], name="withheld_in_family")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", None), ("staff__isnull", False)),
                            models.Q(("agency__isnull", False), ("staff", None)),
                            _connector="OR",
                        ),
                        name="withheld_from_a_person_or_an_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="withholding_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.joining.suggestion_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions_first",
                        to="casework.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions_second",
                        to="casework.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="casework.tracingrequest",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("linking", "joining of lists"), ("search", "search"), ("by_hand", "a colleague")],
                        max_length=8,
                    ),
                ),
                (
                    "run",
                    models.CharField(blank=True, help_text="Which run of which version suggested it.", max_length=40),
                ),
                ("weight", models.FloatField(help_text="How strongly it is suggested: only the order of the queue.")),
                (
                    "evidence",
                    models.JSONField(default=dict, help_text="Field → finding, both words of a list; never a value."),
                ),
                (
                    "suggested_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="suggested at"
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "to decide"), (2, "the same person"), (3, "different people"), (4, "not sure")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "task",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.task"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", 1)), fields=["-weight", "id"], name="suggestions_to_decide"
                    ),
                    models.Index(fields=["state", "-id"], name="suggestions_by_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other__isnull", False), ("request", None)),
                            models.Q(("other", None), ("request__isnull", False)),
                            _connector="OR",
                        ),
                        name="suggestion_of_two_records",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("other", None), ("other__gt", models.F("person")), _connector="OR"),
                        name="suggestion_names_the_older_first",
                    ),
                    models.UniqueConstraint(fields=("person", "other"), name="two_people_suggested_once"),
                    models.UniqueConstraint(fields=("person", "request"), name="request_and_person_suggested_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", 1)),
                            models.Q(
                                ("decided_at__isnull", False), ("decided_by__isnull", False), ("state__in", [2, 3, 4])
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("task", None), models.Q(("request__isnull", False), ("state", 2)), _connector="OR"
                        ),
                        name="tracing_task_of_a_found_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.joining.merge_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="casework.suggestion"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_into", to="casework.person"
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_away", to="casework.person"
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "waits for a second colleague"), (2, "joined"), (3, "declined"), (4, "undone")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                ("both_open", models.BooleanField(help_text="Both had an open case, so two colleagues decide.")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="proposed at"
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("joined_at", models.DateTimeField(null=True, verbose_name="joined at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="declined or undone at")),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.membership",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                ("case_stage", models.SmallIntegerField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.task"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("state", 2)), fields=["kept"], name="files_joined_to")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True),
                        name="nobody_is_merged_into_themselves",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", 2)), fields=("merged",), name="merged_into_one"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", [1, 2])), fields=("suggestion",), name="one_merge_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_at", None), ("state__in", [1, 3])),
                            models.Q(("joined_at__isnull", False), ("state__in", [2, 4])),
                            _connector="OR",
                        ),
                        name="merge_joined_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("state__in", [1, 2])),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False), ("state__in", [3, 4])),
                            _connector="OR",
                        ),
                        name="merge_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joined_at", None),
                            ("both_open", False),
                            models.Q(
                                ("agreed_by__isnull", False),
                                models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="two_people_where_both_cases_are_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case", None), ("case_stage", None)),
                            models.Q(("case__isnull", False), ("case_stage__isnull", False)),
                            _connector="OR",
                        ),
                        name="merge_knows_the_stage_before",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LawfulRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.lawful.lawful_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "authority_kind",
                    models.SmallIntegerField(
                        choices=[(1, "court"), (2, "procuracy"), (3, "ministry"), (4, "other authority")],
                        verbose_name="kind of authority",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                (
                    "about",
                    models.CharField(
                        blank=True, help_text="Empty: not about one person.", max_length=12, verbose_name="person"
                    ),
                ),
                (
                    "asked",
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
                        verbose_name="what is asked for",
                    ),
                ),
                (
                    "agreed",
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
                        default=list,
                        size=None,
                        verbose_name="what both agreed to",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "with the reviewers"),
                            (2, "found lawful by both"),
                            (3, "refused"),
                            (4, "appealed against"),
                            (5, "minimum extract given"),
                        ],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "refused_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_one_person", "it is not about one person"),
                            ("not_lawful", "both reviewers found it not lawful"),
                            ("reviewers_disagree", "the reviewers do not agree that it is lawful"),
                            ("set_aside", "it was taken back, or set aside after our appeal"),
                            ("nothing_kept", "nothing is kept of this person any more"),
                        ],
                        max_length=32,
                        verbose_name="refused because",
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                ("notice_given_on", models.DateField(blank=True, null=True, verbose_name="notice given on")),
                (
                    "notice_postponed_until",
                    models.DateField(blank=True, null=True, verbose_name="notice postponed until"),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "words",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "notice_words",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded at"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["received_on"], name="lawful_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", ""), _negated=True),
                            models.Q(("agreed", []), ("state__in", [3, 4])),
                            _connector="OR",
                        ),
                        name="not_about_one_person_is_refused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed__contained_by", models.F("asked"))), name="no_more_than_was_asked"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked__contained_by", [0, 1, 2, 3, 4, 5, 6, 7, 8]), ("asked__len__gte", 1)
                        ),
                        name="nothing_sealed_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", [2, 5]), _negated=True), ("agreed__len__gte", 1), _connector="OR"
                        ),
                        name="answered_with_what_was_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), models.Q(("refused_because", ""), _negated=True)),
                            models.Q(models.Q(("state", 3), _negated=True), ("refused_because", "")),
                            _connector="OR",
                        ),
                        name="refused_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authority_kind__in", [1, 2, 3, 4])), name="authority_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice_postponed_until", None), ("notice_words__isnull", False), _connector="OR"
                        ),
                        name="postponed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LawfulReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="casework.lawfulrequest"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("is_lawful", models.BooleanField(verbose_name="lawful")),
                (
                    "scope",
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
                        verbose_name="narrowest scope",
                    ),
                ),
                (
                    "basis",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request", "by"), name="one_review_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_lawful", True), ("scope__len__gte", 1)),
                            models.Q(("is_lawful", False), ("scope", [])),
                            _connector="OR",
                        ),
                        name="lawful_within_a_scope",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
