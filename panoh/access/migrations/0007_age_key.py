"""The public key to which files for an agency are encrypted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_sign_in")]

    operations = [
        migrations.AddField(
            "agency", "age_key", models.CharField("public key of age", max_length=80, blank=True, default="")
        ),
    ]
