"""Rules of parcels."""

from django.db import migrations

from panoh.exchange.fence_parcels import DROP_FENCE, MAKE_FENCE


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_parcels")]

    operations = [migrations.RunSQL(MAKE_FENCE, DROP_FENCE)]
