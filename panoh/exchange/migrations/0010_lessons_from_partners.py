"""Lessons that come in a parcel, reviewed where they were written."""

from django.db import migrations, models

from panoh.exchange.fence_parcels_lessons import DROP_TAKING, MAKE_TAKING


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_parcels_with_reports")]

    operations = [
        migrations.AddField(
            model_name='lesson',
            name='came_from',
            field=models.CharField(blank=True, default='', editable=False, help_text='The code of the partner in whose parcel it came; it was reviewed there.', max_length=12, verbose_name='came from'),
        ),
        migrations.RemoveConstraint(
            model_name='lesson',
            name='lesson_published_after_a_review',
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 3), _negated=True), ('reviewed_by__isnull', False), models.Q(('came_from', ''), _negated=True), _connector='OR'), name='lesson_published_after_a_review'),
        ),
        migrations.RunSQL(MAKE_TAKING, DROP_TAKING),
    ]
