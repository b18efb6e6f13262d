"""Families that part and join, and where somebody is who is not with the family."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_care import PARTING, no_places, places


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0014_journeys"),
        ("vault", "0004_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SmallIntegerField(choices=[(1, 'The family parted'), (2, 'The families joined')], verbose_name='kind')),
                ('before', models.CharField(max_length=12, verbose_name='family before')),
                ('after', models.CharField(max_length=12, verbose_name='family after')),
                ('on', models.DateField(verbose_name='on')),
                ('because', models.CharField(max_length=32, verbose_name='why')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_changes', to='casework.person')),
                ('words', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
            ],
            options={
                'indexes': [models.Index(fields=['before'], name='family_changes_before'), models.Index(fields=['after'], name='family_changes_after')],
                'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='family_change_between_two'), models.CheckConstraint(condition=models.Q(('kind__in', [1, 2])), name='family_change_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Whereabouts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32, verbose_name='where')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whereabouts', to='casework.person')),
                ('words', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='whereabouts_in_order'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('person',), name='one_whereabouts_now')],
            },
        ),
        migrations.RunSQL(places(PARTING), no_places(PARTING)),
    ]
