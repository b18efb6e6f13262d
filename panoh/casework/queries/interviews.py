"""Who asked a person about what, when, and where the answer stands; of what was said nothing."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.casework.catalogue import catalogue
from panoh.casework.models import Interview, Person

__all__ = ["InterviewLine", "interviews_of"]


@dataclass(frozen=True)
class InterviewLine:
    """One talk in words."""

    interview: Interview
    topic: str
    again: str


def interviews_of(person: Person) -> list[InterviewLine]:
    """Return the talks with a person, the newest first."""
    words = catalogue()
    found = Interview.objects.filter(person=person).select_related("agency").order_by("-on", "-pk")
    return [
        InterviewLine(
            one,
            words.label("domains", one.topic),
            words.label("again_reasons", one.again_because) if one.again_because else "",
        )
        for one in found
    ]
