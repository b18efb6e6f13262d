"""The vault's own process asks what is there; the index is entered and made anew by those whose task it is."""

from django.db import migrations

from panoh.vault.fence import DROP_ASKING, MAKE_ASKING
from panoh.vault.policies import GUARD_FINDING, UNGUARD_FINDING


class Migration(migrations.Migration):
    dependencies = [("vault", "0008_request_keys")]

    operations = [
        migrations.RunSQL(MAKE_ASKING, DROP_ASKING),
        migrations.RunSQL(GUARD_FINDING, UNGUARD_FINDING),
    ]
