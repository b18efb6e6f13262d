"""The audit is sealed every few minutes, and once a day its newest seal is signed outside the database."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from panoh.access.checkpoints import checkpoint_when_due
from panoh.access.seals import seal_all


@app.periodic(cron="*/5 * * * *")
@app.task(name="seal_audit", queue="audit", queueing_lock="seal_audit")
def seal_every_few_minutes(timestamp: int) -> None:
    """Seal what was written since, and sign the newest seal if the last checkpoint is a day old."""
    seal_all()
    checkpoint_when_due()
    with connection.cursor() as cursor:  # 288 jobs a day that nobody asks about
        cursor.execute("delete from procrastinate_jobs where task_name = 'seal_audit' and status = 'succeeded'")
