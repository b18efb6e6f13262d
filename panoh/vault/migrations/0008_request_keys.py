"""A request, such as one for an export, has a key of its own."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("vault", "0007_fence")]

    operations = [
        migrations.AlterField(
            "datakey",
            "holder",
            models.SmallIntegerField(choices=[(1, "person"), (2, "family"), (3, "list"), (4, "request")]),
        ),
        migrations.RemoveConstraint("datakey", "data_key_holder_known"),
        migrations.AddConstraint(
            "datakey", models.CheckConstraint(condition=Q(holder__in=[1, 2, 3, 4]), name="data_key_holder_known")
        ),
    ]
