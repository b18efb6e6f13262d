"""What is sealed stands behind the fence: each key at its holder's place, each part of one class."""

from django.db import migrations, models

from panoh.access.fields import FieldClass
from panoh.vault.facts import CLASS_OF_GROUP
from panoh.vault.fence import DROP_PLACES, MAKE_PLACES, fences, no_fences
from panoh.vault.policies import DRAWN

CLASSES = "".join(f" when {int(group)} then {int(kind)}" for group, kind in CLASS_OF_GROUP.items())
FILL = f'update vault_sealedpart set field_class = case "group"{CLASSES} else {int(FieldClass.CARE)} end'


class Migration(migrations.Migration):
    dependencies = [("access", "0005_fence"), ("vault", "0006_frequent_pairs")]

    operations = [
        migrations.AddField(
            "sealedpart", "field_class", models.SmallIntegerField(choices=FieldClass.choices, default=FieldClass.CARE)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE_PLACES, DROP_PLACES),
        migrations.RunSQL(DRAWN, "drop function finding.drawn;"),
        migrations.RunSQL(fences(), no_fences()),
    ]
