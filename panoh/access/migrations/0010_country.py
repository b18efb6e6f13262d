"""The state for which an agency speaks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0009_role_versions")]

    operations = [
        migrations.AddField(
            "agency",
            "country",
            models.CharField("state for which it speaks", max_length=2, blank=True, default=""),
        ),
    ]
