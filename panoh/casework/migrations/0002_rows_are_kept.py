"""Only a draft loses rows."""

from django.db import migrations

from panoh.casework.policies import DROP_KEEP_ROWS, KEEP_ROWS


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.RunSQL(KEEP_ROWS, DROP_KEEP_ROWS),
    ]
