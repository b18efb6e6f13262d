"""Cases are counted by stage as they change, so that a country's page does not read every case."""

from django.db import migrations

from panoh.casework.fence_counts import COUNT_ALL, DROP_COUNTS, MAKE_COUNTS


class Migration(migrations.Migration):
    dependencies = [("casework", "0017_protection")]

    # The trigger first: it locks the table, and whatever is written after it is counted.
    operations = [migrations.RunSQL(MAKE_COUNTS + COUNT_ALL, DROP_COUNTS)]
