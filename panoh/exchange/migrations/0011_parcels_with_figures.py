"""What is measured, and what countries report on it, may come in a parcel."""

from django.db import migrations

from panoh.exchange.fence_parcels_figures import DROP_TAKING, MAKE_TAKING


class Migration(migrations.Migration):
    dependencies = [("exchange", "0010_lessons_from_partners"), ("plan", "0007_summaries")]

    operations = [migrations.RunSQL(MAKE_TAKING, DROP_TAKING)]
