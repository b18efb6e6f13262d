"""What the exchange does by itself: names of officials go once they are no longer needed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.exchange import actions


@app.periodic(cron="50 2 * * *")
@app.task(name="purge_registrations", queue="lists")
def purge_registrations(timestamp: int) -> None:
    """Destroy who was registered for an event 90 days after it ended."""
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        actions.purge_registrations(actor)
