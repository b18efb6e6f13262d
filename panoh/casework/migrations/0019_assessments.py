"""What assessments find in words, and the versions of a plan that a family signs."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_deciding import DROP_PLANS, MAKE_PLANS
from panoh.casework.models import planning

CHILDREN = """
    update casework_assessment a set kind = 'child' from casework_case c join casework_person p on p.id = c.person_id
    where c.id = a.case_id and extract(year from a.made_on) - p.birth_year < 18
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_role_versions"), ("vault", "0003_fence"), ("casework", "0018_handing")]

    operations = [
        migrations.CreateModel(
            name='AssessedDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=32, verbose_name='domain')),
                ('field_class', models.SmallIntegerField(choices=[(0, 'that there is a file, and its stage'), (1, 'names, birth and documents'), (2, 'addresses and contacts'), (3, 'care, visits and notes'), (4, 'health'), (5, 'psychosocial help'), (6, 'papers and legal help'), (7, 'education'), (8, 'material help, work and housing'), (16, 'notes of health workers'), (17, 'notes of psychologists'), (18, 'notes of lawyers')])),
            ],
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field_class', models.SmallIntegerField(choices=[(0, 'that there is a file, and its stage'), (1, 'names, birth and documents'), (2, 'addresses and contacts'), (3, 'care, visits and notes'), (4, 'health'), (5, 'psychosocial help'), (6, 'papers and legal help'), (7, 'education'), (8, 'material help, work and housing'), (16, 'notes of health workers'), (17, 'notes of psychologists'), (18, 'notes of lawyers')])),
                ('urgency', models.SmallIntegerField(choices=[(1, 'urgent (within 3 days)'), (2, 'soon (within 2 weeks)'), (3, 'can be planned')], verbose_name='urgency')),
                ('service', models.CharField(blank=True, max_length=12, verbose_name='service')),
                ('due', models.DateField(blank=True, null=True, verbose_name='due')),
            ],
        ),
        migrations.CreateModel(
            name='PlanSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signing', models.CharField(max_length=32, verbose_name='as what')),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('language', models.CharField(max_length=32, verbose_name='language')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=planning.version_code, max_length=12, unique=True, verbose_name='code')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('made_on', models.DateField(verbose_name='made on')),
                ('review_on', models.DateField(verbose_name='to be gone through again by')),
            ],
        ),
        migrations.AddField(
            model_name='assessment',
            name='answers',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='kind',
            field=models.CharField(choices=[('child', 'of the child'), ('adult', 'of the adult'), ('family', 'of the family together'), ('receiving_family', 'of the receiving family')], default='adult', max_length=16, verbose_name='of whom'),
        ),
        migrations.AddField(
            model_name='case',
            name='assess_by',
            field=models.DateField(blank=True, null=True, verbose_name='assessed by'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on', None)), fields=['assess_by'], name='open_cases_by_assessment'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['child', 'adult', 'family', 'receiving_family'])), name='assessment_of_somebody'),
        ),
        migrations.AddField(
            model_name='assesseddomain',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='domains', to='casework.assessment'),
        ),
        migrations.AddField(
            model_name='assesseddomain',
            name='words',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='planline',
            name='need',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.need'),
        ),
        migrations.AddField(
            model_name='planline',
            name='provider',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency'),
        ),
        migrations.AddField(
            model_name='planline',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planline',
            name='step',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.planitem'),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.person'),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='read_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='reserve',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='signer',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.assessment'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_versions', to='casework.case'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='goal',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='casework.planversion'),
        ),
        migrations.AddField(
            model_name='planline',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='casework.planversion'),
        ),
        migrations.AddConstraint(
            model_name='assesseddomain',
            constraint=models.UniqueConstraint(fields=('assessment', 'domain'), name='each_domain_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='versions_of_a_plan_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('made_on'))), name='plan_is_gone_through_later'),
        ),
        migrations.AddConstraint(
            model_name='plansignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('signer', None)), models.Q(('person', None), ('signer__isnull', False)), _connector='OR'), name='signed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='plansignature',
            constraint=models.UniqueConstraint(fields=('version', 'person'), name='each_signs_once'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due', None), ('service', ''), ('step', None)), models.Q(('step__isnull', False), models.Q(('service', ''), _negated=True)), _connector='OR'), name='line_of_a_step_says_its_service'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('urgency', 1), _negated=True), models.Q(('due__isnull', False), ('responsible__isnull', False), ('step__isnull', False)), _connector='OR'), name='urgent_line_has_step_owner_date'),
        ),
        migrations.RunSQL(CHILDREN, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE_PLANS, DROP_PLANS),
    ]
