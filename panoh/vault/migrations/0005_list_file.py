"""The file of a list can be sealed as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0004_finding")]

    operations = [
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
                    (22, "file of a list"),
                ]
            ),
        ),
    ]
