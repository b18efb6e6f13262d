"""The fence around what 0090 made."""

from django.db import migrations

from panoh.casework.fence_work import FENCE, NO_FENCE


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_work")]

    operations = [
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
