"""From rows of a confirmed list to persons, families and cases, or to tracing requests; in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from panoh.access.actions import Progress
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency
from panoh.casework.actions.families import year_of
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    ArrivalList,
    ArrivalRow,
    Case,
    Family,
    Membership,
    Person,
    Relationship,
    StageChange,
    Task,
    TracingRequest,
)
from panoh.casework.reading.remarks import STAND_INS
from panoh.vault import actions as vault
from panoh.vault.queries import (
    Address,
    BirthDate,
    Contact,
    Document,
    Group,
    IdentityFacts,
    Name,
    NameKind,
    Origin,
    Precision,
    open_parts,
    script_of,
)

BATCH_ROWS = 500
# Where thousands of rows change, Django's bulk_update spends most of its time on writing the statement.
STANDS_FOR = """
    update casework_arrivalrow listed set person_id = became.person_id
    from unnest(%s::bigint[], %s::bigint[]) became (id, person_id) where listed.id = became.id
"""
CHILDREN = frozenset({"child", "daughter", "son"})
SEX = {"female": Person.Sex.FEMALE, "male": Person.Sex.MALE}
# What is still open about a person becomes a task for whoever leads the family.
TASK_FOR = {
    "year_only": "settle_birth_date",
    "impossible": "settle_birth_date",
    "impossible_altogether": "settle_birth_date",
    "ambiguous_order": "settle_birth_date",
    "future": "settle_birth_date",
    "too_old": "settle_birth_date",
    "two_digits": "settle_birth_date",
    "islamic_year": "settle_birth_date",
    "islamic_year_open": "settle_birth_date",
    "not_a_date": "settle_birth_date",
    "age_differs": "settle_birth_date",
    "mother_too_young": "settle_birth_date",
    "sex_word_unknown": "settle_sex",
    "sex_and_kinship_differ": "settle_sex",
    "sex_and_name_differ": "settle_sex",
    "nameless": "find_name",
    "name_without_letters": "find_name",
    "same_name_close_dates": "check_list_entry",
    "duplicate_by_name": "check_list_entry",
    "duplicate_by_document": "check_list_entry",
}
# What the sentence of a row leaves open even when the row is taken as it stands: no day, no name was read.
STAYS_OPEN = frozenset({"impossible", "impossible_altogether", "future", "too_old", "not_a_date", "islamic_year_open"})
TAKEN = (ArrivalRow.Decision.AS_READ, ArrivalRow.Decision.ONLY_YEAR)
DAYS_TO_SETTLE = 14


@dataclass
class Registered:
    """How many of each were made, and how many rows still wait."""

    persons: int = 0
    families: int = 0
    cases: int = 0
    tracing_requests: int = 0
    tasks: int = 0
    held: int = 0
    code: str = ""


@dataclass
class _Household:
    family: Family
    members: list[tuple[ArrivalRow, dict[str, Any], Person]] = field(default_factory=list)


def register(actor: Actor, arrivals: ArrivalList, rows: Sequence[ArrivalRow], progress: Progress) -> Registered:
    """Make what the rows stand for; the caller holds the transaction. progress gets rows done and rows in all."""
    opened = open_parts(row.facts_id for row in rows)
    header = next(iter(open_parts([arrivals.header_id]).values()))
    headings = {str(column["index"]): column["heading"] for column in header["columns"]}
    read = [(row, opened[row.facts_id]) for row in rows]
    done = Registered(code=arrivals.code)
    if arrivals.kind == ArrivalList.Kind.RELATIVES:
        _seek(arrivals, read, headings, done, progress)
    else:
        _bring(actor, arrivals, read, headings, done, progress)
    done.held = arrivals.rows.filter(is_held=True).count()
    return done


def _seek(
    arrivals: ArrivalList,
    read: Sequence[tuple[ArrivalRow, Any]],
    headings: dict[str, str],
    done: Registered,
    progress: Progress,
) -> None:
    for begun in range(0, len(read), BATCH_ROWS):
        batch = read[begun : begun + BATCH_ROWS]
        identities = vault.keep_identities(
            [_facts(arrivals, row, kept, headings) for row, kept in batch], is_sought=True
        )
        applicants = vault.keep_parts(
            arrivals.papers_id,
            Group.TEXT,
            [
                {"name": kept["facts"]["applicant_name"], "kinship": kept["facts"]["applicant_kinship"]}
                for _, kept in batch
            ],
        )
        TracingRequest.objects.bulk_create(
            TracingRequest(
                identity_id=identity,
                applicant_id=applicant,
                row=row,
                sex=SEX.get(kept["facts"]["sex"], Person.Sex.UNKNOWN),
                birth_year=kept["facts"]["birth"]["year"],
                opened_on=today(),
            )
            for (row, kept), identity, applicant in zip(batch, identities, applicants, strict=True)
        )
        owned = zip(batch, applicants, identities, strict=True)
        vault.hand_over_parts(
            {part: identity for (row, _), applicant, identity in owned for part in (row.facts_id, applicant)}
        )
        done.tracing_requests += len(batch)
        progress(begun + len(batch), len(read))


def _bring(
    actor: Actor,
    arrivals: ArrivalList,
    read: Sequence[tuple[ArrivalRow, Any]],
    headings: dict[str, str],
    done: Registered,
    progress: Progress,
) -> None:
    households = _households(actor, read, done)
    persons: list[tuple[ArrivalRow, Any, Person]] = []
    for begun in range(0, len(read), BATCH_ROWS):
        batch = read[begun : begun + BATCH_ROWS]
        facts = [_facts(arrivals, row, kept, headings) for row, kept in batch]
        identities = vault.keep_identities(facts)
        for (row, kept), known, identity in zip(batch, facts, identities, strict=True):
            year, precision = year_of(known.birth)
            persons.append(
                (
                    row,
                    kept,
                    Person(
                        identity_id=identity,
                        home=households[_family_of(row, kept)].family,
                        sex=SEX.get(kept["facts"]["sex"], Person.Sex.UNKNOWN),
                        birth_year=year,
                        birth_precision=precision,
                        nationality=_country(kept["facts"]["nationality"]),
                    ),
                )
            )
        progress(begun + len(batch) // 2, len(read))
    for row, kept, person in persons:
        households[_family_of(row, kept)].members.append((row, kept, person))
    for household in households.values():
        _mark_the_alone(household)
    Person.objects.bulk_create((person for _, _, person in persons), batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute(STANDS_FOR, [[row.pk for row, _, _ in persons], [person.pk for _, _, person in persons]])
    _hand_over(arrivals, {row.pk: (row.facts_id, person.identity_id) for row, _, person in persons})
    done.persons = len(persons)
    _settle_in(actor, arrivals, households.values(), done)
    progress(len(read), len(read))


def _hand_over(arrivals: ArrivalList, owned: Mapping[int, tuple[UUID, UUID]]) -> None:
    """Seal each row, and the rows decided to be the same person, with that person's key: forgotten together."""
    owners = dict(owned.values())
    same = arrivals.rows.filter(decision=ArrivalRow.Decision.SAME, same_as__in=owned)
    owners |= {row.facts_id: owned[row.same_as_id or 0][1] for row in same}
    vault.hand_over_parts(owners)


