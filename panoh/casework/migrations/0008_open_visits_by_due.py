"""What is due next is found without looking at every visit; the index is made while others work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("casework", "0007_list_file")]

    operations = [
        AddIndexConcurrently(
            "visit",
            models.Index(fields=("planned_on",), condition=Q(made_on=None, cancelled_on=None), name="open_visits_by_due"),
        ),
    ]
