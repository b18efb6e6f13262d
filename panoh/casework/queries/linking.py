"""Rows of a list, and those of the register who may be meant by them, as the records that lists are joined by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.models import ArrivalList, ArrivalRow, Membership, Person, TracingRequest
from panoh.casework.reading import RowFacts, WrittenDate, read_grid, understand
from panoh.vault.queries import (
    BirthGuess,
    IdentityFacts,
    LinkRecord,
    NameKind,
    open_for_linking,
    open_parts,
    who_may_be,
)

__all__ = ["REGISTER", "REQUESTS", "codes_of_rows", "records_near", "records_of_file", "records_of_list"]

REGISTER, REQUESTS = "register", "requests"
SEXES = {"female": "f", "male": "m", "f": "f", "m": "m"}
PUT_ASIDE = (ArrivalRow.Decision.SAME, ArrivalRow.Decision.LEFT_OUT)


def records_of_file(content: bytes, file_name: str) -> list[LinkRecord]:
    """Return the rows of a sender's file; nothing is kept, and no database is asked.

    Raises:
        FileUnreadable: one of its kinds.
    """
    read = understand(read_grid(content, file_name=file_name), today=today())
    return [_of_row(file_name, str(row.number), row.facts) for row in read.rows if row.status != "unreadable"]


def records_of_list(arrivals: ArrivalList) -> list[LinkRecord]:
    """Return the rows of a list that may stand for somebody, as they were understood or mended."""
    rows = list(arrivals.rows.exclude(decision__in=PUT_ASIDE).exclude(state=ArrivalRow.State.UNREADABLE))
    opened = open_parts(row.facts_id for row in rows)
    return [
        _of_row(arrivals.code, str(row.number), _facts(opened[row.facts_id]["facts"]))
        for row in rows
        if row.facts_id in opened
    ]


def _facts(kept: Mapping[str, Any]) -> RowFacts:
    return RowFacts(**{**kept, "birth": WrittenDate(**kept["birth"])})


def _of_row(source: str, row: str, facts: RowFacts) -> LinkRecord:
    birth = facts.birth
    is_year_only = birth.doubt == "year_only"
    return LinkRecord(
        source=source,
        row=row,
        names=tuple(name for name in (facts.name, facts.other_name) if name),
        birth=BirthGuess(
            birth.year,
            None if is_year_only else birth.month,
            None if is_year_only else birth.day,
            birth.precision,
        ),
        sex=SEXES.get(facts.sex, ""),  # type: ignore[arg-type]  # the words of Sex
        place=facts.place or facts.place_of_birth,
        family=facts.family_number,
        kinship=facts.kinship,
        papers=(facts.document_number,) if facts.document_number else (),
    )


def codes_of_rows(arrivals: ArrivalList) -> dict[str, str]:
    """Return the code of the person or tracing request that each row (by number) stands for by now."""
    rows = arrivals.rows.select_related("person", "tracing_request")
    return {
        str(row.number): row.person.code if row.person else row.tracing_request.code
        for row in rows
        if row.person_id or hasattr(row, "tracing_request")
    }


# --- the register ------------------------------------------------------------------------------------------------


def records_near(
    actor: Actor, records: Sequence[LinkRecord], *, about: str, without: Iterable[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[LinkRecord]:  # fmt: skip
    """Return who of the register and of the open tracing requests may be meant by these rows, with their families.

    Only they are opened: the index finds them by blind keys. without: codes that are the rows themselves.

    Raises:
        NotAllowed: the actor does not join lists with the register.
    """
    found = who_may_be(records, progress=progress)
    people = list(Person.objects.filter(identity__in=found))
    families = Membership.objects.filter(person__in=people, until=None).values("family")
    members = {
        member.person_id: member
        for member in Membership.objects.filter(family__in=families, until=None).select_related("person", "family")
    }
    everybody = {person.pk: person for person in people}
    everybody |= {pk: member.person for pk, member in members.items()}
    open_requests = TracingRequest.objects.filter(identity__in=found, state=TracingRequest.State.OPEN)
    told = frozenset(without)
    persons = [person for person in everybody.values() if person.code not in told]
    requests = [request for request in open_requests if request.code not in told]
    ids = [person.identity_id for person in persons] + [request.identity_id for request in requests]
    opened = open_for_linking(actor, ids, about=about)
    records_found = [
        _of_facts(REGISTER, person.code, opened[person.identity_id], person.sex, *_home(members.get(person.pk)))
        for person in persons
        if person.identity_id in opened
    ]
    records_found += [
        _of_facts(REQUESTS, request.code, opened[request.identity_id], request.sex)
        for request in requests
        if request.identity_id in opened
    ]
    return records_found


def _home(member: Membership | None) -> tuple[str, str]:
    return (member.family.code, member.kinship) if member else ("", "")


def _of_facts(
    source: str, code: str, facts: IdentityFacts, sex: str, family: str = "", kinship: str = ""
) -> LinkRecord:
    born = facts.birth
    return LinkRecord(
        source=source,
        row=code,
        names=tuple(name.text for name in facts.names if name.kind != NameKind.STAND_IN),
        birth=BirthGuess(born.year, born.month, born.day, born.precision),  # type: ignore[arg-type]  # a word of Precision
        sex=SEXES.get(sex, ""),  # type: ignore[arg-type]  # the words of Sex
        place=facts.addresses[0].text if facts.addresses else "",
        family=family,
        kinship=kinship,
        papers=tuple(paper.number for paper in facts.documents),
    )
