"""A forgotten identity keeps its row of a key, emptied: texts about the person point at what the key sealed."""

import django.db.models.deletion
from django.db import migrations, models


def give_emptied_keys(apps, schema_editor):
    DataKey, Identity = (apps.get_model("vault", name) for name in ("DataKey", "Identity"))
    for identity in Identity.objects.filter(key=None).iterator():
        identity.key = DataKey.objects.create(holder=1, master=1, wrapped=b"")
        identity.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.RunPython(give_emptied_keys, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "identity",
            "key",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="identity", to="vault.datakey"
            ),
        ),
        migrations.AlterField(
            "sealedpart",
            "key",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="vault.datakey"),
        ),
    ]
