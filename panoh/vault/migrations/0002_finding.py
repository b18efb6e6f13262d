"""The blind index of names, in a schema of its own."""

from django.db import migrations

from panoh.vault.policies import CANDIDATES, DROP_FINDING, MAKE_FINDING, RECOUNT


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.RunSQL(MAKE_FINDING, DROP_FINDING),
        migrations.RunSQL(CANDIDATES + RECOUNT, migrations.RunSQL.noop),
    ]
