"""The blind index of names, in a schema of its own."""

from django.db import migrations, models

from panoh.vault.policies import DROP_FINDING, MAKE_FINDING


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_master_keys")]

    operations = [
        migrations.AddField(
            "identity",
            "kind",
            models.SmallIntegerField(
                choices=[(1, "person"), (2, "somebody whom relatives look for")], db_default=1, default=1
            ),
        ),
        migrations.AddConstraint(
            "identity", models.CheckConstraint(condition=models.Q(("kind__in", [1, 2])), name="identity_kind_known")
        ),
        migrations.AlterField(
            "sealedpart",
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
                ]
            ),
        ),
        migrations.RunSQL(MAKE_FINDING, DROP_FINDING),
    ]
