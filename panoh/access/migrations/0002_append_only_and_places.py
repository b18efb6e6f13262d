"""The audit can only be added to; the districts are there; the cache table for sign-in limits exists."""

from django.core.management import call_command
from django.db import migrations

from panoh.access.places import read_districts
from panoh.access.policies import APPEND_ONLY_TRIGGERS, DROP_APPEND_ONLY_TRIGGERS


def fill_districts(apps, schema_editor):
    District = apps.get_model("access", "District")
    District.objects.bulk_create(District(**fields) for fields in read_districts())


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", verbosity=0, database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY_TRIGGERS, DROP_APPEND_ONLY_TRIGGERS),
        migrations.RunPython(fill_districts, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
