"""Rules of the tables."""

from django.db import migrations

from panoh.exchange.fence import DROP_FENCE, MAKE_FENCE


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("plan", "0002_fence")]

    operations = [migrations.RunSQL(MAKE_FENCE, DROP_FENCE)]
