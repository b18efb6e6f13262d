"""The service directory, consents, referrals, refusals and interviews; grants that rest on a consent."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import panoh.casework.models.consents
import panoh.casework.models.directory
import panoh.casework.models.referrals
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_referrals import (
    DROP_REFERRAL_FENCES,
    DROP_REFERRALS,
    MAKE_REFERRALS,
    REFERRAL_FENCES,
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_role_versions"),
        ("casework", "0009_stage_counts"),
        ("vault", "0003_fence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=32, verbose_name="purpose")),
                ("language", models.CharField(max_length=8, verbose_name="language")),
                ("version", models.SmallIntegerField(verbose_name="version")),
                ("text", models.TextField(verbose_name="words")),
                ("since", models.DateField(verbose_name="since")),
            ],
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=32, verbose_name="about")),
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
                        ]
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                (
                    "stands",
                    models.SmallIntegerField(
                        choices=[
                            (1, "in an assessment in this file"),
                            (2, "in a note in this file"),
                            (3, "in a note for a profession"),
                            (4, "with the agency that asked"),
                            (5, "it was not kept"),
                        ],
                        verbose_name="where the answer stands",
                    ),
                ),
                ("again_because", models.CharField(blank=True, max_length=32, verbose_name="why it was asked again")),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.directory.offer_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("service", models.CharField(max_length=12, verbose_name="service")),
                ("from_age", models.SmallIntegerField(blank=True, null=True, verbose_name="from age")),
                ("to_age", models.SmallIntegerField(blank=True, null=True, verbose_name="to age")),
                (
                    "places_free",
                    models.SmallIntegerField(
                        blank=True, help_text="Empty: not counted.", null=True, verbose_name="places free"
                    ),
                ),
                ("places_told_on", models.DateField(blank=True, null=True, verbose_name="told on")),
                (
                    "via",
                    models.SmallIntegerField(
                        choices=[
                            (1, "in Panoh"),
                            (2, "by a link that is used once"),
                            (3, "by a paper slip with a code"),
                        ],
                        verbose_name="how it is asked",
                    ),
                ),
                ("reached", models.CharField(blank=True, max_length=200, verbose_name="how to reach it safely")),
                ("opening", models.CharField(blank=True, max_length=120, verbose_name="open")),
                ("fee", models.CharField(blank=True, max_length=120, verbose_name="fee")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="no longer offered since")),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.referrals.referral_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
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
                        ]
                    ),
                ),
                (
                    "via",
                    models.SmallIntegerField(
                        choices=[
                            (1, "in Panoh"),
                            (2, "by a link that is used once"),
                            (3, "by a paper slip with a code"),
                        ],
                        verbose_name="how it is asked",
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
                ("age", models.SmallIntegerField(blank=True, null=True, verbose_name="age, as far as known")),
                ("legal_basis", models.CharField(blank=True, max_length=32, verbose_name="legal basis")),
                (
                    "sent_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="sent at"),
                ),
                ("answer_by", models.DateField(verbose_name="answer by")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (1, "waits for an answer"),
                            (2, "taken"),
                            (3, "declined"),
                            (4, "done"),
                            (5, "taken back"),
                            (6, "not answered in time"),
                        ],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("due", models.DateField(blank=True, null=True, verbose_name="appointment, or to be done by")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "taken_back_because",
                    models.CharField(blank=True, max_length=32, verbose_name="why it was taken back"),
                ),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="reminded on")),
                ("escalated_on", models.DateField(blank=True, null=True, verbose_name="put before the supervisor on")),
                ("passed_on", models.DateField(blank=True, null=True, verbose_name="another way was looked for on")),
            ],
        ),
        migrations.CreateModel(
            name="ServiceRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.referrals.refusal_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
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
                        ]
                    ),
                ),
                ("because", models.CharField(max_length=32, verbose_name="reason")),
                ("refused_on", models.DateField(verbose_name="refused on")),
                ("appealed_on", models.DateField(blank=True, null=True, verbose_name="appealed on")),
                (
                    "answer",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[(1, "given after all"), (2, "the refusal stays")],
                        null=True,
                        verbose_name="answer",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
            ],
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=6, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("expires_on", models.DateField(verbose_name="until")),
                ("wrong_tries", models.SmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="assistance",
            name="although",
            field=models.CharField(
                blank=True, max_length=32, verbose_name="why, although another agency gave the same"
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="legal_basis",
            field=models.CharField(blank=True, db_default="", max_length=32, verbose_name="legal basis"),
        ),
        migrations.AddField(
            model_name="grant",
            name="reason",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.consents.consent_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("purpose", models.CharField(max_length=32, verbose_name="purpose")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(
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
                            ]
                        ),
                        default=list,
                        size=None,
                        verbose_name="to all",
                    ),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        default=list,
                        size=None,
                        verbose_name="to these agencies",
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
                        verbose_name="what may be told",
                    ),
                ),
                (
                    "given_by",
                    models.SmallIntegerField(
                        choices=[(1, "the person"), (2, "a guardian, for a child")], verbose_name="said by"
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=32, verbose_name="what shows the guardianship")),
                (
                    "assent",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "the child agrees"),
                            (2, "the child does not agree"),
                            (3, "the child was not asked"),
                        ],
                        null=True,
                        verbose_name="the child",
                    ),
                ),
                (
                    "not_asked_because",
                    models.CharField(blank=True, max_length=32, verbose_name="why the child was not asked"),
                ),
                ("language", models.CharField(max_length=8, verbose_name="language")),
                ("is_interpreted", models.BooleanField(default=False, verbose_name="with an interpreter")),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "given"), (2, "refused"), (3, "withdrawn"), (4, "renewed by a later one")],
                        verbose_name="state",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded at"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="casework.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "renews",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewed_by",
                        to="casework.consent",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="grant",
            name="consent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="casework.consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("legal_basis", ""), ("reason", None)),
                    models.Q(("consent", None), models.Q(("legal_basis", ""), _negated=True)),
                    _connector="OR",
                ),
                name="granted_by_consent_or_law",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentterms",
            constraint=models.UniqueConstraint(
                fields=("purpose", "language", "version"), name="one_wording_of_a_version"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="terms",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.consentterms"
            ),
        ),
        migrations.AddField(
            model_name="interview",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.agency",
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="interview",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interviews", to="casework.person"
            ),
        ),
        migrations.AddField(
            model_name="interview",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency", verbose_name="agency"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="district",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.district",
                verbose_name="district",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.agency",
                verbose_name="asked of",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="casework.consent",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="feedback",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="casework.referral",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="grant",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referral",
                to="casework.grant",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="reason",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="said",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="step",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="casework.planitem",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="taken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="words",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.agency",
                verbose_name="refused by",
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="answer_words",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="appeal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="appealed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="basis",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="refusals", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="servicerefusal",
            name="referral",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refusal",
                to="casework.referral",
            ),
        ),
        migrations.AddField(
            model_name="slip",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="slip",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="slips", to="casework.referral"
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["person", "-said_on"], name="consents_of_person"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assent", None), ("evidence", ""), ("given_by", 1), ("guardian", None)),
                    models.Q(
                        ("assent__isnull", False),
                        ("given_by", 2),
                        ("guardian__isnull", False),
                        models.Q(("evidence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="guardian_with_evidence_and_the_child",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assent", 3), models.Q(("not_asked_because", ""), _negated=True)),
                    models.Q(
                        models.Q(("assent", None), ("assent__in", [1, 2]), _connector="OR"), ("not_asked_because", "")
                    ),
                    _connector="OR",
                ),
                name="child_not_asked_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", 2), models.Q(("assent", 2), _negated=True), ("assent", None), _connector="OR"
                ),
                name="not_given_against_the_child",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("state__in", [1, 2])),
                    models.Q(("ended_on__isnull", False), ("state__in", [3, 4])),
                    _connector="OR",
                ),
                name="consent_ended_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", 2), ("until", None)),
                    models.Q(models.Q(("state", 2), _negated=True), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="consent_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kinds__len__gte", 1), ("agencies__len__gte", 1), _connector="OR"),
                name="consent_names_recipients",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(condition=models.Q(("classes__len__gte", 1)), name="consent_says_what"),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(fields=["person", "topic"], name="interviews_of_person"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("stands__in", [1, 2, 3, 4, 5])), name="interview_stands_somewhere"
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(condition=models.Q(("ended_on", None)), fields=["service"], name="offers_of_service"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("agency", "service", "district"),
                name="offered_once_in_a_district",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_age", None), ("to_age", None), ("from_age__lte", models.F("to_age")), _connector="OR"
                ),
                name="offer_ages_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("places_free", None), ("places_told_on", None)),
                    models.Q(("places_free__gte", 0), ("places_told_on__isnull", False)),
                    _connector="OR",
                ),
                name="places_told_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(condition=models.Q(("via__in", [1, 2, 3])), name="offer_via_known"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["agency", "state"], name="referrals_to_agency"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("state__in", [1, 2])), fields=["answer_by"], name="open_referrals_by_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent__isnull", False), ("legal_basis", ""), ("reason", None)),
                    models.Q(
                        ("consent", None), ("reason__isnull", False), models.Q(("legal_basis", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="referred_by_consent_or_law",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("state__in", [1, 2])),
                    models.Q(("ended_on__isnull", False), ("state__in", [3, 4, 5, 6])),
                    _connector="OR",
                ),
                name="referral_ended_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", 2), _negated=True),
                    models.Q(("answered_on__isnull", False), ("due__isnull", False)),
                    _connector="OR",
                ),
                name="taken_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", 5), models.Q(("taken_back_because", ""), _negated=True)),
                    models.Q(models.Q(("state", 5), _negated=True), ("taken_back_because", "")),
                    _connector="OR",
                ),
                name="taken_back_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("feedback", None), ("state", 4), _connector="OR"), name="feedback_of_what_is_done"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(condition=models.Q(("via__in", [1, 2, 3])), name="referral_via_known"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", [1, 2])),
                fields=("case", "service", "agency"),
                name="asked_once_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="servicerefusal",
            index=models.Index(fields=["case", "refused_on"], name="refusals_of_case"),
        ),
        migrations.AddConstraint(
            model_name="servicerefusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal", None), ("appealed_by", None), ("appealed_on", None)),
                    models.Q(("appeal__isnull", False), ("appealed_by__isnull", False), ("appealed_on__isnull", False)),
                    _connector="OR",
                ),
                name="appealed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerefusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", None), ("answer_words", None), ("answered_on", None)),
                    models.Q(("answer__isnull", False), ("answered_on__isnull", False), ("appealed_on__isnull", False)),
                    _connector="OR",
                ),
                name="answer_to_an_appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("referral",), name="one_code_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.CheckConstraint(condition=models.Q(("wrong_tries__lte", 5)), name="few_wrong_tries"),
        ),
        migrations.RunSQL(MAKE_REFERRALS, DROP_REFERRALS),
        migrations.RunSQL(REFERRAL_FENCES, DROP_REFERRAL_FENCES),
    ]
