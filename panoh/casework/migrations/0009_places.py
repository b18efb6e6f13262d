"""Each row knows its place: the file and class it belongs to, the agency it is led by. New rows stand there at once."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Now

import panoh.casework.models.grants
from panoh.access.fields import FieldClass
from panoh.casework.fence_places import DROP_PLACES, MAKE_PLACES


def a_class(**words):
    return models.SmallIntegerField(choices=FieldClass.choices, default=FieldClass.CARE, **words)


def links(*given):
    """Return a foreign key for each: name, model, name back, and whether it must be there."""
    return [
        (
            name,
            models.ForeignKey(
                **({} if needed else {"blank": True, "null": True}),
                on_delete=django.db.models.deletion.PROTECT,
                related_name=related,
                to=to,
            ),
        )
        for name, to, related, needed in given
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_fence"),
        ("vault", "0007_fence"),
        ("casework", "0008_open_visits_by_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "family",
            "sensitivity",
            models.SmallIntegerField(
                choices=[(0, "ordinary"), (1, "protected: not seen from the region")],
                default=0,
                verbose_name="who sees it",
            ),
        ),
        migrations.AddConstraint(
            "family", models.CheckConstraint(condition=Q(sensitivity__in=[0, 1]), name="family_sensitivity_known")
        ),
        migrations.AddField(
            "person",
            "home",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people_at_home",
                to="casework.family",
                verbose_name="family lived in now or last",
            ),
        ),
        migrations.AddField("need", "field_class", a_class()),
        migrations.AddField("assistance", "field_class", a_class()),
        migrations.AddField("note", "field_class", a_class(verbose_name="who reads it")),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.grants.grant_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("purpose", models.CharField(max_length=32, verbose_name="for")),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(choices=FieldClass.choices),
                        size=None,
                        verbose_name="what of the file",
                    ),
                ),
                ("changes", models.BooleanField(default=False, verbose_name="may add and change")),
                ("until", models.DateField(verbose_name="until")),
                ("given_at", models.DateTimeField(db_default=Now(), verbose_name="given at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                *links(
                    ("agency", "access.agency", "+", False),
                    ("ended_by", settings.AUTH_USER_MODEL, "+", False),
                    ("family", "casework.family", "grants", True),
                    ("given_by", settings.AUTH_USER_MODEL, "+", True),
                    ("staff", settings.AUTH_USER_MODEL, "+", False),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=("staff",), condition=Q(ended_at=None), name="grants_to_staff"),
                    models.Index(fields=("agency",), condition=Q(ended_at=None), name="grants_to_agency"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(staff__isnull=False, agency=None) | Q(staff=None, agency__isnull=False),
                        name="grant_to_a_person_or_an_agency",
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                        name="grant_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(staff=None) | ~Q(staff=F("given_by")), name="nobody_grants_themselves"
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
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(choices=FieldClass.choices),
                        size=None,
                        verbose_name="what of the file",
                    ),
                ),
                ("because", models.CharField(max_length=32, verbose_name="why")),
                ("set_at", models.DateTimeField(db_default=Now(), verbose_name="set at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                *links(
                    ("agency", "access.agency", "+", False),
                    ("ended_by", settings.AUTH_USER_MODEL, "+", False),
                    ("family", "casework.family", "withheld", True),
                    ("set_by", settings.AUTH_USER_MODEL, "+", True),
                    ("staff", settings.AUTH_USER_MODEL, "+", False),
                ),
            ],
            options={
                "indexes": [models.Index(fields=("family",), condition=Q(ended_at=None), name="withheld_in_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(staff__isnull=False, agency=None) | Q(staff=None, agency__isnull=False),
                        name="withheld_from_a_person_or_an_agency",
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                        name="withholding_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MAKE_PLACES, DROP_PLACES),
    ]
