"""Steps on families and their people: found, join, leave, relate, correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.access.models import Agency, District, Staff
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.cases import hand_over, held
from panoh.casework.actions.history import keep_changes, keep_mention
from panoh.casework.actions.merging import require_own_file
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Family, Membership, Person, Relationship, Task
from panoh.casework.refusals import (
    AlreadySettled,
    BirthUnfit,
    EvidenceMissing,
    InTheFuture,
    NotOfThisFamily,
    SecondPersonNeeded,
)
from panoh.vault import actions as vault
from panoh.vault.queries import (
    Address,
    BirthDate,
    Contact,
    Document,
    Group,
    IdentityFacts,
    Name,
    Precision,
    open_identity,
)

__all__ = [
    "add_fact", "amend_identity", "correct_person", "create_family", "move_person", "register_person",
    "settle_birth", "settle_district", "state_relationship", "verify_relationship",
]  # fmt: skip

STATED = "stated"
OLDEST_YEAR = 1900
KNOWN_PARTS = {"day": 3, "month": 2, "year": 1, "about": 1, "unknown": 0}
FACTS: Mapping[type, tuple[Group, str]] = {
    Name: (Group.NAMES, "names"),
    Document: (Group.DOCUMENTS, "documents"),
    Contact: (Group.CONTACTS, "contacts"),
    Address: (Group.ADDRESSES, "addresses"),
}


@action("family.create")
def create_family(
    actor: Actor,
    *,
    agency: Agency,
    worker: Staff | None = None,
    district: District | None = None,
    on: date | None = None,
) -> Family:
    """Open the file of a family, led by an agency.

    Raises:
        InTheFuture.
    """
    if on and on > today():
        raise InTheFuture(on=on)
    return Family.objects.create(
        agency=agency, worker=worker, district=district, papers_id=vault.make_key("family"), opened_on=on or today()
    )


@action("person.edit")
def register_person(
    actor: Actor,
    family: Family,
    *,
    facts: IdentityFacts,
    sex: str,
    kinship: str = "",
    nationality: str = "",
    since: date | None = None,
) -> Person:
    """Register one person in a family; who it is goes to the vault, the year of birth and the sex stay here.

    since: the day the person joined the family, when that is another than the day its file was opened.

    Raises:
        InTheFuture, BirthUnfit, Unknown (the place in the family).
    """
    if since and since > today():
        raise InTheFuture(on=since)
    require_fit(facts.birth.precision, facts.birth.year, facts.birth.month, facts.birth.day)
    if kinship:
        catalogue().known("kinships", kinship)
    year, precision = year_of(facts.birth)
    person = Person.objects.create(
        identity_id=vault.keep_identities([facts])[0],
        home=family,
        sex=sex,
        birth_year=year,
        birth_precision=precision,
        nationality=nationality.upper(),
    )
    Membership.objects.create(family=family, person=person, kinship=kinship, since=since or family.opened_on)
    return person


@action("person.edit")
def correct_person(
    actor: Actor, person: Person, *, sex: str, nationality: str, is_alone: bool, seen: Seen | None = None
) -> Person:
    """Correct what casework keeps of a person in the clear.

    Raises:
        ChangedMeanwhile.
    """
    there = Person.objects.select_for_update().get(pk=person.pk)
    given = {"sex": sex, "nationality": nationality.upper(), "is_alone": is_alone}
    now = {name: getattr(there, name) for name in given}
    require_unchanged(actor, seen, now=now, given=given, about=person.code, step="person.edit")
    keep_changes(actor, person, now, given)
    person.sex, person.nationality, person.is_alone = sex, nationality.upper(), is_alone
    person.save(update_fields=["sex", "nationality", "is_alone"])
    return person


@action("person.edit")
def amend_identity(actor: Actor, person: Person, *, facts: IdentityFacts, groups: Sequence[Group]) -> Person:
    """Replace field groups of a person's sealed identity; the birth year kept here follows the birth date."""
    vault.amend(actor, person.identity_id, facts, groups)
    if Group.BIRTH in groups:
        person.birth_year, person.birth_precision = year_of(facts.birth)
        person.save(update_fields=["birth_year", "birth_precision"])
    return person


@action("person.edit")
def add_fact(actor: Actor, person: Person, *, fact: Name | Document | Contact | Address) -> Person:
    """Add a name, document, contact or address that was seen or heard, with its source; the others stay."""
    group, known_as = FACTS[type(fact)]
    person = Person.objects.select_for_update().get(pk=person.pk)
    known = open_identity(actor, person.identity_id, purpose="correction", about=person.code)
    added: dict[str, Any] = {known_as: (*getattr(known, known_as), fact)}
    facts = replace(known, **added)
    vault.amend(actor, person.identity_id, facts, [group])
    keep_mention(actor, person, known_as)
    return person


@action("person.edit")
def settle_birth(
    actor: Actor,
    person: Person,
    *,
    precision: str,
    year: int | None,
    month: int | None,
    day: int | None,
    source: str,
    seen: Seen | None = None,
) -> Person:
    """Put the birth date right, with what says so, and settle its question; what was held before stays beside it.

    Raises:
        ChangedMeanwhile.
        BirthUnfit: it is no day, lies ahead, or is not what its precision says.
    """
    require_fit(precision, year, month, day)
    person = Person.objects.select_for_update().get(pk=person.pk)
    known = open_identity(actor, person.identity_id, purpose="correction", about=person.code)
    given = {"precision": precision, "year": year, "month": month, "day": day}
    now = {part: getattr(known.birth, part) for part in given}
    require_unchanged(actor, seen, now=now, given=given, about=person.code, step="person.edit")
    birth = BirthDate(year, month, day, precision, known.birth.written, "", source, today().isoformat())
    former = (known.birth, *known.former_births) if known.birth != BirthDate() else ()
    facts = IdentityFacts(birth=birth, former_births=former)
    amend_identity(actor, person, facts=facts, groups=[Group.BIRTH])
    keep_mention(actor, person, "birth")
    asked = Task.objects.filter(case__person=person, kind="settle_birth_date", done_on=None)
    asked.update(done_on=today(), done_by=actor.staff_id)
    return person


