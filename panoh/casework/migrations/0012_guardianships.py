"""Who acts for a child by decision: guardianship under 14, trusteeship from 14 to 18."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_care import GUARDIANSHIPS, no_places, places


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0006_role_versions"),
        ("casework", "0011_placements"),
        ("vault", "0003_fence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('with_family', models.CharField(blank=True, max_length=12, verbose_name='family it lives with')),
                ('form', models.SmallIntegerField(choices=[(1, 'guardianship (child under 14)'), (2, 'trusteeship (14 to 18)')], verbose_name='form')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=32, verbose_name='why it ended')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency', verbose_name='decided by')),
                ('number', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardianships', to='casework.person')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('with_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('with_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('with_family', ''), ('with_person', None)), models.Q(('with_agency', None), ('with_person', None)), models.Q(('with_agency', None), ('with_family', '')), _connector='OR'), name='guardianship_in_one_place'), models.CheckConstraint(condition=models.Q(('with_agency', None), ('with_family', ''), ('with_person', None), _negated=True), name='guardian_is_somebody'), models.CheckConstraint(condition=models.Q(('with_person', models.F('person')), _negated=True), name='nobody_is_their_own_guardian'), models.CheckConstraint(condition=models.Q(('form__in', [1, 2])), name='guardianship_form_known'), models.CheckConstraint(condition=models.Q(('since__gte', models.F('decided_on')), models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR')), name='guardianship_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_on', None)), models.Q(('ended_on__gte', models.F('since')), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='guardianship_ended_for_a_reason'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('person',), name='one_guardianship_at_a_time')],
            },
        ),
        migrations.RunSQL(places(GUARDIANSHIPS), no_places(GUARDIANSHIPS)),
    ]
