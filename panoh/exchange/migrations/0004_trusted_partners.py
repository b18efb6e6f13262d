"""Partners as casework knows them, for hand-overs abroad."""

from django.db import migrations

from panoh.exchange.fence_parcels import DROP_TRUSTED, MAKE_TRUSTED


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_parcels_with_reviews")]

    operations = [migrations.RunSQL(MAKE_TRUSTED, DROP_TRUSTED)]
