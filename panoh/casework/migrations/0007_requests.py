"""Requests that something of a few families leaves on a file, and lawful requests, which two reviews decide."""

from django.db import migrations

from panoh.casework.fence_requests import (
    DROP_EXPORTS,
    DROP_LAWFUL,
    DROP_LAWFUL_FENCES,
    LAWFUL_FENCES,
    MAKE_EXPORTS,
    MAKE_LAWFUL,
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_alarms")]

    operations = [
        migrations.RunSQL(MAKE_EXPORTS, DROP_EXPORTS),
        migrations.RunSQL(MAKE_LAWFUL, DROP_LAWFUL),
        migrations.RunSQL(LAWFUL_FENCES, DROP_LAWFUL_FENCES),
    ]
