import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.access.wordings
import panoh.plan.models.indicators
import panoh.plan.models.reviews
import panoh.plan.models.summaries
import panoh.plan.models.values


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("access", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=24, unique=True, verbose_name="code")),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                (
                    "states",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2, verbose_name="country"),
                        size=None,
                        verbose_name="countries",
                    ),
                ),
                (
                    "edition",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 until the first is adopted.", verbose_name="edition"
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "not adopted yet"), (2, "in force"), (3, "ended")], default=1, verbose_name="state"
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "source",
                    models.URLField(blank=True, default="", max_length=400, verbose_name="where it is published"),
                ),
            ],
            options={
                "ordering": ("-starts", "code"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("states__len__gte", 1)), name="plan_of_some_states"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="plan_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", 1), ("edition__gte", 1), _connector="OR"),
                        name="plan_in_force_has_an_edition",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Pillar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pillars", to="plan.plan"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
            ],
            options={
                "ordering": ("plan", "number"),
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="pillar_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pillar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="areas", to="plan.pillar"
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="number")),
                (
                    "title",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="title"),
                ),
                (
                    "rationale",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="why"
                    ),
                ),
            ],
            options={
                "ordering": ("pillar", "code"),
                "constraints": [models.UniqueConstraint(fields=("pillar", "code"), name="area_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=24, unique=True, verbose_name="code")),
                (
                    "name",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="name"),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "body of a state"),
                            (2, "body of the United Nations"),
                            (3, "regional organisation"),
                            (4, "civil society"),
                            (5, "institute or university"),
                            (6, "other"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: of no single state.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("contact", models.CharField(blank=True, default="", max_length=200, verbose_name="contact office")),
            ],
            options={
                "ordering": ("code",),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="plan.plan"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="plan.area"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="plan.planaction",
                    ),
                ),
                ("code", models.CharField(max_length=16, verbose_name="number")),
                (
                    "text",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="action"),
                ),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "states",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2, verbose_name="country"),
                        blank=True,
                        default=list,
                        help_text="Empty: all states of the plan.",
                        size=None,
                    ),
                ),
                (
                    "origin",
                    models.SmallIntegerField(
                        choices=[
                            (1, "an agreed instrument"),
                            (2, "a national programme"),
                            (3, "a proposal that was adopted"),
                        ],
                        default=1,
                        verbose_name="comes from",
                    ),
                ),
                (
                    "asked_for_in",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="proposal or finding"),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "found in a public source"),
                            ("B", "from the text of the strategy"),
                            ("C", "proposed here"),
                        ],
                        default="C",
                        max_length=1,
                        verbose_name="how we know of it",
                    ),
                ),
                ("source", models.URLField(blank=True, default="", max_length=400, verbose_name="source")),
                ("since", models.PositiveSmallIntegerField(default=1, verbose_name="first edition")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition of this wording")),
                ("until", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last edition")),
                ("also_serves", models.ManyToManyField(blank=True, related_name="served_by", to="plan.pillar")),
            ],
            options={
                "ordering": ("area", "code"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("plan", "code"), name="action_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="action_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition__gte", models.F("since"))), name="action_worded_since_it_is_there"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("edition"))), name="action_dropped_after_its_wording"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade", "A"), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_found_has_a_source",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ActionBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bodies", to="plan.planaction"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="plan.body"
                    ),
                ),
                (
                    "part",
                    models.SmallIntegerField(
                        choices=[(1, "leads"), (2, "contributes"), (3, "funds"), (4, "is consulted")],
                        verbose_name="part",
                    ),
                ),
            ],
            options={
                "ordering": ("action", "part", "body"),
                "constraints": [
                    models.UniqueConstraint(fields=("action", "body", "part"), name="part_of_a_body_once"),
                    models.UniqueConstraint(condition=models.Q(("part", 1)), fields=("action",), name="one_body_leads"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=32, unique=True, verbose_name="code")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                (
                    "name",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="name"),
                ),
                (
                    "scope",
                    models.SmallIntegerField(
                        choices=[
                            (1, "one operation"),
                            (2, "several operations together"),
                            (3, "all returns to a country"),
                        ],
                        default=1,
                        verbose_name="scope",
                    ),
                ),
                (
                    "origin",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="from where"
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="when")),
                (
                    "on_precision",
                    models.SmallIntegerField(
                        choices=[(1, "day"), (2, "month"), (3, "year")], default=1, verbose_name="known to the"
                    ),
                ),
                ("adds_up", models.ManyToManyField(blank=True, related_name="counted_in", to="plan.operation")),
            ],
            options={
                "ordering": ("country", "scope", "on", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("country", ""), _negated=True), name="operation_of_a_country"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", (1, 2, 3))), name="operation_of_no_smaller_place"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="plan.operation"
                    ),
                ),
                (
                    "measure",
                    models.SmallIntegerField(
                        choices=[(1, "all"), (2, "men"), (3, "women"), (4, "children"), (5, "girls"), (6, "boys")],
                        verbose_name="who is counted",
                    ),
                ),
                ("value", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                (
                    "bound",
                    models.SmallIntegerField(
                        choices=[(1, "as it stands"), (2, "more than"), (3, "about")],
                        default=1,
                        verbose_name="how it is said",
                    ),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "as_of_precision",
                    models.SmallIntegerField(
                        choices=[(1, "day"), (2, "month"), (3, "year")], default=1, verbose_name="known to the"
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "published_on_precision",
                    models.SmallIntegerField(
                        choices=[(1, "day"), (2, "month"), (3, "year")], default=1, verbose_name="known to the"
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=400, verbose_name="source")),
                ("quote", models.TextField(blank=True, default="", verbose_name="in its words")),
                ("language", models.CharField(blank=True, default="", max_length=3, verbose_name="language")),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("F", "found in a public source"),
                            ("K", "well known, not looked up"),
                            ("D", "worked out from found figures"),
                        ],
                        default="F",
                        max_length=1,
                        verbose_name="how we know of it",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded at"
                    ),
                ),
                (
                    "struck_out",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="struck out because"),
                ),
            ],
            options={
                "ordering": ("operation", "measure", "as_of", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark", "F"), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="figure_found_has_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", False), ("bound", 1), _connector="OR"),
                        name="figure_not_announced_is_none",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("struck_out", "")),
                        fields=("operation", "measure", "value", "as_of", "source"),
                        name="figure_recorded_once",
                        nulls_distinct=False,
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.indicators.indicator_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="indicators", to="plan.plan"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plan.planaction",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plan.area",
                    ),
                ),
                ("number", models.CharField(max_length=16, verbose_name="number")),
                (
                    "text",
                    panoh.access.wordings.WordingField(
                        default=panoh.access.wordings.Wording, verbose_name="what is measured"
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "output"), (2, "outcome"), (3, "impact"), (4, "process")], verbose_name="kind"
                    ),
                ),
                (
                    "measure",
                    models.SmallIntegerField(
                        choices=[
                            (1, "a number"),
                            (2, "percent"),
                            (3, "one of several words"),
                            (4, "a rank in words"),
                            (5, "a description"),
                        ],
                        verbose_name="measured as",
                    ),
                ),
                ("ascending", models.BooleanField(default=True, verbose_name="more is better")),
                (
                    "unit",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="unit"
                    ),
                ),
                (
                    "method",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="how it is counted"
                    ),
                ),
                (
                    "verification",
                    panoh.access.wordings.WordingField(
                        blank=True, default=panoh.access.wordings.Wording, verbose_name="means of verification"
                    ),
                ),
                (
                    "every",
                    models.SmallIntegerField(
                        choices=[(1, "every quarter"), (2, "every half-year"), (3, "every year")],
                        default=3,
                        verbose_name="how often",
                    ),
                ),
                (
                    "breakdowns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="broken down by",
                    ),
                ),
                (
                    "disclosure",
                    models.SmallIntegerField(
                        choices=[
                            (1, "published for each country"),
                            (2, "published for all countries together"),
                            (3, "not published"),
                        ],
                        default=1,
                        verbose_name="disclosure",
                    ),
                ),
                (
                    "over_periods",
                    models.SmallIntegerField(
                        choices=[(1, "sum"), (2, "the latest"), (3, "average"), (4, "the highest")],
                        default=2,
                        verbose_name="across periods",
                    ),
                ),
                (
                    "over_countries",
                    models.SmallIntegerField(
                        choices=[
                            (1, "sum"),
                            (2, "average"),
                            (3, "sum of numerators by sum of denominators"),
                            (4, "not put together"),
                        ],
                        default=4,
                        verbose_name="across countries",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="indicator_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__isnull", True), ("area__isnull", False)),
                            models.Q(("action__isnull", False), ("area__isnull", True)),
                            _connector="OR",
                        ),
                        name="indicator_of_an_action_or_an_area",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("measure__in", (1, 2)), ("over_countries", 4), _connector="OR"),
                        name="only_numbers_are_put_together",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="levels", to="plan.indicator"
                    ),
                ),
                ("kind", models.SmallIntegerField(choices=[(1, "baseline"), (2, "target")], verbose_name="kind")),
                (
                    "country",
                    models.CharField(
                        blank=True, default="", help_text="Empty: all together.", max_length=2, verbose_name="country"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "number",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Empty: there is no figure.",
                        max_digits=18,
                        null=True,
                        verbose_name="figure",
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=400, verbose_name="source")),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
            ],
            options={
                "ordering": ("indicator", "kind", "country", "year"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", 1)), fields=("indicator", "country"), name="one_baseline"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", 2)),
                        fields=("indicator", "country", "year"),
                        name="one_target_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", 1), ("number__isnull", False), _connector="OR"),
                        name="target_is_a_figure",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.indicators.period_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="plan.plan"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "every",
                    models.SmallIntegerField(
                        choices=[(1, "every quarter"), (2, "every half-year"), (3, "every year")],
                        default=3,
                        verbose_name="for what is reported",
                    ),
                ),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="until")),
                ("due", models.DateField(verbose_name="reports are due")),
            ],
            options={
                "ordering": ("plan", "starts", "every"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "every", "starts"), name="period_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="period_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due__gte", models.F("ends"))), name="reports_are_due_after_the_period"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Status",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statuses", to="plan.planaction"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "not started"),
                            (2, "under way"),
                            (3, "done"),
                            (4, "stopped"),
                            (5, "not applicable"),
                        ],
                        verbose_name="status",
                    ),
                ),
                ("on", models.DateField(verbose_name="as of")),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
                ("source", models.CharField(max_length=400, verbose_name="source")),
                (
                    "evidence_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("document", "document"),
                            ("dataset", "data set"),
                            ("event", "event"),
                            ("statement", "statement"),
                            ("visit", "visit"),
                        ],
                        max_length=12,
                        verbose_name="kind of evidence",
                    ),
                ),
                (
                    "evidence",
                    models.URLField(blank=True, default="", max_length=400, verbose_name="where the evidence is"),
                ),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="day of the evidence")),
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
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="reported at"
                    ),
                ),
            ],
            options={
                "ordering": ("action", "country", "-on", "-pk"),
                "indexes": [models.Index(fields=["action", "country", "-on", "-id"], name="status_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="status_has_a_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True),
                            models.Q(
                                models.Q(("evidence", ""), _negated=True),
                                models.Q(("evidence_kind", ""), _negated=True),
                                ("evidence_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="done_has_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence", ""), ("evidence__regex", "^https?://[^\\s]+$"), _connector="OR"
                        ),
                        name="evidence_on_the_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="plan.planaction"
                    ),
                ),
                (
                    "text",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="milestone"),
                ),
                ("due", models.DateField(verbose_name="due")),
                ("for_each", models.BooleanField(default=True, verbose_name="each country reaches it for itself")),
            ],
            options={
                "ordering": ("action", "due", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Reached",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reached", to="plan.milestone"
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2, verbose_name="country")),
                ("on", models.DateField(verbose_name="reached on")),
                ("source", models.CharField(max_length=400, verbose_name="source")),
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
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="reported at"
                    ),
                ),
            ],
            options={
                "ordering": ("milestone", "country"),
                "constraints": [
                    models.UniqueConstraint(fields=("milestone", "country"), name="reached_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="reached_has_a_source"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Funding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="funding", to="plan.planaction"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gives",
                        to="plan.body",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: of all together.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "planned",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="planned"),
                ),
                (
                    "paid",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="paid"),
                ),
                ("source", models.CharField(max_length=400, verbose_name="source")),
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
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="reported at"
                    ),
                ),
            ],
            options={
                "ordering": ("action", "year", "currency", "funder", "country"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "year", "funder", "country", "currency"),
                        name="funding_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planned__isnull", False), ("paid__isnull", False), _connector="OR"),
                        name="funding_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned", None), ("planned__gte", 0), _connector="OR"),
                            models.Q(("paid", None), ("paid__gte", 0), _connector="OR"),
                        ),
                        name="funding_counts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="funding_in_a_currency"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2100)), name="funding_in_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="funding_has_a_source"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.reviews.review_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="plan.plan"
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
                            (1, "yearly review"),
                            (2, "mid-term review"),
                            (3, "ministerial review"),
                            (4, "ten-year review"),
                            (5, "external evaluation"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "questions are being written"),
                            (2, "countries answer"),
                            (3, "discussed at the meeting"),
                            (4, "closed"),
                        ],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                ("starts", models.DateField(verbose_name="looks back from")),
                ("ends", models.DateField(verbose_name="until")),
                ("answers_due", models.DateField(verbose_name="answers are due")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="day of the meeting")),
                (
                    "met_at",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="place of the meeting"),
                ),
                ("event", models.CharField(blank=True, default="", max_length=12, verbose_name="code of the event")),
            ],
            options={
                "ordering": ("plan", "-starts"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="review_of_some_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True), ("met_on__isnull", False), _connector="OR"
                        ),
                        name="review_met_on_a_day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="plan.review"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "text",
                    panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name="question"),
                ),
            ],
            options={
                "ordering": ("review", "number"),
                "constraints": [models.UniqueConstraint(fields=("review", "number"), name="question_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="plan.question"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("text", models.TextField(verbose_name="answer")),
                (
                    "state",
                    models.SmallIntegerField(choices=[(1, "draft"), (2, "submitted")], default=1, verbose_name="state"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ("question", "country"),
                "constraints": [
                    models.UniqueConstraint(fields=("question", "country"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="answer_says_something"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.reviews.finding_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="plan.review"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="plan.planaction",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="plan.area",
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "achieved"), (2, "problem"), (3, "lesson")], verbose_name="kind"
                    ),
                ),
                (
                    "text",
                    panoh.access.wordings.WordingField(
                        default=panoh.access.wordings.Wording, verbose_name="what was found"
                    ),
                ),
                ("evidence", models.TextField(blank=True, default="", verbose_name="what it rests on")),
                ("asks_for_change", models.BooleanField(default=False, verbose_name="asks for a change of the plan")),
            ],
            options={
                "ordering": ("review", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__isnull", True), ("area__isnull", False)),
                            models.Q(("action__isnull", False), ("area__isnull", True)),
                            _connector="OR",
                        ),
                        name="finding_about_an_action_or_an_area",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ActionPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.reviews.point_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="plan.review"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="plan.finding",
                    ),
                ),
                (
                    "text",
                    panoh.access.wordings.WordingField(
                        default=panoh.access.wordings.Wording, verbose_name="what is to be done"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="plan.body",
                        verbose_name="who does it",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: of no single state.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("due", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "open"), (2, "done, not verified"), (3, "verified")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                ("taken", models.TextField(blank=True, default="", verbose_name="action taken")),
                ("evidence", models.CharField(blank=True, default="", max_length=400, verbose_name="evidence")),
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
                ("done_on", models.DateField(blank=True, null=True)),
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
                ("verified_on", models.DateField(blank=True, null=True)),
                ("doubt", models.TextField(blank=True, default="", verbose_name="why it was not verified")),
            ],
            options={
                "ordering": ("review", "due", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", 1),
                            models.Q(
                                models.Q(("taken", ""), _negated=True),
                                models.Q(("evidence", ""), _negated=True),
                                ("done_by__isnull", False),
                                ("done_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="done_with_action_and_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 3), _negated=True),
                            models.Q(
                                ("verified_by__isnull", False),
                                ("verified_on__isnull", False),
                                models.Q(("verified_by", models.F("done_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="verified_by_another",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="plan.plan"
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(verbose_name="edition it makes")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "being prepared"), (2, "adopted"), (3, "given up")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="opened at"
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopted on")),
                (
                    "adopted_at",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="where it was adopted"),
                ),
                (
                    "source",
                    models.URLField(blank=True, default="", max_length=400, verbose_name="where it is published"),
                ),
            ],
            options={
                "ordering": ("plan", "edition", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", 1)), fields=("plan",), name="one_revision_open"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", 2)), fields=("plan", "edition"), name="one_revision_an_edition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 2), _negated=True), ("adopted_on__isnull", False), _connector="OR"
                        ),
                        name="adopted_on_a_day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="plan.revision"
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "added"), (2, "changed"), (3, "dropped")], verbose_name="kind"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="plan.planaction",
                    ),
                ),
                ("before", models.JSONField(blank=True, null=True, verbose_name="before")),
                ("after", models.JSONField(blank=True, null=True, verbose_name="after")),
                (
                    "asked_for_in",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="proposal or finding"),
                ),
                ("because", models.TextField(blank=True, default="", verbose_name="why")),
            ],
            options={
                "ordering": ("revision", "kind", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "action"), name="one_change_of_an_action"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", 1), ("action__isnull", False), _connector="OR"),
                        name="change_of_an_action",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", 3), ("after__isnull", False), _connector="OR"),
                        name="change_says_what_will_be",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.summaries.summary_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="summaries", to="plan.plan"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="until")),
                (
                    "generated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="generated"
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "-starts", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="summary_of_some_time"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="plan.summary"
                    ),
                ),
                ("key", models.SlugField(max_length=24)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("heading", models.CharField(max_length=200, verbose_name="heading")),
                ("generated", models.TextField(blank=True, default="", verbose_name="generated")),
                ("written", models.TextField(blank=True, null=True, verbose_name="written by hand")),
                ("basis", models.TextField(blank=True, default="", verbose_name="generated when it was written")),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("summary", "number"),
                "constraints": [models.UniqueConstraint(fields=("summary", "key"), name="section_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.plan.models.values.value_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="plan.indicator"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="plan.period"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (0, "no data"),
                            (1, "in progress"),
                            (2, "submitted"),
                            (3, "returned"),
                            (4, "approved"),
                        ],
                        default=0,
                        verbose_name="state",
                    ),
                ),
                ("number", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("numerator", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("denominator", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("words", models.TextField(blank=True, default="", verbose_name="in words")),
                ("parts", models.JSONField(blank=True, default=dict, verbose_name="broken down")),
                (
                    "source_kind",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "document"),
                            (2, "data set or register"),
                            (3, "statement"),
                            (4, "signed statistics release"),
                        ],
                        null=True,
                        verbose_name="kind of source",
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=400, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, default="", max_length=400, verbose_name="where it can be read"),
                ),
                (
                    "digest",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="digest of the release"),
                ),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("period", "indicator", "country"),
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "period", "country"), name="value_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 0), _negated=True),
                            models.Q(("denominator", None), ("number", None), ("numerator", None), ("words", "")),
                            _connector="OR",
                        ),
                        name="no_data_is_no_figure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", (0, 1)),
                            ("number__isnull", False),
                            models.Q(("denominator__isnull", False), ("numerator__isnull", False)),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="submitted_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", (0, 1)),
                            models.Q(("source_kind__isnull", False), models.Q(("source", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="submitted_has_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", (0, 1)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="submitted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 4), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="approved_by_another",
                    ),
                    models.CheckConstraint(condition=models.Q(("denominator__gt", 0)), name="denominator_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest__regex", "^[0-9a-f]{64}$"), ("source_kind", 4)),
                            models.Q(models.Q(("source_kind", 4), _negated=True), ("digest", "")),
                            models.Q(("digest", ""), ("source_kind", None)),
                            _connector="OR",
                        ),
                        name="release_has_its_digest",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="plan.value"
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "submitted"), (2, "returned"), (3, "approved"), (4, "said")], verbose_name="kind"
                    ),
                ),
                ("text", models.TextField(blank=True, default="", verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ("value", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", 2), _negated=True), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="returned_with_a_reason",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="GateAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gate_answers", to="plan.period"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="what is odd")),
                ("text", models.TextField(verbose_name="answer")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ("period", "key"),
                "constraints": [
                    models.UniqueConstraint(fields=("period", "key"), name="oddity_answered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="oddity_answered_in_words"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="plan.period"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ("period",),
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
