"""What an emergency opened, no budget of the vault holds back."""

from django.db import migrations

from panoh.casework.fence_glass import DROP_URGENT, MAKE_URGENT


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_lawful_requests")]

    operations = [migrations.RunSQL(MAKE_URGENT, DROP_URGENT)]
