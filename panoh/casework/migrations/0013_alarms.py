"""Unusual viewing is raised for a review: by counts of acts, of nobody who is helped."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.casework.models.alarms
from panoh.casework.fence_viewing import FENCE, NO_FENCE


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0012_emergencies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=panoh.casework.models.alarms.alarm_code, max_length=12, unique=True, verbose_name='code')),
                ('day', models.DateField(verbose_name='day')),
                ('rule', models.CharField(max_length=32, verbose_name='rule')),
                ('counted', models.IntegerField(verbose_name='counted')),
                ('most', models.IntegerField(verbose_name='usual at most')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='raised at')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='reviewed at')),
                ('finding', models.SmallIntegerField(blank=True, choices=[(1, 'explained by the work'), (2, 'not explained'), (3, 'to be talked about')], null=True, verbose_name='finding')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('reviewed_at', None)), fields=['at'], name='alarms_to_review')],
                'constraints': [models.UniqueConstraint(fields=('staff', 'rule', 'day'), name='alarm_raised_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('finding', None), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('finding__isnull', False), ('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='alarm_reviewed_by_somebody'), models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('staff')), _negated=True), name='nobody_reviews_their_own_alarm')],
            },
        ),
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
