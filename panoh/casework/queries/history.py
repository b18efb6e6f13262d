"""What changed in a file, who changed it and when, in words; with the texts that stood there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.models import Agency, District, Staff
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, FieldChange, Need, Person
from panoh.casework.queries.contacts import instruction_lines
from panoh.vault.queries import open_parts

__all__ = ["Changed", "change_for", "history_of_family", "history_of_person"]

MOST = 200
SAFE_CONTACT = "safe_contact"
LABELS: Mapping[str, object] = {
    "sex": gettext_lazy("Sex"),
    "nationality": gettext_lazy("Nationality"),
    "is_alone": gettext_lazy("Child without a parent or carer"),
    "birth": gettext_lazy("Birth date"),
    "names": gettext_lazy("Names"),
    "documents": gettext_lazy("Documents"),
    "contacts": gettext_lazy("Contacts"),
    "addresses": gettext_lazy("Addresses"),
    "district": gettext_lazy("District"),
    "worker": gettext_lazy("Lead worker"),
    "urgency": gettext_lazy("Urgency"),
    "service": gettext_lazy("Service"),
    "provider": gettext_lazy("Who provides it"),
    "responsible": gettext_lazy("Who sees to it"),
    "due": gettext_lazy("By when"),
    "words": gettext_lazy("Words of the need"),
    "report": gettext_lazy("Report of the visit"),
    SAFE_CONTACT: gettext_lazy("Safe contact"),
}
# Facts that are sealed as a whole: the history says that they changed, the person's page what they were.
MENTIONED = ("birth", "names", "documents", "contacts", "addresses")


@dataclass(frozen=True)
class Changed:
    """One change in words; text: what stood there before, if it is one and can be read."""

    change: FieldChange
    about: str
    what: str
    was: str
    became: str
    text: str
    can_be_restored: bool


def history_of_family(family: Family) -> list[Changed]:
    """Return the newest changes of a family, its people, their needs and steps, and its visits. Five queries."""
    return _in_words(
        Q(family=family)
        | Q(person__home=family)
        | Q(need__case__family=family)
        | Q(step__need__case__family=family)
        | Q(visit__family=family)
    )


def history_of_person(person: Person) -> list[Changed]:
    """Return the newest changes of a person, and of their needs and steps. Five queries."""
    return _in_words(Q(person=person) | Q(need__case__person=person) | Q(step__need__case__person=person))


def change_for(family: Family, number: int) -> FieldChange:
    """Return a change in a family's file; else NotThere."""
    here = Q(family=family) | Q(person__home=family) | Q(need__case__family=family) | Q(visit__family=family)
    found = FieldChange.objects.filter(here, pk=number)
    change = found.select_related("family", "person__home", "need__case__family", "visit__family").first()
    if change is None:
        raise NotThere
    return change


def _in_words(which: Q) -> list[Changed]:
    ways = ("by", "family", "person", "need__case__person", "step__need__case__person", "visit")
    changes = list(FieldChange.objects.filter(which).select_related(*ways).order_by("-pk")[:MOST])
    texts = open_parts(change.words_id for change in changes)
    named = _names(changes)
    return [_changed(change, texts.get(change.words_id) if change.words_id else None, named) for change in changes]


def _changed(change: FieldChange, text: str | None, named: Mapping[str, Mapping[str, str]]) -> Changed:
    def told(value: str) -> str:
        if not value:
            return "–"
        return named.get(change.field, {}).get(value) or WORDS.get(change.field, str)(value)

    shown = instruction_lines(text) if text and change.field == SAFE_CONTACT else text or ""
    is_plain = change.field not in MENTIONED and (change.was or change.became)
    return Changed(
        change, _about(change), str(LABELS.get(change.field, change.field)),
        told(change.was) if is_plain else "", told(change.became) if is_plain else "", shown, bool(text),
    )  # fmt: skip


def _about(change: FieldChange) -> str:
    """Return what changed, by its code; a visit by its day."""
    if change.visit:
        return _("visit of %(day)s") % {"day": change.visit.made_on or change.visit.planned_on}
    record = change.record
    return str(getattr(record, "code", ""))


def _names(changes: list[FieldChange]) -> dict[str, Mapping[str, str]]:
    """Return what the codes of colleagues, agencies and districts stand for, for all changes at once."""
    wanted = {name: {value for c in changes if c.field == name for value in (c.was, c.became)} for name in LABELS}
    staff = wanted["worker"] | wanted["responsible"]
    people = dict(Staff.objects.filter(username__in=staff).values_list("username", "display_name"))
    agencies = dict(Agency.objects.filter(code__in=wanted["provider"]).values_list("code", "name"))
    districts = {place.code: str(place) for place in District.objects.filter(code__in=wanted["district"])}
    return {"worker": people, "responsible": people, "provider": agencies, "district": districts}


WORDS: Mapping[str, Callable[[str], str]] = {
    "sex": lambda value: str(Person.Sex(value).label),
    "is_alone": lambda value: _("yes") if value == "True" else _("no"),
    "urgency": lambda value: str(Need.Urgency(int(value)).label),
    "service": lambda value: catalogue().label("services", value),
}
