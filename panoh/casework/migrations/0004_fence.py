"""The fence around casework: the database itself shows each bearer of a token what is theirs to see."""

from django.db import migrations

from panoh.access.fence import MAKE_APP_STUB
from panoh.casework.fence import DROP_REACHING, MY_PLACES, REACHING, fences, no_fences


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_places")]

    operations = [
        migrations.RunSQL(MY_PLACES, MAKE_APP_STUB),
        migrations.RunSQL(REACHING, DROP_REACHING),
        migrations.RunSQL(fences(), no_fences()),
    ]
