"""Forgetting a person for good: the identity is destroyed, the history stays under the code."""

from __future__ import annotations

from panoh.access.entrances import Actor, action
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Forgetting, Person, RetentionHold
from panoh.casework.models.forgetting import BROUGHT_BACK
from panoh.casework.queries.merging import files_joined_to
from panoh.casework.refusals import AlreadyForgotten, CaseStillOpen, CodeDiffers
from panoh.casework.refusals_rights import HeldBack
from panoh.vault import actions as vault

__all__ = ["forget_again", "forget_person", "forget_with_joined"]


@action("person.forget")
def forget_person(actor: Actor, person: Person, *, reason: str, confirmed: str) -> Forgetting:
    """Destroy a person's identity for good and return the certificate of it; files joined to it go with it.

    confirmed: the person's code, as typed.

    Raises:
        CodeDiffers: another code was typed.
        CaseStillOpen: the work with the person goes on.
        AlreadyForgotten.
        HeldBack: the data-protection officer holds the file back.
        Unknown: the reason is not on the list.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if confirmed.strip().upper() != person.code:
        raise CodeDiffers(code=person.code)
    reason = catalogue().known("forgetting_reasons", reason)
    there = Case.objects.filter(person=person, closed_on=None).first()
    if there:
        raise CaseStillOpen(case=there.code)
    if before := Forgetting.objects.filter(person=person).first():
        raise AlreadyForgotten(on=before.at.date())
    return forget_with_joined(actor, person, reason)


def forget_with_joined(actor: Actor, person: Person, reason: str) -> Forgetting:
    """Forget a person and the files joined to it; with the last one of a family, the family's papers go too.

    Raises:
        HeldBack: the data-protection officer holds the file back.
    """
    if RetentionHold.objects.filter(family=person.home_id, ended_at=None).exists():
        raise HeldBack
    for merge in files_joined_to(person):
        _forget(actor, merge.merged, reason)
    done = _forget(actor, person, reason)
    vault.end_file(person.pk)
    return done


def _forget(actor: Actor, person: Person, reason: str) -> Forgetting:
    destroyed = vault.forget(actor, person.identity_id)
    return Forgetting.objects.create(
        person=person, by_id=actor.me, reason=reason, parts=destroyed.parts, masters=destroyed.masters
    )


@action("person.forget-again")
def forget_again(actor: Actor) -> int:
    """Forget whoever was forgotten before and came back with a restored backup; return how many."""
    destroyed = vault.forget_again(actor)
    people = Person.objects.filter(identity__in=destroyed, forgetting=None)
    Forgetting.objects.bulk_create(
        Forgetting(
            person=person,
            reason=BROUGHT_BACK,
            parts=destroyed[person.identity_id].parts,
            masters=destroyed[person.identity_id].masters,
        )
        for person in people
    )
    return len(destroyed)
