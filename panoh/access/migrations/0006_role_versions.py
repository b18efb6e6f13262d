"""What all roles may do, as versions that two people adopt."""

from django.db import migrations

from panoh.access.fence_roles import DROP_VERSIONS, MAKE_VERSIONS


class Migration(migrations.Migration):
    dependencies = [("access", "0005_role_changes")]

    operations = [
        migrations.RunSQL(MAKE_VERSIONS, DROP_VERSIONS),
    ]
