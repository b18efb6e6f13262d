"""The register of lawful requests, and what two reviews decide."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_requests import DROP_LAWFUL, DROP_LAWFUL_FENCES, LAWFUL_FENCES, MAKE_LAWFUL
from panoh.casework.models.lawful import lawful_code


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_exports"),
        ("vault", "0008_request_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LawfulRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=lawful_code, max_length=12, unique=True, verbose_name="code")),
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
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded at"
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
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
                    "words",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LawfulReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "basis",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="casework.lawfulrequest"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="lawfulrequest",
            index=models.Index(fields=["received_on"], name="lawful_by_day"),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about", ""), _negated=True),
                    models.Q(("agreed", []), ("state__in", [3, 4])),
                    _connector="OR",
                ),
                name="not_about_one_person_is_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed__contained_by", models.F("asked"))), name="no_more_than_was_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked__contained_by", [0, 1, 2, 3, 4, 5, 6, 7, 8]), ("asked__len__gte", 1)),
                name="nothing_sealed_is_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", [2, 5]), _negated=True), ("agreed__len__gte", 1), _connector="OR"
                ),
                name="answered_with_what_was_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", 3), models.Q(("refused_because", ""), _negated=True)),
                    models.Q(models.Q(("state", 3), _negated=True), ("refused_because", "")),
                    _connector="OR",
                ),
                name="refused_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority_kind__in", [1, 2, 3, 4])), name="authority_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice_postponed_until", None), ("notice_words__isnull", False), _connector="OR"),
                name="postponed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulreview",
            constraint=models.UniqueConstraint(fields=("request", "by"), name="one_review_each"),
        ),
        migrations.AddConstraint(
            model_name="lawfulreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_lawful", True), ("scope__len__gte", 1)),
                    models.Q(("is_lawful", False), ("scope", [])),
                    _connector="OR",
                ),
                name="lawful_within_a_scope",
            ),
        ),
        migrations.RunSQL(MAKE_LAWFUL, DROP_LAWFUL),
        migrations.RunSQL(LAWFUL_FENCES, DROP_LAWFUL_FENCES),
    ]
