"""Hand-overs abroad as they are read, what a package of a family tells, and questions whether somebody is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.instance_keys import own_key
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.handing.package import Package, PersonTold, RelationTold, Told
from panoh.casework.models import (
    Assistance,
    Case,
    HandOverAbroad,
    Membership,
    Need,
    Note,
    Person,
    Relationship,
    TracingQuestion,
)
from panoh.casework.queries.finding import Asked, PeopleFound, find_people
from panoh.casework.queries.timeline import amount
from panoh.casework.refusals_handing import NobodyToHandOver, PartnerNotThere
from panoh.vault.queries import (
    Address,
    BirthDate,
    Contact,
    Document,
    Group,
    IdentityFacts,
    Name,
    open_identities,
    open_parts,
)

__all__ = [
    "HandOverShown", "PartnerAbroad", "QuestionShown", "hand_over_for", "hand_over_shown", "hand_overs", "package_of",
    "partner_abroad", "partners_abroad", "question_for", "question_shown", "questions",
]  # fmt: skip

MOST = 200
MOVED = "moved_abroad"
GROUPS = {
    FieldClass.IDENTITY: (Group.NAMES, Group.BIRTH, Group.DOCUMENTS),
    FieldClass.LOCATION: (Group.CONTACTS, Group.ADDRESSES),
}


@dataclass(frozen=True)
class PartnerAbroad:
    """Another instance whose key two people confirmed."""

    code: str
    name: str
    country: str
    key: str
    age_key: str


@dataclass(frozen=True)
class HandOverShown:
    """One hand-over in words; open_cases: codes that are not closed yet; kept_until: the day its stub falls due."""

    hand_over: HandOverAbroad
    purpose: str
    classes: list[str]
    because: str
    is_mine: bool
    open_cases: list[str]
    kept_until: date | None


@dataclass(frozen=True)
class QuestionShown:
    """One question in words while it waits; found: who may be meant, once the register was searched."""

    question: TracingQuestion
    words: Mapping[str, str]
    found: PeopleFound | None


def partners_abroad() -> list[PartnerAbroad]:
    """Return the instances to which a file can go, and from which one can come."""
    with connection.cursor() as cursor:
        cursor.execute("select code, name, country, key, age_key from app.trusted_partners()")
        return [PartnerAbroad(*row) for row in cursor.fetchall()]


def partner_abroad(code: str) -> PartnerAbroad:
    """Return the partner of this code.

    Raises:
        PartnerNotThere.
    """
    found = next((one for one in partners_abroad() if one.code == code), None)
    if found is None:
        raise PartnerNotThere
    return found


def hand_overs(actor: Actor) -> list[HandOverAbroad]:
    """Return the hand-overs of families within the actor's reach, the newest first; the fence decides which."""
    return list(HandOverAbroad.objects.select_related("family", "proposed_by").order_by("-pk")[:MOST])


def hand_over_for(actor: Actor, code: str) -> HandOverAbroad:
    """Return the hand-over of this code, of a family within reach; else NotThere."""
    found = HandOverAbroad.objects.filter(code=code).select_related("family", "proposed_by", "decided_by").first()
    if found is None or not actor.reaches(found):
        raise NotThere
    return found


def hand_over_shown(actor: Actor, hand_over: HandOverAbroad) -> HandOverShown:
    """Return a hand-over as its page shows it; the audit says so."""
    opened = open_parts([hand_over.because_id])
    audit.write(actor, "handover.see", about=hand_over.code, purpose=hand_over.purpose)
    open_cases = list(Case.objects.filter(family=hand_over.family_id, closed_on=None).values_list("code", flat=True))
    is_over = hand_over.state == HandOverAbroad.State.RECEIVED and not open_cases
    return HandOverShown(
        hand_over=hand_over,
        purpose=catalogue().label("purposes", hand_over.purpose),
        classes=[str(FieldClass(kind).label) for kind in hand_over.classes],
        because=str(opened.get(hand_over.because_id, "")),
        is_mine=hand_over.proposed_by_id == actor.staff_id,
        open_cases=open_cases,
        kept_until=_stub_until(hand_over) if is_over else None,
    )


def _stub_until(hand_over: HandOverAbroad) -> date | None:
    """Return when what is left of a family that moved abroad falls due, by the class of such files."""
    classes = catalogue().retention_classes
    months = next(one.months for one in classes if MOVED in one.closing_reasons or not one.closing_reasons + one.stages)
    with connection.cursor() as cursor:
        cursor.execute(
            "select (max(closed_on) + make_interval(months => %s))::date from casework_case where family_id = %s",
            [months, hand_over.family_id],
        )
        until: date | None = cursor.fetchone()[0]
    return until


# --- what a package tells ----------------------------------------------------------------------------------------


