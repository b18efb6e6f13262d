import django.db.models.deletion
import panoh.casework.models.programmes
from django.db import migrations, models

from panoh.casework.fence_programmes import FENCE, NO_FENCE


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_role_versions'),
        ('casework', '0023_work_fence'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=panoh.casework.models.programmes.programme_code, max_length=12, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='budget')),
                ('unit', models.CharField(max_length=16, verbose_name='unit')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='until')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency', verbose_name='agency')),
            ],
        ),
        migrations.AddField(
            model_name='assistance',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='casework.programme'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='programme_has_something'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='programme_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit', 'money'), models.Q(('currency', ''), _negated=True)), models.Q(models.Q(('unit', 'money'), _negated=True), ('currency', '')), _connector='OR'), name='programme_money_has_a_currency'),
        ),
        migrations.RunSQL(FENCE, NO_FENCE),
    ]
