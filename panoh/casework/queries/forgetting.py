"""The certificate of forgetting, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Forgetting, Person
from panoh.casework.models.forgetting import BROUGHT_BACK
from panoh.casework.refusals import NotForgotten
from panoh.vault.queries import closed_since


@dataclass(frozen=True)
class Certificate:
    """What the certificate says. backups_closed_at: since when no key in use opens a backup made before, or None."""

    code: str
    at: datetime
    by: str
    agency: str
    reason: str
    reason_label: str
    parts: int
    masters: list[int]
    backups_closed_at: datetime | None


def certificate_of(actor: Actor, person: Person) -> Certificate:
    """Return the certificate that a person was forgotten.

    Raises:
        NotForgotten: there is none.
    """
    found = Forgetting.objects.filter(person=person).select_related("by__agency").first()
    if found is None:
        raise NotForgotten(code=person.code)
    return Certificate(
        code=person.code,
        at=found.at,
        by=found.by.display_name if found.by else "",
        agency=found.by.agency.name if found.by else "",
        reason=found.reason,
        reason_label=_label(found.reason),
        parts=found.parts,
        masters=found.masters,
        backups_closed_at=closed_since(found.masters),
    )


def _label(reason: str) -> str:
    if reason == BROUGHT_BACK:
        return _("Forgotten before; a restored backup had brought the identity back")
    return catalogue().label("forgetting_reasons", reason)


def is_forgotten(person: Person) -> bool:
    """Tell whether there is a certificate that the person was forgotten."""
    return Forgetting.objects.filter(person=person).exists()
