"""How somebody is reached: first what must be minded, then, on asking and on record, the numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework.models import Family, Person, SafeContact
from panoh.casework.queries.merging import files_joined_to
from panoh.casework.queries.purposes import purpose_for
from panoh.vault.queries import Contact, Group, open_identities, open_parts

__all__ = ["LABELS", "Instruction", "instruction_lines", "instructions_for", "instructions_of_family", "numbers_of"]

READ = "contact.read"
# What an instruction says, in the order in which it is read.
LABELS: Mapping[str, object] = {
    "when": _("When one may call"),
    "how": _("How one reaches them"),
    "by_whom": _("Who may call"),
    "not_to": _("Who must not answer or know"),
    "unsaid": _("What is not said"),
}


@dataclass(frozen=True)
class Instruction:
    """What must be minded before anybody calls: labels and lines, for the person alone or for the whole family."""

    is_of_family: bool
    words: Mapping[str, str]
    by: Staff
    at: datetime

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return each line with its label."""
        return [(str(label), self.words[name]) for name, label in LABELS.items() if name in self.words]


def instructions_for(person: Person) -> list[Instruction]:
    """Return what must be minded before a person is called: the family's instruction, and the person's own."""
    return _opened(Q(family=person.home_id) | Q(person=person))


def instructions_of_family(family: Family) -> list[Instruction]:
    """Return what must be minded before anybody of a family is called."""
    return _opened(Q(family=family))


def numbers_of(actor: Actor, person: Person) -> list[Contact]:
    """Return how a person is reached, those of joined files too; that it was read is an entry about the person.

    Raises:
        PurposeMissing: it must be said first what for. NotAllowed: the actor's role opens no identities.
    """
    whose = [person.identity_id, *(merge.merged.identity_id for merge in files_joined_to(person))]
    purpose = purpose_for(actor, person.home)
    known = open_identities(actor, whose, purpose=purpose, about=person.code, groups=(Group.CONTACTS,))
    audit.write(actor, READ, about=person.code, purpose=purpose)
    return [contact for facts in known.values() for contact in facts.contacts]


def instruction_lines(text: str) -> str:
    """Return an instruction as it is kept, as one text to read in the history."""
    words = json.loads(text)
    return "; ".join(f"{label}: {words[name]}" for name, label in LABELS.items() if name in words)


def _opened(which: Q) -> list[Instruction]:
    found = list(SafeContact.objects.filter(which).select_related("set_by").order_by("person"))
    told = open_parts(one.words_id for one in found)
    return [
        Instruction(one.family_id is not None, json.loads(told[one.words_id]), one.set_by, one.set_at)
        for one in sorted(found, key=lambda one: one.family_id is None)
        if one.words_id in told
    ]
