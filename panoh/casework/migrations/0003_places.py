"""Each row knows its place: the file and class it belongs to, the agency it is led by."""

from django.db import migrations

from panoh.casework.fence_places import DROP_PLACES, INDEXES, MAKE_PLACES


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_fence"), ("casework", "0002_rows_are_kept")]

    operations = [
        migrations.RunSQL(MAKE_PLACES, DROP_PLACES),
        *(
            migrations.RunSQL(f"create index {name} on {columns}", f"drop index {name}")
            for name, columns in INDEXES.items()
        ),
    ]