def _households(actor: Actor, read: Sequence[tuple[ArrivalRow, Any]], done: Registered) -> dict[str, _Household]:
    keys = list(dict.fromkeys(_family_of(row, kept) for row, kept in read))
    papers = vault.make_keys_for("family", len(keys))
    agency_id = _lead_agency(actor)
    families = Family.objects.bulk_create(
        (Family(agency_id=agency_id, papers_id=paper, opened_on=today()) for paper in papers), batch_size=1000
    )
    done.families = len(families)
    return {key: _Household(family) for key, family in zip(keys, families, strict=True)}


def _settle_in(actor: Actor, arrivals: ArrivalList, households: Iterable[_Household], done: Registered) -> None:
    stage, on = catalogue().first_stage(arrivals.kind), today()
    memberships, cases, relations, tasks = [], [], [], []
    for household in households:
        relations += _relations(household)
        for row, kept, person in household.members:
            memberships.append(
                Membership(family=household.family, person=person, kinship=kept["facts"]["kinship"], since=on)
            )
            case = Case(person=person, family=household.family, stage=stage.number, opened_on=on)
            cases.append(case)
            tasks += [_task(household.family, case, kind, on) for kind in _open_questions(row, kept)]
    Membership.objects.bulk_create(memberships, batch_size=1000)
    Case.objects.bulk_create(cases, batch_size=1000)
    StageChange.objects.bulk_create(
        (StageChange(case=case, to_stage=stage.number, on=on, by_id=actor.staff_id, reason="opened") for case in cases),
        batch_size=1000,
    )
    Relationship.objects.bulk_create(relations, batch_size=1000)
    Task.objects.bulk_create(tasks, batch_size=1000)
    done.cases, done.tasks = len(cases), len(tasks)


def _task(family: Family, case: Case, kind: str, on: date) -> Task:
    return Task(family=family, case=case, kind=kind, due=on + timedelta(days=DAYS_TO_SETTLE), owner_id=family.worker_id)


