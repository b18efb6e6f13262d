"""Pictures of papers are sealed as a group of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0003_fence'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sealedpart',
            name='group',
            field=models.SmallIntegerField(choices=[(1, 'names'), (2, 'birth date'), (3, 'documents'), (4, 'contacts'), (5, 'addresses'), (6, 'where each fact comes from'), (7, 'header of a list'), (8, 'applicant'), (9, 'by what a person is found'), (20, 'text'), (21, 'row of a list'), (22, 'file of a list'), (23, 'picture of a paper')]),
        ),
    ]
