import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="MasterKey",
            fields=[
                ("number", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "holder",
                    models.SmallIntegerField(choices=[(1, "person"), (2, "family"), (3, "list"), (4, "request")]),
                ),
                ("master", models.SmallIntegerField(help_text="Number of the master key that wraps it.")),
                ("wrapped", models.BinaryField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("holder__in", [1, 2, 3, 4])), name="data_key_holder_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("master__gt", 0)), name="data_key_master_positive"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identity", to="vault.datakey"
                    ),
                ),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "person"), (2, "somebody whom relatives look for")], db_default=1, default=1
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", [1, 2])), name="identity_kind_known")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="vault.datakey"
                    ),
                ),
                (
                    "group",
                    models.SmallIntegerField(
                        choices=[
                            (1, "names"),
                            (2, "birth date"),
                            (3, "documents"),
                            (4, "contacts"),
                            (5, "addresses"),
                            (6, "where each fact comes from"),
                            (7, "header of a list"),
                            (8, "applicant"),
                            (9, "by what a person is found"),
                            (20, "text"),
                            (21, "row of a list"),
                            (22, "file of a list"),
                        ]
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
                    ),
                ),
                ("sealed", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("group__lt", 20)),
                        fields=("key", "group"),
                        name="one_part_per_identity_group",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
