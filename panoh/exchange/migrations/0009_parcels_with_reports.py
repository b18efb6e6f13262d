"""A report on an action may come in a parcel."""

from django.db import migrations

from panoh.exchange.fence_parcels_reports import DROP_TAKING, MAKE_TAKING


class Migration(migrations.Migration):
    dependencies = [("exchange", "0008_fence_of_lessons"), ("plan", "0007_summaries")]

    operations = [migrations.RunSQL(MAKE_TAKING, DROP_TAKING)]
