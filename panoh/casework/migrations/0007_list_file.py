"""The file of a list is kept while it is a draft, so that it can be read anew; only a draft loses rows."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from panoh.casework.policies import DROP_KEEP_ROWS, KEEP_ROWS


def drop_files(apps, schema_editor):
    apps.get_model("vault", "SealedPart").objects.filter(group=22).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_forgetting"), ("vault", "0005_list_file")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, drop_files, elidable=True),
        migrations.AddField(
            "arrivallist",
            "file",
            models.OneToOneField(
                help_text="The file as it was sent, sealed; gone once the list is no draft any more.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="vault.sealedpart",
            ),
        ),
        migrations.AddConstraint(
            "arrivallist",
            models.CheckConstraint(condition=Q(state=1) | Q(file=None), name="file_kept_of_drafts_only"),
        ),
        migrations.RunSQL(KEEP_ROWS, DROP_KEEP_ROWS),
    ]
