"""Suggestions of two records that may be one person, merges of two files, and how a tracing request was answered."""

import django.db.models.deletion
import django.db.models.functions.datetime
import panoh.casework.models.joining
from django.conf import settings
from django.db import migrations, models


def open_again_what_nobody_answered(apps, schema_editor):
    """No step answered or withdrew a request before; one that says so has neither answer nor consent."""
    apps.get_model("casework", "TracingRequest").objects.exclude(state=1).update(state=1)


def take_apart(apps, schema_editor):
    """Without the table of merges no file leads to another: everybody stands alone again, as before."""
    for merge in apps.get_model("casework", "Merge").objects.filter(state=2).select_related("membership", "case"):
        if merge.membership:
            merge.membership.until = None
            merge.membership.save(update_fields=["until"])
        if merge.case:
            merge.case.stage, merge.case.closed_on, merge.case.closing_note = merge.case_stage, None, None
            merge.case.closing_reason = merge.case.closing_circumstance = ""
            merge.case.save()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_left_out_reason_and_purge'),
        ('vault', '0002_forget_by_overwriting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=panoh.casework.models.joining.merge_code, max_length=12, unique=True, verbose_name='code')),
                ('state', models.SmallIntegerField(choices=[(1, 'waits for a second colleague'), (2, 'joined'), (3, 'declined'), (4, 'undone')], default=1, verbose_name='state')),
                ('both_open', models.BooleanField(help_text='Both had an open case, so two colleagues decide.')),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='proposed at')),
                ('joined_at', models.DateTimeField(null=True, verbose_name='joined at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='declined or undone at')),
                ('case_stage', models.SmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=panoh.casework.models.joining.suggestion_code, max_length=12, unique=True, verbose_name='code')),
                ('origin', models.CharField(choices=[('linking', 'joining of lists'), ('search', 'search'), ('by_hand', 'a colleague')], max_length=8)),
                ('run', models.CharField(blank=True, help_text='Which run of which version suggested it.', max_length=40)),
                ('weight', models.FloatField(help_text='How strongly it is suggested: only the order of the queue.')),
                ('evidence', models.JSONField(default=dict, help_text='Field → finding, both words of a list; never a value.')),
                ('suggested_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='suggested at')),
                ('state', models.SmallIntegerField(choices=[(1, 'to decide'), (2, 'the same person'), (3, 'different people'), (4, 'not sure')], default=1, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
            ],
        ),
        migrations.AddField(
            model_name='tracingrequest',
            name='consent',
            field=models.CharField(blank=True, max_length=32, verbose_name='did the person agree'),
        ),
        migrations.AddField(
            model_name='tracingrequest',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tracingrequest',
            name='settled_on',
            field=models.DateField(blank=True, null=True, verbose_name='answered or withdrawn on'),
        ),
        migrations.AddField(
            model_name='tracingrequest',
            name='told',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.RunPython(open_again_what_nobody_answered, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='tracingrequest',
            index=models.Index(fields=['state', '-opened_on', '-id'], name='tracing_newest'),
        ),
        migrations.AddConstraint(
            model_name='tracingrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent', ''), ('settled_by', None), ('settled_on', None), ('state', 1), ('told', None)), models.Q(('settled_by__isnull', False), ('settled_on__isnull', False), ('state', 2), ('told__isnull', False), models.Q(('consent', ''), _negated=True)), models.Q(('consent', ''), ('settled_by__isnull', False), ('settled_on__isnull', False), ('state', 3), ('told', None)), _connector='OR'), name='answered_with_what_was_told_and_consent'),
        ),
        migrations.AddField(
            model_name='merge',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case'),
        ),
        migrations.AddField(
            model_name='merge',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_into', to='casework.person'),
        ),
        migrations.AddField(
            model_name='merge',
            name='membership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.membership'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_away', to='casework.person'),
        ),
        migrations.AddField(
            model_name='merge',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='task',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.task'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='other',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions_second', to='casework.person'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions_first', to='casework.person'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='request',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='casework.tracingrequest'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='task',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.task'),
        ),
        migrations.AddField(
            model_name='merge',
            name='suggestion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='casework.suggestion'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(condition=models.Q(('state', 1)), fields=['-weight', 'id'], name='suggestions_to_decide'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['state', '-id'], name='suggestions_by_state'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('other__isnull', False), ('request', None)), models.Q(('other', None), ('request__isnull', False)), _connector='OR'), name='suggestion_of_two_records'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('other', None), ('other__gt', models.F('person')), _connector='OR'), name='suggestion_names_the_older_first'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('person', 'other'), name='two_people_suggested_once'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('person', 'request'), name='request_and_person_suggested_once'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 1)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', [2, 3, 4])), _connector='OR'), name='suggestion_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('task', None), models.Q(('request__isnull', False), ('state', 2)), _connector='OR'), name='tracing_task_of_a_found_person'),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(condition=models.Q(('state', 2)), fields=['kept'], name='files_joined_to'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='nobody_is_merged_into_themselves'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 2)), fields=('merged',), name='merged_into_one'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [1, 2])), fields=('suggestion',), name='one_merge_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_at', None), ('state__in', [1, 3])), models.Q(('joined_at__isnull', False), ('state__in', [2, 4])), _connector='OR'), name='merge_joined_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('state__in', [1, 2])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state__in', [3, 4])), _connector='OR'), name='merge_ended_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('joined_at', None), ('both_open', False), models.Q(('agreed_by__isnull', False), models.Q(('agreed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='two_people_where_both_cases_are_open'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('case_stage', None)), models.Q(('case__isnull', False), ('case_stage__isnull', False)), _connector='OR'), name='merge_knows_the_stage_before'),
        ),
        migrations.RunPython(migrations.RunPython.noop, take_apart, elidable=True),
    ]