def require_fit(precision: str, year: int | None, month: int | None, day: int | None) -> None:
    """Raise BirthUnfit unless the parts given are the known ones, and are a day that has come."""
    parts, needed = (year, month, day), KNOWN_PARTS[precision]
    if None in parts[:needed] or any(part is not None for part in parts[needed:]):
        raise BirthUnfit
    try:
        if needed and not date(OLDEST_YEAR, 1, 1) <= date(year or 0, month or 1, day or 1) <= today():
            raise BirthUnfit
    except (ValueError, OverflowError) as error:
        raise BirthUnfit from error


@action("family.edit")
def settle_district(actor: Actor, family: Family, *, district: District, seen: Seen | None = None) -> Family:
    """Record the district where the family lives now.

    Raises:
        ChangedMeanwhile.
    """
    now = {"district": held(family).district}
    require_unchanged(actor, seen, now=now, given={"district": district}, about=family.code, step="family.edit")
    keep_changes(actor, family, now, {"district": district})
    family.district = district
    family.save(update_fields=["district"])
    return family


@action("family.edit")
def move_person(actor: Actor, family: Family, *, person: Person, to: Family, on: date, kinship: str = "") -> Membership:
    """Let a person leave a family and join another on a day; the open case moves along, the history stays.

    Raises:
        NotAllowed: the other family is out of the actor's reach.
        AlreadySettled: the person does not live in the first family now.
        JoinedAlready: the person goes on in another file.
        InTheFuture.
    """
    if not actor.reaches(to):
        raise NotAllowed
    if on > today():
        raise InTheFuture(on=on)
    require_own_file(person)
    now = Membership.objects.select_for_update().filter(family=family, person=person, until=None).first()
    if now is None or now.since > on:
        raise AlreadySettled(on=on)
    now.until = on
    now.save(update_fields=["until"])
    Case.objects.filter(person=person, closed_on=None).update(family=to)
    Task.objects.filter(case__person=person, case__closed_on=None, done_on=None).update(family=to)
    hand_over(to)
    return Membership.objects.create(family=to, person=person, kinship=kinship, since=on)


@action("relationship.state")
def state_relationship(
    actor: Actor, subject: Person, *, kind: str, other: Person, evidence: str = STATED, seen: Seen | None = None
) -> Relationship:
    """Record that one person is related to another, and what says so; verified evidence stays as it is.

    Raises:
        ChangedMeanwhile: it is recorded already, with other evidence than the writer saw.
        SecondPersonNeeded, Unknown (kind or evidence).
        NotAllowed: the other person is out of the actor's reach.
    """
    if subject.pk == other.pk:
        raise SecondPersonNeeded
    if not actor.reaches(other):
        raise NotAllowed
    kind, evidence = catalogue().known("relationship_kinds", kind), catalogue().known("evidence_kinds", evidence)
    relation, is_new = Relationship.objects.select_for_update().get_or_create(
        subject=subject, kind=kind, other=other, defaults={"evidence": evidence}
    )
    if not is_new and not relation.is_verified:
        there = {"evidence": relation.evidence}
        require_unchanged(
            actor, seen, now=there, given={"evidence": evidence}, about=subject.code, step="relationship.state"
        )
        relation.evidence = evidence
        relation.save(update_fields=["evidence"])
    return relation


@action("relationship.verify")
def verify_relationship(
    actor: Actor, family: Family, *, relationship: Relationship, evidence: str, seen: Seen | None = None
) -> Relationship:
    """Confirm a relationship of somebody in a family by a record, a decision or an outcome; who did it first stays.

    Raises:
        ChangedMeanwhile.
        NotOfThisFamily: neither of the two belongs to it.
        EvidenceMissing: a mere statement, of a person or a list, proves nothing.
    """
    related = (relationship.subject_id, relationship.other_id)
    if not Membership.objects.filter(family=family, person__in=related).exists():
        raise NotOfThisFamily
    kinds = {entry.code: entry for entry in catalogue().evidence_kinds}
    if evidence not in kinds or not kinds[evidence].proves:
        raise EvidenceMissing
    relationship = Relationship.objects.select_for_update(of=("self",)).select_related("subject", "other").get(
        pk=relationship.pk
    )  # fmt: skip
    now = {"evidence": relationship.evidence}
    require_unchanged(actor, seen, now=now, given={"evidence": evidence}, about=family.code, step="relationship.verify")
    if relationship.is_verified and relationship.evidence == evidence:
        return relationship
    relationship.evidence = evidence
    relationship.verified_on, relationship.verified_by_id = today(), actor.staff_id
    relationship.save(update_fields=["evidence", "verified_on", "verified_by"])
    return relationship


def year_of(birth: BirthDate) -> tuple[int | None, int]:
    """Return the birth year that casework keeps in the clear, and how sure it is."""
    if not birth.year:
        return None, Person.YearPrecision.UNKNOWN
    unsure = birth.precision == Precision.ABOUT or birth.doubt == "impossible"
    return birth.year, Person.YearPrecision.ABOUT if unsure else Person.YearPrecision.KNOWN
