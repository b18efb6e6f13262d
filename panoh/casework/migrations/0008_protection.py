"""A file is protected by roles that may, and by nobody else."""

from django.db import migrations

from panoh.casework.fence_protection import DROP_PROTECTION, MAKE_PROTECTION


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_requests")]

    operations = [
        migrations.RunSQL(MAKE_PROTECTION, DROP_PROTECTION),
    ]
