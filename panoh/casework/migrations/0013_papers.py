"""Legal identity: documents on their way, where each paper is, and sealed pictures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panoh.casework.fence_care import OF_PAPERS, PAPERS, hang, no_hang, no_places, places


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0006_role_versions"),
        ("casework", "0012_guardianships"),
        ("vault", "0004_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32, verbose_name='what it is about')),
                ('step', models.CharField(max_length=32, verbose_name='where it stands')),
                ('due', models.DateField(blank=True, null=True, verbose_name='next step due')),
                ('opened_on', models.DateField(verbose_name='opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency', verbose_name='office')),
                ('number', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_files', to='casework.person')),
            ],
        ),
        migrations.CreateModel(
            name='LegalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=32, verbose_name='step')),
                ('on', models.DateField(verbose_name='on')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='casework.legalfile')),
                ('words', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
            ],
        ),
        migrations.CreateModel(
            name='PaperHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.SmallIntegerField(choices=[(1, 'the family'), (2, 'us'), (3, 'an office or agency'), (4, 'nobody knows: it is lost')], verbose_name='who has it')),
                ('on', models.DateField(verbose_name='on')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='casework.legalfile')),
            ],
        ),
        migrations.CreateModel(
            name='PaperPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('media_type', models.CharField(max_length=32, verbose_name='kind of file')),
                ('size_bytes', models.IntegerField(verbose_name='size')),
                ('on', models.DateField(verbose_name='on')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedpart')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='casework.legalfile')),
            ],
        ),
        migrations.AddIndex(
            model_name='legalfile',
            index=models.Index(fields=['person'], name='legal_files_of_person'),
        ),
        migrations.AddIndex(
            model_name='legalfile',
            index=models.Index(condition=models.Q(('closed_on', None)), fields=['due'], name='legal_files_by_due'),
        ),
        migrations.AddConstraint(
            model_name='legalfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('due__isnull', False)), models.Q(('closed_on__isnull', False), ('due', None)), _connector='OR'), name='legal_file_due_while_open'),
        ),
        migrations.AddConstraint(
            model_name='legalfile',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('issued_on', None), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='document_valid_after_issue'),
        ),
        migrations.AddConstraint(
            model_name='paperheld',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('holder', 3)), models.Q(('agency', None), ('holder__in', [1, 2, 4])), _connector='OR'), name='paper_with_a_named_agency'),
        ),
        migrations.AddConstraint(
            model_name='paperpicture',
            constraint=models.CheckConstraint(condition=models.Q(('media_type__in', ['image/jpeg', 'image/png', 'application/pdf'])), name='picture_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='paperpicture',
            constraint=models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0), ('size_bytes__lte', 5242880)), name='picture_not_too_large'),
        ),
        migrations.RunSQL(places(PAPERS) + hang(OF_PAPERS), no_hang(OF_PAPERS) + no_places(PAPERS)),
    ]
