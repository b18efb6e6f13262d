"""Steps on families of mixed fates: part one, join two again, say where somebody is who is not with the family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.families import create_family, move_person
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Family, FamilyChange, Membership, Person, Whereabouts
from panoh.casework.refusals import BeforeTheLastStep, NotOfThisFamily
from panoh.casework.refusals_care import NobodyChosen, NobodyStays, SameFamily
from panoh.vault import actions as vault

__all__ = ["rejoin_family", "say_whereabouts", "split_family"]

Kind = FamilyChange.Kind


@action("family.create")
def split_family(
    actor: Actor, family: Family, *, people: Sequence[Person], on: date, because: str, words: str = ""
) -> Family:
    """Let some people of a family go on as a family of their own, led by the same agency and worker; return it.

    Raises:
        NobodyChosen, NotOfThisFamily, InTheFuture, DayUnfit, AlreadySettled, Unknown, Forgotten.
        NobodyStays: all would go, and nothing would be parted.
    """
    on, living = happened_with(family, on), _living(family, people)
    if len(living) == Membership.objects.filter(family=family, until=None).count():
        raise NobodyStays
    parted = create_family(actor, agency=family.agency, worker=family.worker, district=family.district, on=on)
    _move(actor, family, parted, living, Kind.SPLIT, on, because, words)
    return parted


@action("family.edit")
def rejoin_family(
    actor: Actor, family: Family, *, to: Family, people: Sequence[Person], on: date, because: str, words: str = ""
) -> Family:
    """Let people of a family join another one again; both files keep what was.

    Raises:
        SameFamily, NobodyChosen, NotOfThisFamily, InTheFuture, DayUnfit, AlreadySettled, Unknown, Forgotten.
        NotAllowed: the other family is out of the actor's reach.
    """
    if to.pk == family.pk:
        raise SameFamily
    if not actor.reaches(to):
        raise NotAllowed
    living = _living(family, people)
    _move(actor, family, to, living, Kind.REJOINED, happened_with(family, on), because, words)
    return to


@action("person.edit")
def say_whereabouts(actor: Actor, person: Person, *, kind: str, since: date, words: str = "") -> Whereabouts:
    """Say where somebody is from a day on; where they were before ends with it.

    Raises:
        Unknown, InTheFuture, DayUnfit, BeforeTheLastStep, Forgotten.
    """
    since = happened_with(person.home, since)
    kind = catalogue().known("whereabouts_kinds", kind)
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)  # one at a time
    before = Whereabouts.objects.select_for_update().filter(person=person, until=None).first()
    if before:
        if since < before.since:
            raise BeforeTheLastStep(on=since, before=before.since)
        before.until = since
        before.save(update_fields=["until"])
    return Whereabouts.objects.create(
        person=person, kind=kind, since=since, by_id=actor.me,
        words_id=vault.keep_words(person.identity_id, words, field_class=FieldClass.LOCATION),
    )  # fmt: skip


def _living(family: Family, people: Sequence[Person]) -> list[Membership]:
    chosen = {person.pk for person in people}
    if not chosen:
        raise NobodyChosen
    found = Membership.objects.filter(family=family, person__in=chosen, until=None).select_related("person")
    living = list(found.order_by("pk"))
    if len(living) != len(chosen):
        raise NotOfThisFamily
    return living


def _move(
    actor: Actor, family: Family, to: Family, living: Sequence[Membership], kind: Kind, on: date, because: str,
    words: str,
) -> None:  # fmt: skip
    why = catalogue().known("family_change_reasons", because)
    for member in living:
        move_person(actor, family, person=member.person, to=to, on=on, kinship=member.kinship)
        # Sealed once for each, under the key of each: one of them may be forgotten, and the others not.
        kept = vault.keep_words(member.person.identity_id, words)
        FamilyChange.objects.create(
            person=member.person, kind=kind, before=family.code, after=to.code, on=on, because=why, words_id=kept,
            by_id=actor.me,
        )  # fmt: skip
