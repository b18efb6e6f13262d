"""Reports of countries, milestones and money of the plan's actions."""

import django.db.models.deletion
import django.db.models.functions.datetime
import panoh.access.wordings
from django.conf import settings
from django.db import migrations, models

from panoh.plan.fence_progress import DROP_PROGRESS, MAKE_PROGRESS


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0002_fence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', panoh.access.wordings.WordingField(default=panoh.access.wordings.Wording, verbose_name='milestone')),
                ('due', models.DateField(verbose_name='due')),
                ('for_each', models.BooleanField(default=True, verbose_name='each country reaches it for itself')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='plan.planaction')),
            ],
            options={
                'ordering': ('action', 'due', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('country', models.CharField(blank=True, default='', help_text='Empty: of all together.', max_length=2, verbose_name='country')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('planned', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='planned')),
                ('paid', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='paid')),
                ('source', models.CharField(max_length=400, verbose_name='source')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='reported at')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='plan.planaction')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('funder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gives', to='plan.body')),
            ],
            options={
                'ordering': ('action', 'year', 'currency', 'funder', 'country'),
                'constraints': [models.UniqueConstraint(fields=('action', 'year', 'funder', 'country', 'currency'), name='funding_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('planned__isnull', False), ('paid__isnull', False), _connector='OR'), name='funding_says'), models.CheckConstraint(condition=models.Q(models.Q(('planned', None), ('planned__gte', 0), _connector='OR'), models.Q(('paid', None), ('paid__gte', 0), _connector='OR')), name='funding_counts'), models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z]{3}$')), name='funding_in_a_currency'), models.CheckConstraint(condition=models.Q(('year__gte', 1990), ('year__lte', 2100)), name='funding_in_a_year'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='funding_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Reached',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(blank=True, default='', max_length=2, verbose_name='country')),
                ('on', models.DateField(verbose_name='reached on')),
                ('source', models.CharField(max_length=400, verbose_name='source')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='reported at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reached', to='plan.milestone')),
            ],
            options={
                'ordering': ('milestone', 'country'),
                'constraints': [models.UniqueConstraint(fields=('milestone', 'country'), name='reached_once'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='reached_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('state', models.SmallIntegerField(choices=[(1, 'not started'), (2, 'under way'), (3, 'done'), (4, 'stopped'), (5, 'not applicable')], verbose_name='status')),
                ('on', models.DateField(verbose_name='as of')),
                ('note', models.TextField(blank=True, default='', verbose_name='note')),
                ('source', models.CharField(max_length=400, verbose_name='source')),
                ('evidence_kind', models.CharField(blank=True, choices=[('document', 'document'), ('dataset', 'data set'), ('event', 'event'), ('statement', 'statement'), ('visit', 'visit')], max_length=12, verbose_name='kind of evidence')),
                ('evidence', models.URLField(blank=True, default='', max_length=400, verbose_name='where the evidence is')),
                ('evidence_on', models.DateField(blank=True, null=True, verbose_name='day of the evidence')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='reported at')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='plan.planaction')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('action', 'country', '-on', '-pk'),
                'indexes': [models.Index(fields=['action', 'country', '-on', '-id'], name='status_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='status_has_a_source'), models.CheckConstraint(condition=models.Q(models.Q(('state', 3), _negated=True), models.Q(models.Q(('evidence', ''), _negated=True), models.Q(('evidence_kind', ''), _negated=True), ('evidence_on__isnull', False)), _connector='OR'), name='done_has_evidence'), models.CheckConstraint(condition=models.Q(('evidence', ''), ('evidence__regex', '^https?://[^\\s]+$'), _connector='OR'), name='evidence_on_the_web')],
            },
        ),
        migrations.RunSQL(MAKE_PROGRESS, DROP_PROGRESS),
    ]
