"""The register of lawful requests as it is read, the extract that answers one, and the figures of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.refusals import NotThere
from panoh.casework.exporting.columns import COLUMNS
from panoh.casework.models import Grant, LawfulRequest, LawfulReview, Membership, Merge, Person
from panoh.casework.models.lawful import PURPOSE
from panoh.casework.queries.exports import lines_of
from panoh.casework.refusals_requests import NotAtThisPoint
from panoh.vault.queries import Group, IdentityFacts, open_for_answer, open_parts

__all__ = [
    "Extract", "LawfulShown", "YearOfRequests", "lawful_extract", "lawful_for", "lawful_register", "lawful_shown",
    "lawful_year",
]  # fmt: skip

MOST = 200
FIRST_YEAR = 2000
GROUPS: Mapping[int, Sequence[Group]] = {
    FieldClass.IDENTITY: (Group.NAMES, Group.BIRTH, Group.DOCUMENTS),
    FieldClass.LOCATION: (Group.CONTACTS, Group.ADDRESSES),
}


@dataclass(frozen=True)
class LawfulShown:
    """One request in words; reviews: the reader's own until it is settled, then both for who keeps the register."""

    request: LawfulRequest
    words: Mapping[str, str]
    notice: Mapping[str, str]
    asked: list[str]
    agreed: list[str]
    reviews: list[tuple[LawfulReview, str, list[str]]]
    may_review: bool
    may_answer: bool
    is_open: bool


@dataclass(frozen=True)
class Extract:
    """What a request is answered with: lines of heading and words about one person, nothing else."""

    request: LawfulRequest
    person: str
    lines: list[tuple[str, str]] = field(repr=False)


@dataclass(frozen=True)
class YearOfRequests:
    """The figures of a year, a row for each kind of authority and one for all."""

    year: int
    heads: list[str]
    rows: list[tuple[str, list[int]]]


def lawful_register(actor: Actor) -> list[LawfulRequest]:
    """Return the requests the actor may see, those of whom the person should know first; the fence decides which."""
    found = list(LawfulRequest.objects.select_related("recorded_by").order_by("-received_on", "-pk")[:MOST])
    return sorted(found, key=lambda request: not request.is_notice_late)


def lawful_for(actor: Actor, code: str) -> LawfulRequest:
    """Return the request of this code if the actor may see it; else NotThere."""
    found = LawfulRequest.objects.filter(code=code).select_related("recorded_by").first()
    if found is None:
        raise NotThere
    return found


def lawful_shown(actor: Actor, request: LawfulRequest) -> LawfulShown:
    """Return a request as its page shows it, with its sealed words opened; the audit says so."""
    reviews = list(LawfulReview.objects.filter(request=request).select_related("by").order_by("pk"))
    opened = open_parts([request.words_id, request.notice_words_id, *(review.basis_id for review in reviews)])
    audit.write(actor, "lawful.see", about=request.code, purpose=PURPOSE)
    is_reviewed = any(review.by_id == actor.staff_id for review in reviews)
    is_mine = request.recorded_by_id == actor.staff_id
    return LawfulShown(
        request=request,
        words=opened.get(request.words_id, {}),
        notice=opened.get(request.notice_words_id, {}) if request.notice_words_id else {},
        asked=_labels(request.asked),
        agreed=_labels(request.agreed),
        reviews=[
            (review, opened.get(review.basis_id, {}).get("basis", ""), _labels(review.scope)) for review in reviews
        ],
        may_review=actor.may("lawful.review")
        and request.state == LawfulRequest.State.RECEIVED
        and not (is_reviewed or is_mine),
        may_answer=actor.may("lawful.answer") and is_mine and bool(request.agreed)
        and request.state != LawfulRequest.State.REFUSED,
        is_open=is_mine and _grant(actor, request) is not None,
    )  # fmt: skip


def _labels(kinds: Sequence[int]) -> list[str]:
    return [str(FieldClass(kind).label) for kind in kinds]


def _grant(actor: Actor, request: LawfulRequest) -> Grant | None:
    held = Grant.objects.filter(staff=actor.staff_id, purpose=PURPOSE, ended_at=None, until__gte=today())
    return held.filter(family__people_at_home__code__in=_codes(request)).first() if request.agreed else None


def _codes(request: LawfulRequest) -> list[str]:
    """Return the code that was asked about and, if that file was joined to another, the one it goes on under."""
    joined = Merge.objects.filter(merged__code=request.about, state=Merge.State.JOINED)
    return [request.about, *joined.values_list("kept__code", flat=True)]


def lawful_extract(actor: Actor, request: LawfulRequest) -> Extract:
    """Return the minimum extract while the file is open to the actor for it: classes both agreed to, one person.

    Raises:
        NotAtThisPoint: it is not open, or not any more.
    """
    grant = _grant(actor, request)
    if grant is None or request.state != LawfulRequest.State.ANSWERED:
        raise NotAtThisPoint(request=request.code, state=request.get_state_display())
    people = Membership.objects.filter(family=grant.family_id, until=None, person__code__in=_codes(request))
    member = people.select_related("person", "family__district", "family__agency").order_by("-pk").first()
    person = member.person if member else Person.objects.filter(code__in=_codes(request)).latest("pk")
    groups = [group for kind in request.agreed for group in GROUPS.get(kind, ())]
    facts = open_for_answer(actor, person.identity_id, groups=groups, purpose=PURPOSE, about=request.code)
    lines = [(str(COLUMNS["person"].label), person.code)]
    for line in lines_of([member], {person.identity_id: facts}) if member else []:
        told = [column for column in COLUMNS.values() if column.kind in request.agreed and column.code != "person"]
        lines += [(str(column.label), column.read(line)) for column in told]
    return Extract(request, person.code, [(head, said) for head, said in (*lines, *_where(facts)) if said])


def _where(facts: IdentityFacts) -> list[tuple[str, str]]:
    addresses = [(_("Address"), address.text) for address in facts.addresses]
    return addresses + [(_("Contact"), contact.value) for contact in facts.contacts]


def lawful_year(actor: Actor, year: int) -> YearOfRequests:
    """Return how many requests came in a year and what became of them, exactly: they are about authorities."""
    heads = [_("Received"), _("Refused"), _("Appealed against"), _("Partly answered"), _("Being reviewed"),
             _("Notices given")]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select * from app.lawful_counts(%s)", [year])
        counted: dict[int, Sequence[Any]] = {row[0]: row[1:] for row in cursor.fetchall()}
    audit.write(actor, "lawful.count")
    none = [0] * len(heads)
    rows = [(str(kind.label), [int(n) for n in counted.get(kind, none)]) for kind in LawfulRequest.Authority]
    every = [sum(row[place] for _label, row in rows) for place in range(len(heads))]
    return YearOfRequests(year, heads, [*rows, (_("all"), every)])


def years(latest: date) -> list[int]:
    """Return the years to choose from, the latest first."""
    return list(range(latest.year, max(FIRST_YEAR, latest.year - 10), -1))
