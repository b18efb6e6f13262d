"""Unusual viewing is raised for a review: by counts of acts, of nobody who is helped."""

from django.db import migrations

from panoh.casework.fence_viewing import FENCE, NO_FENCE


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_emergencies")]

    operations = [
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
