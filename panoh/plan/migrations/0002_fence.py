"""Rules of the tables."""

from django.db import migrations

from panoh.plan.fence import DROP_FENCE, MAKE_FENCE


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("access", "0010_country")]

    operations = [migrations.RunSQL(MAKE_FENCE, DROP_FENCE)]
