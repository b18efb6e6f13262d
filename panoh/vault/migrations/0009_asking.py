"""The vault's own process asks which sealed values are there."""

from django.db import migrations

from panoh.vault.fence import DROP_ASKING, MAKE_ASKING


class Migration(migrations.Migration):
    dependencies = [("vault", "0008_request_keys")]

    operations = [migrations.RunSQL(MAKE_ASKING, DROP_ASKING)]
