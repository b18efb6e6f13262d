"""Before arrival: who somebody may be, kinship tests, flights, and the hand-over at the airport."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_care import JOURNEYS, no_places, places


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0006_role_versions"),
        ("casework", "0013_papers"),
        ("vault", "0004_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('with_family', models.CharField(blank=True, max_length=12, verbose_name='family it lives with')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None, verbose_name='missing papers')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency', verbose_name='handed over by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='casework.person')),
                ('with_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('with_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.person')),
                ('words', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('with_family', ''), ('with_person', None)), models.Q(('with_agency', None), ('with_person', None)), models.Q(('with_agency', None), ('with_family', '')), _connector='OR'), name='handover_in_one_place'), models.CheckConstraint(condition=models.Q(('with_agency', None), ('with_family', ''), ('with_person', None), _negated=True), name='handed_over_to_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Hypothesis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=32, verbose_name='who says so')),
                ('sureness', models.SmallIntegerField(choices=[(1, 'sure'), (2, 'likely'), (3, 'possible'), (4, 'doubtful')], verbose_name='how sure')),
                ('standing', models.SmallIntegerField(choices=[(1, 'open'), (2, 'taken as right'), (3, 'ruled out')], default=1, verbose_name='standing')),
                ('said_on', models.DateField(verbose_name='said on')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hypotheses', to='casework.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('words', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sureness__in', [1, 2, 3, 4])), name='hypothesis_sureness_known'), models.CheckConstraint(condition=models.Q(models.Q(('settled_by', None), ('settled_on', None), ('standing', 1)), models.Q(('settled_by__isnull', False), ('settled_on__isnull', False), ('standing__in', [2, 3])), _connector='OR'), name='hypothesis_settled_by_somebody'), models.UniqueConstraint(condition=models.Q(('standing', 2)), fields=('person',), name='one_hypothesis_taken')],
            },
        ),
        migrations.CreateModel(
            name='Journey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flight', models.CharField(max_length=24, verbose_name='flight')),
                ('on', models.DateField(verbose_name='day of the flight')),
                ('taken_off_on', models.DateField(blank=True, null=True, verbose_name='taken off on')),
                ('arrival_list', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journeys', to='casework.arrivallist')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journeys', to='casework.person')),
            ],
            options={
                'indexes': [models.Index(fields=['-on', 'flight'], name='journeys_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_off_on', None)), fields=('person', 'on'), name='one_flight_a_day')],
            },
        ),
        migrations.CreateModel(
            name='KinshipTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.SmallIntegerField(choices=[(1, 'supports it'), (2, 'does not support it'), (3, 'inconclusive')], verbose_name='outcome')),
                ('on', models.DateField(verbose_name='on')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kinship_tests', to='casework.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='kinship_test_of_two'), models.CheckConstraint(condition=models.Q(('outcome__in', [1, 2, 3])), name='kinship_outcome_known')],
            },
        ),
        migrations.RunSQL(places(JOURNEYS), no_places(JOURNEYS)),
    ]
