"""Rows that were there before get their place, in portions; what they are found by is indexed while others work."""

import django.db.models.deletion
from django.db import migrations, models

from panoh.casework.fence_places import INDEXES, fill_places


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("casework", "0009_places")]

    operations = [
        migrations.RunPython(fill_places, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"create index concurrently if not exists {name} on {columns}",
                f"drop index concurrently if exists {name}",
            )
            for name, columns in INDEXES.items()
        ),
        migrations.AlterField(
            "person",
            "home",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people_at_home",
                to="casework.family",
                verbose_name="family lived in now or last",
            ),
        ),
    ]
