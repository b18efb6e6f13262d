"""The numbers of the master keys in use, with when each was made and taken out of use."""

from django.db import migrations, models
from django.db.models.functions import Now

KNOWN = "insert into vault_masterkey (number) select distinct master from vault_datakey where wrapped <> ''"


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_forget_by_overwriting")]

    operations = [
        migrations.CreateModel(
            name="MasterKey",
            fields=[
                ("number", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(db_default=Now())),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
