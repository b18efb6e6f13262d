"""The gate before figures become public, and the step through it."""

from __future__ import annotations

from panoh.access.entrances import Actor, action
from panoh.plan.models import GateAnswer, Period, Publication
from panoh.plan.queries.gate import oddities
from panoh.plan.refusals_values import GateNotPassed, NotOnTheList, PeriodPublished, ReasonMissing


def _unpublished(period: Period) -> Period:
    held = Period.objects.select_for_update().get(pk=period.pk)
    if Publication.objects.filter(period=held).exists():
        raise PeriodPublished(period=held)
    return held


@action("joint.publish")
def answer_oddity(actor: Actor, period: Period, *, key: str, text: str) -> GateAnswer:
    """Answer in words what is missing or odd among the figures of a period, in place of what was said before.

    Raises:
        ReasonMissing: there is no text.
        NotOnTheList: it is not on the list, or no longer.
        PeriodPublished: the figures are published.
    """
    period = _unpublished(period)
    if not text.strip():
        raise ReasonMissing
    if all(odd.key != key for odd in oddities(period)):
        raise NotOnTheList
    answer, _made = GateAnswer.objects.update_or_create(
        period=period, key=key, defaults={"text": text.strip(), "by_id": actor.staff_id or 0}
    )
    return answer


@action("joint.publish")
def publish_period(actor: Actor, period: Period) -> Publication:
    """Make the approved figures of a period public; from now on nothing of the period changes.

    Raises:
        GateNotPassed: something is missing or odd and not answered.
        PeriodPublished: they are published.
    """
    period = _unpublished(period)
    # Held, so that nobody returns or enters a value between the list and the publication.
    list(period.values.select_for_update().order_by("pk").values_list("pk"))
    open_ones = sum(not odd.answer for odd in oddities(period))
    if open_ones:
        raise GateNotPassed(n=open_ones)
    return Publication.objects.create(period=period, by_id=actor.staff_id or 0)
