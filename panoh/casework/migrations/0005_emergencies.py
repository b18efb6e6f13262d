"""A file can be opened in an emergency: for four hours, by a function of the database, on a record that is reviewed."""

from django.db import migrations

from panoh.casework.fence_glass import (
    DROP_GLASS,
    DROP_URGENT,
    FENCE,
    MAKE_GLASS,
    MAKE_URGENT,
    NO_FENCE,
    PLACES_BY_THE_DAY,
    PLACES_BY_THE_HOUR,
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_fence")]

    operations = [
        migrations.RunSQL(PLACES_BY_THE_HOUR, PLACES_BY_THE_DAY),
        migrations.RunSQL(MAKE_GLASS, DROP_GLASS),
        migrations.RunSQL(FENCE, NO_FENCE),
        migrations.RunSQL(MAKE_URGENT, DROP_URGENT),
    ]