def package_of(actor: Actor, hand_over: HandOverAbroad, *, because: str) -> Package:
    """Return what leaves: of one family, the chosen classes, as far as the actor sees them; names are opened once.

    Raises:
        NobodyToHandOver.
    """
    kinds = {FieldClass(kind) for kind in hand_over.classes} | {FieldClass.FILE}
    living = Membership.objects.filter(family=hand_over.family_id, until=None, person__forgetting=None)
    members = list(living.select_related("person").order_by("pk"))
    if not members:
        raise NobodyToHandOver
    groups = [group for kind in sorted(kinds) for group in GROUPS.get(kind, ())]
    known: dict[UUID, IdentityFacts] = {}
    if groups:
        identities = [one.person.identity_id for one in members]
        known = open_identities(actor, identities, purpose=hand_over.purpose, about=hand_over.code, groups=groups)
    people = [one.person for one in members]
    place = {person.pk: at for at, person in enumerate(people)}
    needs, given = _needs(people, kinds), _given(people, kinds)
    return Package(
        sender=own_key(),
        recipient=hand_over.partner_key,
        made_on=today(),
        purpose=hand_over.purpose,
        basis=hand_over.basis,
        because=because,
        classes=tuple(sorted(int(kind) for kind in kinds)),
        people=tuple(
            _told(one, known.get(one.person.identity_id), needs.get(one.person_id, ()), given.get(one.person_id, ()))
            for one in members
        ),
        relations=tuple(
            RelationTold(subject=place[one.subject_id], kind=one.kind, other=place[one.other_id])
            for one in Relationship.objects.filter(subject__in=people, other__in=people).order_by("pk")
        ),
        notes=_notes(hand_over.family_id, kinds),
    )


def _told(
    member: Membership, facts: IdentityFacts | None, needs: Collection[Told], given: Collection[Told]
) -> PersonTold:
    person = member.person
    return PersonTold(
        sex=person.sex,
        birth_year=person.birth_year,
        is_about=person.birth_precision == Person.YearPrecision.ABOUT,
        nationality=person.nationality,
        kinship=member.kinship,
        facts=_bare(facts or IdentityFacts()),
        needs=tuple(needs),
        given=tuple(given),
    )


def _bare(facts: IdentityFacts) -> IdentityFacts:
    """Return the facts without where each was read here: that is ours, and may name a list."""
    birth = facts.birth
    return IdentityFacts(
        names=tuple(Name(one.text, one.kind, one.script) for one in facts.names),
        birth=BirthDate(birth.year, birth.month, birth.day, birth.precision),
        documents=tuple(Document(one.kind, one.number) for one in facts.documents),
        contacts=tuple(Contact(one.kind, one.value, one.safe_when) for one in facts.contacts),
        addresses=tuple(Address(one.text, one.since) for one in facts.addresses),
    )


def _needs(people: Collection[Person], kinds: Collection[FieldClass]) -> dict[int, list[Told]]:
    needs = list(
        Need.objects.filter(case__person__in=people, state=Need.State.OPEN, field_class__in=kinds)
        .select_related("case")
        .order_by("pk")
    )
    words = open_parts(need.words_id for need in needs)
    told: dict[int, list[Told]] = {}
    for need in needs:
        said = str(words.get(need.words_id, "")) if need.words_id else ""
        one = Told(kind=need.field_class, what=need.domain, words=said, urgency=need.urgency)
        told.setdefault(need.case.person_id, []).append(one)
    return told


def _given(people: Collection[Person], kinds: Collection[FieldClass]) -> dict[int, list[Told]]:
    given = Assistance.objects.filter(case__person__in=people, wrong_on=None, field_class__in=kinds)
    told: dict[int, list[Told]] = {}
    for one in given.select_related("case").order_by("given_on", "pk"):
        what = catalogue().label("services", one.service)
        said = f"{one.given_on.isoformat()}: {what}, {amount(one.quantity, one.unit, one.currency)}"
        told.setdefault(one.case.person_id, []).append(Told(kind=one.field_class, words=said))
    return told


def _notes(family: int, kinds: Collection[FieldClass]) -> tuple[Told, ...]:
    notes = list(Note.objects.filter(family=family, field_class__in=kinds).order_by("pk"))
    opened = open_parts(note.text_id for note in notes)
    return tuple(Told(kind=one.field_class, words=str(opened[one.text_id])) for one in notes if one.text_id in opened)


# --- questions ---------------------------------------------------------------------------------------------------


def questions(actor: Actor) -> list[TracingQuestion]:
    """Return the questions of other countries, those that wait first."""
    found = TracingQuestion.objects.select_related("recorded_by", "answered_by")
    return list(found.order_by("-answered_on", "-pk")[:MOST]) if actor.may("question.answer") else []


def question_for(actor: Actor, code: str) -> TracingQuestion:
    """Return the question of this code; else NotThere."""
    found = TracingQuestion.objects.filter(code=code).first()
    if found is None or not actor.may("question.answer"):
        raise NotThere
    return found


def question_shown(actor: Actor, question: TracingQuestion, *, search: bool = False) -> QuestionShown:
    """Return a question with its words while it waits; search: and who may be meant, by the vault's own comparison.

    Raises:
        SearchedEnough: today's searches are spent.
    """
    opened = open_parts([question.words_id])
    words: Mapping[str, str] = opened.get(question.words_id, {})
    audit.write(actor, "question.answer", about=question.code, purpose="family_tracing")
    found = None
    if search and words:
        year = int(words["birth_year"]) if words.get("birth_year") else None
        found = find_people(actor, Asked(words["name"], year), purpose="family_tracing", everywhere=True)
    return QuestionShown(question, words, found)
