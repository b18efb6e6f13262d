"""Work around referrals that waits for nobody: the next office is asked, late ones are hurried."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Referral, Slip

__all__ = ["answer_outside", "begin_decline", "pass_on_in_background", "watch_referrals"]


def begin_decline(actor: Actor, referral: Referral, *, because: str, basis: str = "") -> Referral:
    """Decline a referral, and have another way looked for in the background."""
    with transaction.atomic():
        declined = actions.decline_referral(actor, referral, because=because, basis=basis)
        pass_on_in_background.defer(referral_code=referral.code)
    return declined


def answer_outside(slip: Slip, **given: Any) -> Referral:
    """Take the answer of somebody without an account; where they cannot help, another way is looked for."""
    with transaction.atomic():
        referral = actions.answer_slip(Actor.operator(), slip, **given)
        if given["answer"] == "decline":
            pass_on_in_background.defer(referral_code=referral.code)
    return referral


@app.task(name="pass_on_referral", queue="lists")
def pass_on_in_background(*, referral_code: str) -> None:
    """Look for another way after an office declined."""
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        found = Referral.objects.filter(code=referral_code).first()
        if found is None:
            raise NotThere
        actions.pass_on(actor, found)


@app.periodic(cron="10 5 * * *")
@app.task(name="watch_referrals", queue="lists", queueing_lock="watch_referrals")
def watch_referrals(timestamp: int) -> None:
    """Remind of what is late or ends soon, put before the supervisor what stays so, end what nobody answered."""
    actor = Actor.operator()
    with acting_for(actor.staff_id):
        actions.watch_referrals(actor)
        actions.remind_of_consents(actor)
