"""What is sealed stands behind the fence: each key at its holder's place, each part of one class."""

from django.db import migrations

from panoh.vault.fence import DROP_ASKING, DROP_PLACES, MAKE_ASKING, MAKE_PLACES, fences, no_fences
from panoh.vault.policies import DRAWN, GUARD_FINDING, UNGUARD_FINDING


class Migration(migrations.Migration):
    dependencies = [("access", "0006_role_versions"), ("vault", "0002_finding")]

    operations = [
        migrations.RunSQL(MAKE_PLACES, DROP_PLACES),
        migrations.RunSQL(DRAWN, "drop function finding.drawn;"),
        migrations.RunSQL(fences(), no_fences()),
        migrations.RunSQL(MAKE_ASKING, DROP_ASKING),
        migrations.RunSQL(GUARD_FINDING, UNGUARD_FINDING),
    ]
