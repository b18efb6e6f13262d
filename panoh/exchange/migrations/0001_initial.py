import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.access.wordings
import panoh.exchange.models.events
import panoh.exchange.models.lessons
import panoh.exchange.models.parcels
import panoh.exchange.models.proposals
import panoh.exchange.models.reports


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("access", "__first__"),
        ("plan", "0001_initial"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.events.event_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "conference"),
                            (2, "online forum"),
                            (3, "working group"),
                            (4, "study visit"),
                            (5, "meeting"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                (
                    "mode",
                    models.SmallIntegerField(
                        choices=[(1, "in person"), (2, "online"), (3, "in person and online")],
                        default=1,
                        verbose_name="how people meet",
                    ),
                ),
                (
                    "rules",
                    models.SmallIntegerField(
                        choices=[(1, "on record"), (2, "what was said, not by whom"), (3, "closed")],
                        default=1,
                        verbose_name="rules",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "proposed"), (2, "planned"), (3, "held"), (4, "cancelled")],
                        default=2,
                        verbose_name="state",
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="place")),
                ("moderator", models.CharField(blank=True, default="", max_length=200, verbose_name="moderator")),
                (
                    "beside",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="side_events",
                        to="exchange.event",
                    ),
                ),
                (
                    "meeting_link",
                    models.URLField(blank=True, default="", max_length=400, verbose_name="link to the meeting room"),
                ),
            ],
            options={
                "ordering": ("-starts", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="event_ends_after_it_starts",
                        violation_error_message="It ends before it begins.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="EventBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bodies", to="exchange.event"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.body"),
                ),
                (
                    "part",
                    models.SmallIntegerField(
                        choices=[(1, "organises"), (2, "organises with others"), (3, "hosts"), (4, "funds")],
                        verbose_name="part",
                    ),
                ),
            ],
            options={
                "ordering": ("event", "part", "body"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "body", "part"),
                        name="part_in_an_event_once",
                        violation_error_message="This body has this part already.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.events.statement_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="exchange.event"
                    ),
                ),
                (
                    "speaker",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: unattributed.",
                        max_length=200,
                        verbose_name="who said it",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.body",
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("assert", "noted"),
                            ("assess", "assessed"),
                            ("report", "reported"),
                            ("expect", "expected"),
                            ("commit", "promised"),
                            ("urge", "urged"),
                            ("propose", "proposed"),
                            ("support", "supported"),
                            ("object", "objected"),
                            ("abstain", "abstained"),
                        ],
                        max_length=8,
                        verbose_name="what kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="what was said")),
                ("quote", models.TextField(blank=True, default="", verbose_name="in the words of the report")),
            ],
            options={
                "ordering": ("event", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.lessons.lesson_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "success"), (2, "problem"), (3, "condition"), (4, "caution"), (5, "failure")],
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                (
                    "context",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="context"
                    ),
                ),
                (
                    "tried",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="what was tried"
                    ),
                ),
                (
                    "outcome",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="what worked or failed"
                    ),
                ),
                (
                    "for_whom",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="for whom"
                    ),
                ),
                (
                    "evidence",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="evidence"
                    ),
                ),
                (
                    "strength",
                    models.SmallIntegerField(
                        choices=[(1, "claimed"), (2, "described in a document"), (3, "evaluated")],
                        verbose_name="strength of the evidence",
                    ),
                ),
                (
                    "conditions",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="conditions for doing the same"
                    ),
                ),
                (
                    "cost",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="cost"
                    ),
                ),
                ("contact", models.CharField(blank=True, default="", max_length=200, verbose_name="contact office")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tags",
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.body",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="exchange.event",
                    ),
                ),
                (
                    "secrecy",
                    models.SmallIntegerField(
                        choices=[(1, "public"), (2, "for the region"), (3, "for the country only")],
                        default=2,
                        verbose_name="confidentiality",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "draft"), (2, "in peer review"), (3, "published"), (4, "withdrawn")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "consent_by",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="who agreed to share it"),
                ),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                (
                    "came_from",
                    models.CharField(
                        blank=True,
                        default="",
                        editable=False,
                        help_text="The code of the partner in whose parcel it came; it was reviewed there.",
                        max_length=12,
                        verbose_name="came from",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="changed at"
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ("plain", models.TextField(default="", editable=False)),
                (
                    "spellings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, editable=False, size=None
                    ),
                ),
            ],
            options={
                "ordering": ("-changed_at", "-pk"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="lesson_words"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["plain"], name="lesson_plain", opclasses=("gin_trgm_ops",)
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["spellings"], name="lesson_spellings"),
                    django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="lesson_tags"),
                    models.Index(fields=["-changed_at", "-id"], name="lesson_newest"),
                    models.Index(
                        fields=["secrecy", "state", "country", "author"],
                        include=("kind", "came_from", "tags"),
                        name="lesson_readers",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("author")), _negated=True),
                        name="lesson_reviewed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True),
                            ("reviewed_by__isnull", False),
                            models.Q(("came_from", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lesson_published_after_a_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True),
                            ("secrecy", 3),
                            ("country", ""),
                            models.Q(("consent_on__isnull", False), models.Q(("consent_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="lesson_shared_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("secrecy", 3), _negated=True),
                            models.Q(("country", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lesson_national_has_a_country",
                        violation_error_message="A lesson for the country only needs a country.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tags__len__lte", 12)),
                        name="lesson_has_few_tags",
                        violation_error_message="A lesson has twelve tags at most.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="exchange.lesson"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("told", models.JSONField(verbose_name="what it said")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
            ],
            options={
                "ordering": ("lesson", "-number"),
                "constraints": [models.UniqueConstraint(fields=("lesson", "number"), name="lesson_version_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="LessonReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="exchange.lesson"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verdict",
                    models.SmallIntegerField(
                        choices=[(1, "recommends it"), (2, "asks for changes")], verbose_name="verdict"
                    ),
                ),
                ("text", models.TextField(blank=True, default="", verbose_name="what the reviewer says")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
            ],
            options={
                "ordering": ("lesson", "-pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.parcels.partner_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "country",
                    models.CharField(
                        blank=True, default="", help_text="Empty: the region.", max_length=2, verbose_name="country"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="public key")),
                ("age_key", models.CharField(blank=True, default="", max_length=80, verbose_name="public key of age")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="entered at"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
            ],
            options={
                "ordering": ("name", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("added_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="partner_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="partner_confirmed_at_a_time",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.parcels.parcel_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parcels", to="exchange.partner"
                    ),
                ),
                (
                    "direction",
                    models.SmallIntegerField(choices=[(1, "sent"), (2, "received")], verbose_name="direction"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.TextField(verbose_name="document")),
                ("signature", models.CharField(max_length=128, verbose_name="signature")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "sent"),
                            (2, "waits for a decision"),
                            (3, "is being taken in"),
                            (4, "taken in"),
                            (5, "declined"),
                            (6, "is being taken back"),
                            (7, "taken back"),
                        ],
                        verbose_name="state",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
            ],
            options={
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "direction", "number"), name="parcel_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("direction", 1), ("state", 1)),
                            models.Q(("direction", 2), ("state__gt", 1)),
                            _connector="OR",
                        ),
                        name="parcel_sent_or_received",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Arrived",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="arrived", to="exchange.parcel"
                    ),
                ),
                ("kind", models.CharField(max_length=24, verbose_name="kind")),
                ("key", models.CharField(max_length=60, verbose_name="key")),
                ("told", models.JSONField(verbose_name="what came")),
                ("before", models.JSONField(null=True, verbose_name="what stood there")),
            ],
            options={
                "ordering": ("parcel", "pk"),
                "indexes": [models.Index(fields=["kind", "key"], name="arrived_by_key")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ParcelStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "partner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.partner"
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="exchange.parcel",
                    ),
                ),
                (
                    "what",
                    models.SmallIntegerField(
                        choices=[
                            (1, "partner entered"),
                            (2, "partner confirmed"),
                            (3, "partner ended"),
                            (4, "signed"),
                            (5, "fetched"),
                            (6, "arrived"),
                            (7, "taken in"),
                            (8, "declined"),
                            (9, "taken back"),
                            (10, "refused"),
                        ],
                        verbose_name="what",
                    ),
                ),
                ("digest", models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256")),
                ("why", models.CharField(blank=True, default="", max_length=300, verbose_name="why")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="exchange.event"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                (
                    "agenda",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="what it is about"
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                ("starts", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("ends", models.TimeField(blank=True, null=True, verbose_name="until")),
                ("chair", models.CharField(blank=True, default="", max_length=200, verbose_name="chair")),
            ],
            options={
                "ordering": ("event", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("event", "number"), name="session_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="session_ends_after_it_starts",
                        violation_error_message="It ends before it begins.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="exchange.event"
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                ("body", models.CharField(blank=True, default="", max_length=200, verbose_name="agency")),
                (
                    "headcount",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: not reported.", null=True, verbose_name="how many"
                    ),
                ),
                (
                    "qualifier",
                    models.SmallIntegerField(
                        choices=[(1, "exactly"), (2, "at least"), (3, "about")], default=1, verbose_name="counted"
                    ),
                ),
                ("source", models.CharField(max_length=400, verbose_name="source")),
            ],
            options={
                "ordering": ("event", "country", "body", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="participation_has_a_source"
                    ),
                    models.UniqueConstraint(
                        fields=("event", "country", "body", "source"),
                        name="participation_once_a_source",
                        violation_error_message="What this source says of this country and agency is entered already.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="registrations", to="exchange.event"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name as on the badge")),
                ("title", models.CharField(blank=True, default="", max_length=200, verbose_name="title")),
                ("body", models.CharField(blank=True, default="", max_length=200, verbose_name="agency")),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="entered at"
                    ),
                ),
            ],
            options={
                "ordering": ("event", "country", "body", "name"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Output",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outputs", to="exchange.event"
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "programme"),
                            (2, "statement"),
                            (3, "document"),
                            (4, "outcome document"),
                            (5, "recording"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                ("link", models.URLField(max_length=400, verbose_name="link")),
                ("language", models.CharField(blank=True, default="", max_length=2, verbose_name="language")),
            ],
            options={
                "ordering": ("event", "kind", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="exchange.event"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "text",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="decision"),
                ),
                ("addressed_to", models.CharField(blank=True, default="", max_length=200, verbose_name="for whom")),
                ("due", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ("event", "number"),
                "constraints": [models.UniqueConstraint(fields=("event", "number"), name="decision_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.proposals.proposal_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                (
                    "text",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="proposal"),
                ),
                ("proposer", models.CharField(blank=True, default="", max_length=200, verbose_name="who proposed it")),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.body",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="exchange.event",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="exchange.lesson",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "draft"),
                            (2, "circulated"),
                            (3, "merged into another"),
                            (4, "adopted"),
                            (5, "rejected"),
                            (6, "withdrawn"),
                        ],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="exchange.proposal",
                    ),
                ),
                ("quote", models.TextField(blank=True, default="", verbose_name="in the words of the report")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="entered at"
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", 3), ("merged_into", None), _connector="OR"),
                        name="merged_is_consolidated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True), ("merged_into__isnull", False), _connector="OR"
                        ),
                        name="consolidated_into_one",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProposalPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="exchange.proposal"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asked_parts", to="exchange.proposal"
                    ),
                ),
                (
                    "asked",
                    panoh.access.wordings.WordingField(
                        default=panoh.access.wordings.Wording, verbose_name="as it was asked for"
                    ),
                ),
                (
                    "outcome",
                    models.SmallIntegerField(
                        choices=[(1, "kept"), (2, "changed"), (3, "dropped")],
                        default=1,
                        verbose_name="what became of it",
                    ),
                ),
                (
                    "text",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="as it stands"
                    ),
                ),
                ("because", models.TextField(blank=True, default="", verbose_name="why")),
                ("dissent", models.TextField(blank=True, default="", verbose_name="who dissents, and why")),
            ],
            options={
                "ordering": ("proposal", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="part_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", 3), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="part_dropped_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposal", models.F("asked_by")), _negated=True),
                        name="part_asked_by_another",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="positions", to="exchange.proposal"
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.body",
                    ),
                ),
                ("who", models.CharField(blank=True, default="", max_length=200, verbose_name="who spoke")),
                (
                    "stance",
                    models.SmallIntegerField(
                        choices=[
                            (1, "supports"),
                            (2, "supports with changes"),
                            (3, "reserves its position"),
                            (4, "is against"),
                            (5, "silent"),
                        ],
                        verbose_name="position",
                    ),
                ),
                ("statement", models.TextField(blank=True, default="", verbose_name="statement")),
                ("taken_on", models.DateField(verbose_name="on")),
                ("source", models.CharField(blank=True, default="", max_length=400, verbose_name="source")),
                ("is_current", models.BooleanField(default=True, verbose_name="the latest")),
            ],
            options={
                "ordering": ("proposal", "country", "body", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("body", None), ("is_current", True), models.Q(("country", ""), _negated=True)
                        ),
                        fields=("proposal", "country"),
                        name="one_position_of_a_country",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("proposal", "body"),
                        name="one_position_of_a_body",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.exchange.models.reports.report_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "source",
                    models.URLField(blank=True, default="", max_length=400, verbose_name="where it is published"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pasted", "pasted text"),
                            ("text", "text file"),
                            ("docx", ".docx document"),
                            ("pdf", "PDF"),
                        ],
                        max_length=8,
                        verbose_name="kind of file",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ru", "Russian")], max_length=2, verbose_name="language"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the text, in UTF-8: a report is entered once.", max_length=64, unique=True
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "is being read"), (2, "read")], default=1, verbose_name="state"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="exchange.event",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="entered at"
                    ),
                ),
            ],
            options={
                "ordering": ("-entered_at", "code"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReportItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="exchange.report"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "event"),
                            (2, "body"),
                            (3, "person"),
                            (4, "statement"),
                            (5, "proposal"),
                            (6, "position"),
                            (7, "number"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                ("ref", models.CharField(help_text="What the reading calls it: ST-01, PER-AALTO.", max_length=200)),
                ("data", models.JSONField(verbose_name="what was understood")),
                (
                    "as_read",
                    models.JSONField(blank=True, null=True, verbose_name="what was read before it was corrected"),
                ),
                ("start", models.PositiveIntegerField(verbose_name="from character")),
                ("end", models.PositiveIntegerField(verbose_name="to character")),
                ("is_inferred", models.BooleanField(default=False, help_text="Understood, not said in so many words.")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "not decided"), (2, "confirmed"), (3, "corrected"), (4, "rejected")],
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
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.event",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.body",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.statement",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.proposal",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.position",
                    ),
                ),
                (
                    "is_own",
                    models.BooleanField(
                        default=False, help_text="What it became was made from it, and is no one's else."
                    ),
                ),
            ],
            options={
                "ordering": ("report", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="report_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="report_item_has_a_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", (2, 3)),
                            models.Q(
                                ("body", None),
                                ("event", None),
                                ("position", None),
                                ("proposal", None),
                                ("statement", None),
                            ),
                            _connector="OR",
                        ),
                        name="unconfirmed_became_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", (3, 7)),
                            models.Q(("state__in", (2, 3)), _negated=True),
                            models.Q(("event__isnull", False), ("kind", 1)),
                            models.Q(("body__isnull", False), ("kind", 2)),
                            models.Q(("kind", 4), ("statement__isnull", False)),
                            models.Q(("kind", 5), ("proposal__isnull", False)),
                            models.Q(("kind", 6), ("position__isnull", False)),
                            _connector="OR",
                        ),
                        name="confirmed_became_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", 1)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("state__gt", 1)),
                            _connector="OR",
                        ),
                        name="report_item_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True), ("as_read__isnull", False), _connector="OR"
                        ),
                        name="corrected_keeps_what_was_read",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
