"""Where children live: placements with their reviews, and decisions of one day when a carer is away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_care import DROP_PLACEMENTS, MAKE_PLACEMENTS


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_role_versions"),
        ("casework", "0010_referrals"),
        ("vault", "0003_fence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_family", models.CharField(blank=True, max_length=12, verbose_name="family it lives with")),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "proposed"),
                            (2, "agreed to"),
                            (3, "the child lives there"),
                            (4, "ended"),
                            (5, "not carried out"),
                        ],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                (
                    "not_asked_because",
                    models.CharField(blank=True, max_length=32, verbose_name="view not asked because"),
                ),
                (
                    "apart_because",
                    models.CharField(blank=True, max_length=32, verbose_name="apart from brothers and sisters because"),
                ),
                ("apart_again_on", models.DateField(blank=True, null=True, verbose_name="looked at again on")),
                ("study_on", models.DateField(blank=True, null=True, verbose_name="home study on")),
                (
                    "study_outcome",
                    models.CharField(blank=True, max_length=32, verbose_name="what the home study found"),
                ),
                (
                    "family_agreed_on",
                    models.DateField(blank=True, null=True, verbose_name="receiving family agreed on"),
                ),
                ("proposed_on", models.DateField(verbose_name="proposed on")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="agreed to on")),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="looked at again on")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("end_reason", models.CharField(blank=True, max_length=32, verbose_name="why it ended")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="casework.person"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study_words",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "with_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                    ),
                ),
                (
                    "with_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlacementReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="on")),
                (
                    "not_asked_because",
                    models.CharField(blank=True, max_length=32, verbose_name="view not asked because"),
                ),
                ("next_on", models.DateField(verbose_name="next on")),
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
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="casework.placement"
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
            ],
        ),
        migrations.CreateModel(
            name="CareDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_family", models.CharField(blank=True, max_length=12, verbose_name="family it lives with")),
                ("opened_on", models.DateField(verbose_name="opened on")),
                (
                    "outcome",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "stays with somebody for now"),
                            (2, "moved to somebody"),
                            (3, "the carer is back"),
                        ],
                        null=True,
                        verbose_name="what was decided",
                    ),
                ),
                (
                    "not_asked_because",
                    models.CharField(blank=True, max_length=32, verbose_name="view not asked because"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
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
                    "opened_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="care_decisions", to="casework.person"
                    ),
                ),
                (
                    "with_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.agency",
                    ),
                ),
                (
                    "with_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", None)), fields=["opened_on"], name="care_decisions_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("with_family", ""), ("with_person", None)),
                            models.Q(("with_agency", None), ("with_person", None)),
                            models.Q(("with_agency", None), ("with_family", "")),
                            _connector="OR",
                        ),
                        name="caredecision_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("decided_on", None), ("outcome", None)),
                            models.Q(
                                ("decided_by__isnull", False), ("decided_on__isnull", False), ("outcome__in", [1, 2, 3])
                            ),
                            _connector="OR",
                        ),
                        name="care_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_asked_because", ""), ("outcome", None), ("own_view", None)),
                            models.Q(
                                ("not_asked_because", ""), ("outcome__isnull", False), ("own_view__isnull", False)
                            ),
                            models.Q(
                                ("outcome__isnull", False),
                                ("own_view", None),
                                models.Q(("not_asked_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="care_view_or_why_not_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", [1, 2]),
                                models.Q(
                                    ("with_agency", None), ("with_family", ""), ("with_person", None), _negated=True
                                ),
                            ),
                            models.Q(
                                models.Q(("outcome", 3), ("outcome", None), _connector="OR"),
                                ("with_agency", None),
                                ("with_family", ""),
                                ("with_person", None),
                            ),
                            _connector="OR",
                        ),
                        name="care_decided_with_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", None)), fields=("person",), name="one_care_decision_open"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["person", "state"], name="placements_of_person"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(condition=models.Q(("state", 3)), fields=["review_on"], name="placements_by_review"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(condition=models.Q(("state", 3)), fields=["apart_again_on"], name="placements_by_apart"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("with_family", ""), ("with_person", None)),
                    models.Q(("with_agency", None), ("with_person", None)),
                    models.Q(("with_agency", None), ("with_family", "")),
                    _connector="OR",
                ),
                name="placement_in_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("not_asked_because", ""), ("own_view__isnull", False)),
                    models.Q(("own_view", None), models.Q(("not_asked_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="placement_view_or_why_not_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("apart_again_on", None), ("apart_because", "")),
                    models.Q(models.Q(("apart_because", ""), _negated=True), ("apart_again_on__isnull", False)),
                    _connector="OR",
                ),
                name="apart_for_a_reason_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("study_by", None), ("study_on", None), ("study_outcome", ""), ("study_words", None)),
                    models.Q(
                        ("study_by__isnull", False),
                        ("study_on__isnull", False),
                        models.Q(("study_outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="study_has_day_author_and_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("approved_on", None)),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("approved_on__isnull", False),
                        models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="placement_agreed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("end_reason", ""), ("since", None), ("state", 1), ("until", None)),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("end_reason", ""),
                        ("since", None),
                        ("state", 2),
                        ("until", None),
                    ),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("review_on__isnull", False),
                        ("since__isnull", False),
                        ("state", 3),
                        ("until", None),
                        ("end_reason", ""),
                    ),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("since__isnull", False),
                        ("state", 4),
                        ("until__gte", models.F("since")),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("since", None),
                        ("state", 5),
                        ("until__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="placement_state_as_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", 3)), fields=("person",), name="one_home_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", [1, 2])), fields=("person",), name="one_proposal_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="placementreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("not_asked_because", ""), ("own_view__isnull", False)),
                    models.Q(("own_view", None), models.Q(("not_asked_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="review_view_or_why_not_asked",
            ),
        ),
        migrations.RunSQL(MAKE_PLACEMENTS, DROP_PLACEMENTS),
    ]
