"""Approvals, transfers, best-interests decisions and case conferences: what one asks for, another agrees to."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_deciding import DROP_DECISIONS, MAKE_DECISIONS
from panoh.casework.models import approvals, conferences, interests


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_assessments")]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=approvals.approval_code, max_length=12, unique=True, verbose_name='code')),
                ('step', models.CharField(choices=[('close', 'close the case'), ('reopen', 'open the case again')], max_length=16, verbose_name='step')),
                ('to_stage', models.CharField(blank=True, max_length=32, verbose_name='to which stage')),
                ('reason', models.CharField(blank=True, max_length=32, verbose_name='reason')),
                ('circumstance', models.CharField(blank=True, max_length=32, verbose_name='circumstance')),
                ('state', models.SmallIntegerField(choices=[(1, "waits for another's agreement"), (2, 'agreed and done'), (3, 'declined'), (4, 'taken back')], default=1, verbose_name='state')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='asked at')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
            ],
        ),
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32, verbose_name='option')),
            ],
        ),
        migrations.CreateModel(
            name='Conference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=conferences.conference_code, max_length=12, unique=True, verbose_name='code')),
                ('on', models.DateField(verbose_name='day')),
                ('state', models.SmallIntegerField(choices=[(1, 'called'), (2, 'held'), (3, 'cancelled')], default=1, verbose_name='state')),
                ('cancelled_because', models.CharField(blank=True, max_length=32, verbose_name='why it was cancelled')),
            ],
        ),
        migrations.CreateModel(
            name='ConferencePoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=32, verbose_name='domain')),
                ('field_class', models.SmallIntegerField(choices=[(0, 'that there is a file, and its stage'), (1, 'names, birth and documents'), (2, 'addresses and contacts'), (3, 'care, visits and notes'), (4, 'health'), (5, 'psychosocial help'), (6, 'papers and legal help'), (7, 'education'), (8, 'material help, work and housing'), (16, 'notes of health workers'), (17, 'notes of psychologists'), (18, 'notes of lawyers')])),
            ],
        ),
        migrations.CreateModel(
            name='Determination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=interests.determination_code, max_length=12, unique=True, verbose_name='code')),
                ('kind', models.SmallIntegerField(choices=[(1, 'best-interests assessment'), (2, 'best-interests determination')], verbose_name='kind')),
                ('sought', models.CharField(max_length=32, verbose_name='decision sought')),
                ('state', models.SmallIntegerField(choices=[(1, 'being prepared'), (2, 'waits for a decision'), (3, 'decided'), (4, 'put off'), (5, 'somebody asked to look at it again'), (6, 'not needed any more')], default=1, verbose_name='state')),
                ('prepared_on', models.DateField(verbose_name='prepared on')),
                ('decision', models.SmallIntegerField(blank=True, choices=[(1, 'as recommended'), (2, 'another option'), (3, 'put off: more must be known')], null=True, verbose_name='decision')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('look_again_on', models.DateField(blank=True, null=True, verbose_name='looked at again by')),
                ('appealed_on', models.DateField(blank=True, null=True, verbose_name='appeal asked on')),
                ('appeal_answer', models.SmallIntegerField(blank=True, choices=[(1, 'the decision stands'), (2, 'it is decided anew')], null=True, verbose_name='answer to the appeal')),
                ('appeal_answered_on', models.DateField(blank=True, null=True, verbose_name='appeal answered on')),
                ('withdrawn_because', models.CharField(blank=True, max_length=32, verbose_name='why it is not needed')),
            ],
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_close', models.BooleanField(blank=True, null=True, verbose_name='too close to the family')),
                ('opinion', models.SmallIntegerField(blank=True, choices=[(1, 'as recommended'), (2, 'another option'), (3, 'more must be known')], null=True, verbose_name='would decide')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=32, verbose_name='as what')),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=approvals.transfer_code, max_length=12, unique=True, verbose_name='code')),
                ('reason', models.CharField(max_length=32, verbose_name='reason')),
                ('state', models.SmallIntegerField(choices=[(1, "waits for another's agreement"), (2, 'waits for who takes it over'), (3, 'taken over'), (4, 'declined'), (5, 'taken back'), (6, 'not agreed to')], default=1, verbose_name='state')),
                ('people', models.PositiveSmallIntegerField(verbose_name='people')),
                ('last_seen_on', models.DateField(blank=True, null=True, verbose_name='family last seen on')),
                ('meeting_on', models.DateField(blank=True, null=True, verbose_name='talk at the handing over')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='asked at')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
            ],
        ),
        migrations.AddField(
            model_name='approval',
            name='answer',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='approval',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='casework.case'),
        ),
        migrations.AddField(
            model_name='approval',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='words',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='words',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='conference',
            name='called_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='conference',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conferences', to='casework.family'),
        ),
        migrations.AddField(
            model_name='conference',
            name='why',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='conferencepoint',
            name='conference',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='casework.conference'),
        ),
        migrations.AddField(
            model_name='conferencepoint',
            name='task',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.task'),
        ),
        migrations.AddField(
            model_name='conferencepoint',
            name='words',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='determination',
            name='appeal',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='determination',
            name='appeal_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='determination',
            name='appeal_reasons',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='determination',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.assessment'),
        ),
        migrations.AddField(
            model_name='determination',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='determinations', to='casework.case'),
        ),
        migrations.AddField(
            model_name='determination',
            name='chosen',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.arrangement'),
        ),
        migrations.AddField(
            model_name='determination',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='determination',
            name='prepared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='determination',
            name='reasons',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='determination',
            name='recommended',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.arrangement'),
        ),
        migrations.AddField(
            model_name='determination',
            name='task',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.task'),
        ),
        migrations.AddField(
            model_name='determination',
            name='words',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='determination',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='casework.determination'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='determination',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel', to='casework.determination'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='words',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='participant',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency'),
        ),
        migrations.AddField(
            model_name='participant',
            name='conference',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='casework.conference'),
        ),
        migrations.AddField(
            model_name='participant',
            name='dissent',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='participant',
            name='staff',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='answer',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='casework.family'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='from_agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='from_worker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='key',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.datakey'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to_agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to_worker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='words',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddIndex(
            model_name='approval',
            index=models.Index(condition=models.Q(('state', 1)), fields=['asked_at'], name='approvals_asked'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('state__in', [1, 4])), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('state__in', [2, 3]), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='another_agrees'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 'close'), ('to_stage', ''), models.Q(('reason', ''), _negated=True), models.Q(('circumstance', ''), _negated=True)), models.Q(('circumstance', ''), ('reason', ''), ('step', 'reopen'), models.Q(('to_stage', ''), _negated=True)), _connector='OR'), name='what_is_asked_is_said'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 3), _negated=True), ('answer__isnull', False), _connector='OR'), name='declined_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 1)), fields=('case', 'step'), name='step_asked_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='conference',
            index=models.Index(fields=['family', 'on'], name='conferences_of_family'),
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 3), models.Q(('cancelled_because', ''), _negated=True)), models.Q(models.Q(('state', 3), _negated=True), ('cancelled_because', '')), _connector='OR'), name='conference_cancelled_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='conferencepoint',
            constraint=models.UniqueConstraint(fields=('conference', 'domain'), name='each_domain_on_the_agenda_once'),
        ),
        migrations.AddConstraint(
            model_name='conferencepoint',
            constraint=models.CheckConstraint(condition=models.Q(('task', None), ('words__isnull', False), _connector='OR'), name='decided_in_words'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [3, 5]), _negated=True), models.Q(('chosen__isnull', False), ('decided_by__isnull', False), ('decided_on__isnull', False), ('decision__in', [1, 2]), ('look_again_on__isnull', False), ('reasons__isnull', False)), _connector='OR'), name='decided_with_reasons_and_a_day'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 1), _negated=True), ('chosen', models.F('recommended')), _connector='OR'), name='as_recommended_is_the_recommended'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [2, 3, 4, 5]), _negated=True), ('recommended__isnull', False), _connector='OR'), name='panel_gets_a_recommendation'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 5), _negated=True), models.Q(('appeal__isnull', False), ('appealed_on__isnull', False)), _connector='OR'), name='appeal_in_words'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(('appeal_by', None), models.Q(('appeal_answer__isnull', False), ('appeal_answered_on__isnull', False), ('appeal_reasons__isnull', False), models.Q(('appeal_by', models.F('prepared_by')), _negated=True), models.Q(('decided_by', None), models.Q(('appeal_by', models.F('decided_by')), _negated=True), _connector='OR')), _connector='OR'), name='appeal_answered_by_another'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 6), models.Q(('withdrawn_because', ''), _negated=True)), models.Q(models.Q(('state', 6), _negated=True), ('withdrawn_because', '')), _connector='OR'), name='withdrawn_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='determination',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [3, 6]), _negated=True), fields=('case', 'sought'), name='one_decision_sought_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.UniqueConstraint(fields=('determination', 'kind'), name='each_option_once'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.UniqueConstraint(fields=('determination', 'staff'), name='each_sits_once'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('is_close', None), ('opinion', None)), models.Q(('answered_on__isnull', False), ('is_close', True), ('opinion', None)), models.Q(('answered_on__isnull', False), ('is_close', False), ('opinion__isnull', False)), _connector='OR'), name='who_is_close_gives_no_opinion'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('state', 2)), fields=['to_agency'], name='transfers_offered'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('state', 1)), fields=['asked_at'], name='transfers_asked'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='transfer_agreed_to_by_another'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='transfer_taken_by_another'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [2, 3]), _negated=True), ('agreed_by__isnull', False), ('to_agency', models.F('from_agency')), _connector='OR'), name='other_agency_only_with_agreement'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by', None), ('state__in', [1, 2, 5])), models.Q(('agreed_by', None), ('answer__isnull', False), ('answered_by__isnull', False), ('state', 6)), models.Q(('answered_by__isnull', False), ('answered_on__isnull', False), ('state', 3)), models.Q(('answer__isnull', False), ('answered_by__isnull', False), ('answered_on__isnull', False), ('state', 4)), _connector='OR'), name='transfer_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [1, 2])), fields=('family',), name='one_transfer_at_a_time'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='because',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='consent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='casework.consent'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='legal_basis',
            field=models.CharField(blank=True, max_length=32, verbose_name='legal basis'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('to_agency', models.F('from_agency')), models.Q(('because', None), ('consent__isnull', False), ('legal_basis', '')), models.Q(('because__isnull', False), ('consent', None), models.Q(('legal_basis', ''), _negated=True)), _connector='OR'), name='transfer_by_consent_or_by_law'),
        ),
        migrations.RunSQL(MAKE_DECISIONS, DROP_DECISIONS),
    ]
