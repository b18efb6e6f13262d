"""A file can be opened in an emergency: for four hours, by a function of the database, on a record that is reviewed."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.casework.models.emergencies
from panoh.casework.fence_glass import (
    DROP_GLASS,
    FENCE,
    MAKE_GLASS,
    NO_FENCE,
    PLACES_BY_THE_DAY,
    PLACES_BY_THE_HOUR,
)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_fence'),
        ('casework', '0011_fence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Emergency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=panoh.casework.models.emergencies.emergency_code, max_length=12, unique=True, verbose_name='code')),
                ('about', models.CharField(max_length=12, verbose_name='family')),
                ('lead', models.IntegerField()),
                ('kind', models.CharField(max_length=32, verbose_name='kind of emergency')),
                ('reason_id', models.UUIDField(verbose_name='reason')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='opened at')),
                ('expires_at', models.DateTimeField(verbose_name='open until')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='reviewed at')),
                ('finding', models.SmallIntegerField(blank=True, choices=[(1, 'justified'), (2, 'not justified'), (3, 'to be talked about')], null=True, verbose_name='finding')),
                ('note_id', models.UUIDField(blank=True, null=True, verbose_name='note')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='grant',
            name='nobody_grants_themselves',
        ),
        migrations.AddField(
            model_name='grant',
            name='expires_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='open until, in an emergency'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('staff', None), models.Q(('staff', models.F('given_by')), _negated=True), ('expires_at__isnull', False), _connector='OR'), name='nobody_grants_themselves'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at', None), models.Q(('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('given_at'), '+', models.Value(datetime.timedelta(seconds=14400)))), ('staff__isnull', False)), _connector='OR'), name='emergency_lasts_four_hours'),
        ),
        migrations.AddField(
            model_name='emergency',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='casework.family'),
        ),
        migrations.AddField(
            model_name='emergency',
            name='grant',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='emergency', to='casework.grant'),
        ),
        migrations.AddField(
            model_name='emergency',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='emergency',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='emergency',
            index=models.Index(condition=models.Q(('reviewed_at', None)), fields=['at'], name='emergencies_to_review'),
        ),
        migrations.AddConstraint(
            model_name='emergency',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding', None), ('note_id', None), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('finding__isnull', False), ('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='emergency_reviewed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='emergency',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('staff')), _negated=True), name='nobody_reviews_themselves'),
        ),
        migrations.RunSQL(PLACES_BY_THE_HOUR, PLACES_BY_THE_DAY),
        migrations.RunSQL(MAKE_GLASS, DROP_GLASS),
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
