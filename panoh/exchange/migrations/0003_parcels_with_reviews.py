"""Reviews, and what countries answer to them, may come in a parcel."""

from django.db import migrations

from panoh.exchange.fence_parcels_lessons import DROP_STANDING, MAKE_STANDING
from panoh.exchange.fence_parcels_reviews import DROP_TAKING, MAKE_TAKING


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_fence"), ("plan", "0003_reviews_held_elsewhere")]

    operations = [migrations.RunSQL(MAKE_TAKING, DROP_TAKING), migrations.RunSQL(MAKE_STANDING, DROP_STANDING)]
