"""Another role for somebody, by two people and until a day; roles that check each other stay apart."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from panoh.access.fence_roles import DROP_ROLE_CHANGES, FENCE, MAKE_ROLE_CHANGES, NO_FENCE


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_age_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='staff',
            name='changed_from',
            field=models.DateField(blank=True, null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='staff',
            name='changed_role',
            field=models.CharField(blank=True, default='', max_length=32, verbose_name='role from a day on'),
        ),
        migrations.AddField(
            model_name='staff',
            name='changed_until',
            field=models.DateField(blank=True, help_text='Empty: for good.', null=True, verbose_name='until'),
        ),
        migrations.CreateModel(
            name='RoleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_role', models.CharField(max_length=32, verbose_name='role so far')),
                ('to_role', models.CharField(max_length=32, verbose_name='new role')),
                ('because', models.CharField(max_length=200, verbose_name='reason')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('state', models.SmallIntegerField(choices=[(1, 'proposed'), (2, 'agreed'), (3, 'refused'), (4, 'withdrawn')], default=1)),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_changes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 1)), fields=('staff',), name='one_role_change_at_a_time'), models.CheckConstraint(condition=models.Q(('proposed_by', models.F('staff')), _negated=True), name='nobody_changes_their_role'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', (2, 3)), _negated=True), models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('staff')), _negated=True)), _connector='OR'), name='roles_change_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 1)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__gt', 1)), _connector='OR'), name='role_change_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('to_role', models.F('from_role')), _negated=True), name='role_changes'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_change_ends_after_start')],
            },
        ),
        migrations.RunSQL(MAKE_ROLE_CHANGES, DROP_ROLE_CHANGES),
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
