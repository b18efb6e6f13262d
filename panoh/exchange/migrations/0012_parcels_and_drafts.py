"""Whoever takes a parcel in sees the proposals that they put."""

from django.db import migrations

from panoh.exchange.fence_parcels_drafts import DROP_SEEING, MAKE_SEEING


class Migration(migrations.Migration):
    dependencies = [("exchange", "0011_parcels_with_figures")]

    operations = [migrations.RunSQL(MAKE_SEEING, DROP_SEEING)]
