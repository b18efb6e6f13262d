"""Rules of the reports."""

from django.db import migrations

from panoh.exchange.fence_reports import DROP_FENCE, MAKE_FENCE


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_reports")]

    operations = [migrations.RunSQL(MAKE_FENCE, DROP_FENCE)]
