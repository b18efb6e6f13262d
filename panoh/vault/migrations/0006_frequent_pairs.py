"""Frequent pairs of names leave the index too."""

from django.db import migrations

from panoh.vault.policies import CANDIDATES, RECOUNT


class Migration(migrations.Migration):
    dependencies = [("vault", "0005_list_file")]

    operations = [
        migrations.RunSQL(CANDIDATES + RECOUNT, migrations.RunSQL.noop),
    ]
