"""Steps of safe contact: what must be minded before anybody calls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from panoh.access.clock import now
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.casework.actions.history import keep_text
from panoh.casework.models import Family, Person, SafeContact
from panoh.casework.refusals_work import InstructionEmpty
from panoh.vault import actions as vault

__all__ = ["set_safe_contact", "set_safe_contact_of_family"]

SAFE_CONTACT = "safe_contact"


@action("person.edit")
def set_safe_contact(actor: Actor, person: Person, *, words: Mapping[str, str]) -> SafeContact:
    """Say what must be minded before a person is called; what stood there before stays in the history.

    Raises:
        InstructionEmpty. Forgotten: the person's key is destroyed.
    """
    part = vault.keep_words(person.identity_id, _told(words), field_class=FieldClass.LOCATION)
    return _set(actor, person, {"person": person}, part)


@action("family.edit")
def set_safe_contact_of_family(actor: Actor, family: Family, *, words: Mapping[str, str]) -> SafeContact:
    """Say what must be minded before anybody of a family is called.

    Raises:
        InstructionEmpty.
    """
    part = vault.keep_text(family.papers_id, _told(words), field_class=FieldClass.LOCATION)
    return _set(actor, family, {"family": family}, part)


def _told(words: Mapping[str, str]) -> str:
    said = {name: text.strip() for name, text in words.items() if text.strip()}
    if not said:
        raise InstructionEmpty
    return json.dumps(said, ensure_ascii=False)


def _set(actor: Actor, record: Family | Person, whose: Mapping[str, Any], part: UUID | None) -> SafeContact:
    found = SafeContact.objects.select_for_update(of=("self",)).filter(**whose).first()
    keep_text(actor, record, SAFE_CONTACT, found.words_id if found else None)
    set_now = {"words_id": part, "set_by_id": actor.me, "set_at": now()}
    return SafeContact.objects.update_or_create(**whose, defaults=set_now)[0]
