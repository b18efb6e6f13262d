"""Tell once: a talk is recorded with where the answer stands, and the next asker is shown that first."""

from __future__ import annotations

from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.models import Agency
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Interview, Person
from panoh.casework.refusals_referrals import AskedBefore

__all__ = ["record_interview"]


@action("interview.record")
def record_interview(
    actor: Actor,
    person: Person,
    *,
    topic: str,
    stands: int,
    on: date | None = None,
    agency: Agency | None = None,
    again_because: str = "",
) -> Interview:
    """Record that a person was asked, or will be today, about a part of life, and where the answer stands.

    Raises:
        AskedBefore: somebody asked about it already; the answer stands there, or it takes a reason to ask again.
        InTheFuture, DayUnfit, Unknown (the topic, the reason).
    """
    domain = catalogue().domain(topic)
    Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()  # one at a time
    before = (
        Interview.objects.filter(person=person, topic=topic).select_related("agency").order_by("-on", "-pk").first()
    )
    if before and not again_because:
        raise AskedBefore(agency=before.agency, on=before.on, where=before.get_stands_display())
    return Interview.objects.create(
        person=person, topic=domain.code, field_class=domain.field_class, on=happened_with(person.home, on),
        agency_id=agency.pk if agency else actor.agency_id,  # type: ignore[misc]  # the operator is no `me`
        stands=Interview.Stands(stands),
        again_because=catalogue().known("again_reasons", again_because) if before else "", recorded_by_id=actor.me,
    )  # fmt: skip
