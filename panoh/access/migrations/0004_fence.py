"""Whom the database serves: sessions, roles and the key of tokens; the progress of a job is its asker's."""

from django.db import migrations

from panoh.access.fence import DROP_APP, MAKE_APP, no_rule, rule


class Migration(migrations.Migration):
    dependencies = [("access", "0003_sealed_audit")]

    operations = [
        migrations.RunSQL(MAKE_APP, DROP_APP),
        migrations.RunSQL(
            rule(
                "access_auditentry",
                "true",  # codes and acts, no names; a rule here would keep its searches from their indexes
                "staff_id = (select app.uid()) or (select app.uid()) = 0",
            ),
            no_rule("access_auditentry"),
        ),
        migrations.RunSQL(
            rule("access_jobprogress", "staff_id = (select app.uid()) or (select app.uid()) = 0"),
            no_rule("access_jobprogress"),
        ),
    ]
