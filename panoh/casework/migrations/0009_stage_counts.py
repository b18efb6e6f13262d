"""Cases are counted by stage as they change, so that a country's page does not read every case."""

from django.db import migrations

from panoh.casework.fence_counts import DROP_COUNTS, MAKE_COUNTS


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_protection")]

    operations = [
        migrations.RunSQL(MAKE_COUNTS, DROP_COUNTS),
    ]
