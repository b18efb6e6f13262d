"""Rules of lessons by their class, of drafts by their country; what the database keeps of a lesson."""

from django.db import migrations

from panoh.exchange.fence_lessons import DROP_LESSONS_FENCE, MAKE_LESSONS_FENCE


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_lessons_and_programme")]

    operations = [migrations.RunSQL(MAKE_LESSONS_FENCE, DROP_LESSONS_FENCE)]
