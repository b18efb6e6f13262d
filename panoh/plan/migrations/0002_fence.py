"""Rules of the tables, subject by subject."""

from django.db import migrations

from panoh.plan import fence, fence_figures, fence_indicators, fence_progress, fence_reviews, fence_summaries


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("access", "0006_role_versions")]

    operations = [
        migrations.RunSQL(fence.MAKE_FENCE, fence.DROP_FENCE),
        migrations.RunSQL(fence_progress.MAKE_PROGRESS, fence_progress.DROP_PROGRESS),
        migrations.RunSQL(fence_figures.MAKE_FIGURES_FENCE, fence_figures.DROP_FIGURES_FENCE),
        migrations.RunSQL(fence_indicators.MAKE_FENCE, fence_indicators.DROP_FENCE),
        migrations.RunSQL(fence_reviews.MAKE_FENCE, fence_reviews.DROP_FENCE),
        migrations.RunSQL(fence_summaries.MAKE_FENCE, fence_summaries.DROP_FENCE),
    ]
