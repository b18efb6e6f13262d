"""Another role for somebody, by two people and until a day; roles that check each other stay apart."""

from django.db import migrations

from panoh.access.fence_roles import DROP_ROLE_CHANGES, FENCE, MAKE_ROLE_CHANGES, NO_FENCE


class Migration(migrations.Migration):
    dependencies = [("access", "0004_fence")]

    operations = [
        migrations.RunSQL(MAKE_ROLE_CHANGES, DROP_ROLE_CHANGES),
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
