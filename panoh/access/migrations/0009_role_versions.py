"""What all roles may do, as versions that two people adopt."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from panoh.access.fence_roles import DROP_VERSIONS, MAKE_VERSIONS


class Migration(migrations.Migration):
    dependencies = [("access", "0008_role_changes")]

    operations = [
        migrations.CreateModel(
            name="RoleVersion",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("laid_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("proposed_at", models.DateTimeField(null=True)),
                ("adopted_at", models.DateTimeField(null=True)),
                ("signature", models.CharField(blank=True, default="", max_length=128)),
                ("agreed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("proposed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agreed_by", None), models.Q(("agreed_by", models.F("proposed_by")), _negated=True), _connector="OR"),
                        name="roles_adopted_by_two",
                    )
                ],
            },
        ),
        migrations.RunSQL(MAKE_VERSIONS, DROP_VERSIONS),
    ]
