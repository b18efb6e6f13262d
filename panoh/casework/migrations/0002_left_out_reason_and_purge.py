"""Why a row was left out, and when what a file said was destroyed."""

from django.db import migrations, models
from django.db.models import Q


def give_a_reason(apps, schema_editor):
    apps.get_model("casework", "ArrivalRow").objects.filter(decision=5, reason="").update(reason="wrong_list")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("vault", "0002_forget_by_overwriting")]

    operations = [
        migrations.AddField(
            "arrivallist",
            "purged_at",
            models.DateTimeField(blank=True, null=True, verbose_name="cells destroyed at"),
        ),
        migrations.AddField(
            "arrivalrow",
            "reason",
            models.CharField(blank=True, default="", help_text="Why the row is left out.", max_length=32),
            preserve_default=False,
        ),
        migrations.AlterField(
            "arrivalrow",
            "decision",
            models.SmallIntegerField(
                choices=[
                    (0, "not decided"),
                    (1, "taken as it stands"),
                    (2, "mended by hand"),
                    (3, "same person as another row"),
                    (4, "another person of the same name"),
                    (5, "left out"),
                ],
                default=0,
            ),
        ),
        migrations.AlterField(
            "arrivallist",
            "state",
            models.SmallIntegerField(
                choices=[(1, "draft"), (2, "confirmed"), (3, "discarded")], default=1, verbose_name="state"
            ),
        ),
        migrations.RunPython(give_a_reason, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "arrivalrow",
            models.CheckConstraint(
                condition=Q(decision=5) & ~Q(reason="") | ~Q(decision=5) & Q(reason=""), name="left_out_with_a_reason"
            ),
        ),
    ]