def _open_questions(row: ArrivalRow, kept: dict[str, Any]) -> set[str]:
    if row.decision == ArrivalRow.Decision.MENDED:
        return set()
    asked = {remark["code"] for remark in kept["remarks"] if remark["decides"]}
    if row.decision in TAKEN:
        asked &= STAYS_OPEN
    if row.decision == ArrivalRow.Decision.ANOTHER:
        asked -= {code for code, kind in TASK_FOR.items() if kind == "check_list_entry"}
    return {TASK_FOR[code] for code in asked if code in TASK_FOR}


def _relations(household: _Household) -> list[Relationship]:
    """A list that says "mother" and "child" states who is whose parent; nothing more is read into it."""
    parents = [person for _, kept, person in household.members if kept["facts"]["kinship"] in {"mother", "father"}]
    children = [person for _, kept, person in household.members if kept["facts"]["kinship"] in CHILDREN]
    stated = [(parent, "parent", child) for parent in parents[:2] for child in children]
    if not parents:
        stated += [(children[0], "sibling", child) for child in children[1:]]
    return [Relationship(subject=a, kind=kind, other=b, evidence="on_list") for a, kind, b in stated]


def _mark_the_alone(household: _Household) -> None:
    if all(kept["facts"]["kinship"] in CHILDREN for _, kept, _ in household.members):
        for _, _, person in household.members:
            person.is_alone = True


def _family_of(row: ArrivalRow, kept: dict[str, Any]) -> str:
    return kept["facts"]["family_number"] or f"row {row.sheet_row}"


def _facts(arrivals: ArrivalList, row: ArrivalRow, kept: dict[str, Any], headings: dict[str, str]) -> IdentityFacts:
    read, birth, source = kept["facts"], _birth(row, kept["facts"]["birth"]), arrivals.code
    names = [Name(text, kind, script_of(text), source) for text, kind in _names(row, kept)]
    return IdentityFacts(
        names=tuple(names),
        birth=BirthDate(
            year=birth["year"],
            month=birth["month"],
            day=birth["day"],
            precision=birth["precision"],
            written=birth["written"],
            doubt=birth["doubt"] or "",
            source=source,
        ),
        documents=(Document(read["document_kind"] or "other", read["document_number"], source),)
        if read["document_number"]
        else (),
        contacts=(Contact("phone", read["phone"], "", source),) if read["phone"] else (),
        addresses=tuple(Address(text, "", source) for text in (read["place"], read["place_of_birth"]) if text),
        origins=tuple(
            Origin(arrivals.code, row.sheet_row, headings.get(index, ""), text)
            for index, text in kept["cells"].items()
            if text
        ),
    )


def _birth(row: ArrivalRow, birth: Mapping[str, Any]) -> dict[str, Any]:
    """Return the birth date as it was decided: taken as it stands, 1 January is the day, and no doubt is left."""
    is_first = birth["doubt"] == "year_only" and birth["precision"] == "year"
    if is_first and row.decision == ArrivalRow.Decision.AS_READ:
        return {**birth, "precision": Precision.DAY, "doubt": ""}
    decided = row.decision in TAKEN and birth["year"] is not None and birth["doubt"] not in STAYS_OPEN
    year_alone = {"month": None, "day": None} if is_first else {}
    return {**birth, **year_alone, "doubt": "" if decided else birth["doubt"]}


def _names(row: ArrivalRow, kept: dict[str, Any]) -> list[tuple[str, str]]:
    facts = kept["facts"]
    names: list[tuple[str, str]] = [(facts["name"], NameKind.OFFICIAL)] if facts["name"] else []
    names += [(facts["other_name"], NameKind.OTHER_SPELLING)] if facts["other_name"] else []
    if names:
        return names
    who = "child" if facts["kinship"] in CHILDREN else "person"
    if facts["sex"]:
        who = {"child": {"female": "girl", "male": "boy"}, "person": {"female": "woman", "male": "man"}}[who][
            facts["sex"]
        ]
    said = next((remark["details"].get("who") for remark in kept["remarks"] if remark["code"] == "nameless"), who)
    return [(str(STAND_INS[said]) % {"row": row.number}, NameKind.STAND_IN)]


def _country(text: str) -> str:
    return text.upper() if len(text) == 2 and text.isascii() and text.isalpha() else ""


def _lead_agency(actor: Actor) -> int:
    """Return the actor's agency; the operator has none, so the national coordination leads until a worker is named."""
    if actor.agency_id is not None:
        return actor.agency_id
    return Agency.objects.get_or_create(
        code="A0001", defaults={"name": "National coordination", "kind": Agency.Kind.MINISTRY}
    )[0].pk
