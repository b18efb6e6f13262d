"""Help that grows less: reasons to look again, a planned end, and the order of a day of visits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_deciding import DROP_FOLLOW_UP, MAKE_FOLLOW_UP
from panoh.casework.models import following


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_decisions")]

    operations = [
        migrations.CreateModel(
            name='FadeOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=following.fade_out_code, max_length=12, unique=True, verbose_name='code')),
                ('ends_on', models.DateField(verbose_name='help ends on')),
                ('agreed_on', models.DateField(verbose_name='agreed on')),
                ('given_up_on', models.DateField(blank=True, null=True, verbose_name='given up on')),
                ('given_up_because', models.CharField(blank=True, max_length=32, verbose_name='why it was given up')),
            ],
        ),
        migrations.CreateModel(
            name='LookAgain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=following.look_again_code, max_length=12, unique=True, verbose_name='code')),
                ('kind', models.CharField(max_length=32, verbose_name='what happened')),
                ('noticed_on', models.DateField(verbose_name='noticed on')),
            ],
        ),
        migrations.AddField(
            model_name='visit',
            name='place_in_day',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='which of the day'),
        ),
        migrations.AddField(
            model_name='fadeout',
            name='agreed_with',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.person'),
        ),
        migrations.AddField(
            model_name='fadeout',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fadeout',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fade_outs', to='casework.family'),
        ),
        migrations.AddField(
            model_name='fadeout',
            name='task',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.task'),
        ),
        migrations.AddField(
            model_name='fadeout',
            name='words',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddField(
            model_name='lookagain',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lookagain',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case'),
        ),
        migrations.AddField(
            model_name='lookagain',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_again', to='casework.family'),
        ),
        migrations.AddField(
            model_name='lookagain',
            name='task',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.task'),
        ),
        migrations.AddField(
            model_name='lookagain',
            name='words',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart'),
        ),
        migrations.AddConstraint(
            model_name='fadeout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_up_because', ''), ('given_up_on', None)), models.Q(('given_up_on__isnull', False), models.Q(('given_up_because', ''), _negated=True)), _connector='OR'), name='fade_out_given_up_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='fadeout',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('agreed_on'))), name='help_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='fadeout',
            constraint=models.UniqueConstraint(condition=models.Q(('given_up_on', None)), fields=('family',), name='one_end_at_a_time'),
        ),
        migrations.RunSQL(MAKE_FOLLOW_UP, DROP_FOLLOW_UP),
    ]
