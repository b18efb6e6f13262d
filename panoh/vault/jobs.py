"""The index of names in the night: rows of older rules made anew, frequent parts of names taken out."""

from __future__ import annotations

from procrastinate.contrib.django import app

from panoh.access.tokens import acting_for
from panoh.vault.rekeying import rekey


@app.periodic(cron="10 2 * * *")
@app.task(name="rekey_names", queue="lists", queueing_lock="rekey_names")
def rekey_in_the_night(timestamp: int) -> None:
    """Bring the index to today's rules and search key, and count how many people have each part of a name."""
    with acting_for(None):
        rekey()
