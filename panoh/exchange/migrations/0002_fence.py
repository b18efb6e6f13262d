"""Rules of the tables, subject by subject."""

from django.db import migrations

from panoh.exchange import (
    fence,
    fence_lessons,
    fence_parcels,
    fence_parcels_figures,
    fence_parcels_lessons,
    fence_parcels_reports,
    fence_reports,
)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("plan", "0002_fence")]

    operations = [
        migrations.RunSQL(fence.MAKE_FENCE, fence.DROP_FENCE),
        migrations.RunSQL(fence_reports.MAKE_FENCE, fence_reports.DROP_FENCE),
        migrations.RunSQL(fence_parcels.MAKE_FENCE, fence_parcels.DROP_FENCE),
        migrations.RunSQL(fence_lessons.MAKE_LESSONS_FENCE, fence_lessons.DROP_LESSONS_FENCE),
        migrations.RunSQL(fence_parcels_reports.MAKE_TAKING, fence_parcels_reports.DROP_TAKING),
        migrations.RunSQL(fence_parcels_lessons.MAKE_TAKING, fence_parcels_lessons.DROP_TAKING),
        migrations.RunSQL(fence_parcels_figures.MAKE_TAKING, fence_parcels_figures.DROP_TAKING),
    ]
