"""The review queue: pairs of records that may be one person, and one pair side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalRow, Case, Membership, Merge, Person, Suggestion, TracingRequest
from panoh.casework.queries.comparing import Compared, Fact, Side, compare, finding
from panoh.casework.queries.merging import both_within, goes_on_as
from panoh.vault.queries import IdentityFacts, names_of, open_identities, open_parts

__all__ = [
    "TABS", "Pair", "PairLine", "after", "counts_of_pairs", "first_pair", "pair_for", "pair_shown", "pairs_page",
    "persons_named",
]  # fmt: skip

PAGE_ROWS = 50
PURPOSE = "duplicate_review"
State = Suggestion.State
# The parts of the queue: what waits first.
TABS = {
    "open": gettext_lazy("To decide"),
    "unsure": gettext_lazy("Not sure"),
    "join": gettext_lazy("The same, not joined yet"),
    "same": gettext_lazy("The same person"),
    "different": gettext_lazy("Different people"),
}
STATES = {"open": State.OPEN, "unsure": State.UNSURE, "join": State.SAME, "same": State.SAME,
          "different": State.DIFFERENT}  # fmt: skip


def _part(tab: str) -> Q:
    state = Q(state=STATES[tab])
    live = Merge.objects.filter(suggestion=OuterRef("pk"), state__in=[Merge.State.PROPOSED, Merge.State.JOINED])
    return state & Q(other__isnull=False) & ~Q(Exists(live)) if tab == "join" else state


def _within(actor: Actor) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(both_within(actor))


def counts_of_pairs(actor: Actor) -> Mapping[str, int]:
    """Return how many pairs stand in each part of the queue. One query."""
    return _within(actor).aggregate(**{tab: Count("pk", filter=_part(tab)) for tab in TABS})


@dataclass(frozen=True)
class PairLine:
    """One pair in the queue: codes and words, no name."""

    suggestion: Suggestion
    codes: tuple[str, str]
    why: list[str]
    origin: str


def pairs_page(actor: Actor, *, tab: str, number: object) -> Page[Any]:
    """Return one page of a part of the queue, the strongest suggestions first; nobody's identity is opened."""
    found = _within(actor).filter(_part(tab)).select_related("person", "other", "request", "decided_by")
    page: Page[Any] = Paginator(found.order_by(*ORDER), PAGE_ROWS).get_page(number)  # type: ignore[arg-type]
    page.object_list = [_line(one) for one in page.object_list]
    return page


ORDER = (F("weight").desc(), "pk")


def _line(suggestion: Suggestion) -> PairLine:
    second = suggestion.other or suggestion.request
    codes = (suggestion.person.code, second.code if second else "")
    return PairLine(suggestion, codes, _why(suggestion), str(suggestion.get_origin_display()))


def _why(suggestion: Suggestion) -> list[str]:
    words = catalogue()
    return [
        _("%(field)s: %(finding)s") % {"field": words.label("match_fields", field), "finding": finding(found)[1]}
        for field, found in suggestion.evidence.items()
    ]


def first_pair(actor: Actor) -> str | None:
    """Return the code of the pair to decide first."""
    return _within(actor).filter(state=State.OPEN).order_by(*ORDER).values_list("code", flat=True).first()


def after(actor: Actor, suggestion: Suggestion, *, back: bool = False) -> str | None:
    """Return the code of the next pair to decide after this one in the queue, or of the one before it."""
    lower = Q(weight=suggestion.weight, pk__gt=suggestion.pk) | Q(weight__lt=suggestion.weight)
    higher = Q(weight=suggestion.weight, pk__lt=suggestion.pk) | Q(weight__gt=suggestion.weight)
    found = _within(actor).filter(higher if back else lower, state=State.OPEN)
    order = ("weight", "-pk") if back else ORDER
    return found.order_by(*order).values_list("code", flat=True).first()


def pair_for(actor: Actor, code: str) -> Suggestion:
    """Return the pair of this code, both of whose records lie in reach.

    Raises:
        NotThere: absent, or not the actor's to see.
    """
    records = ("person__identity", "other__identity", "request__identity", "request__row__arrival_list", "decided_by")
    found = _within(actor).filter(code=code).select_related(*records).first()
    if found is None:
        raise NotThere
    return found


def persons_named(suggestion: Suggestion) -> list[Person]:
    """Return the one or two people of a pair."""
    return [person for person in (suggestion.person, suggestion.other) if person]


# --- one pair, opened --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two records side by side, why they are here, and the pairs before and after."""

    suggestion: Suggestion
    one: Side
    other: Side
    rows: list[Compared]
    why: list[str]
    merge: Merge | None
    is_one: bool
    before: str | None
    next: str | None


def pair_shown(actor: Actor, suggestion: Suggestion) -> Pair:
    """Return a pair with both identities opened; the audit names the pair, and both as opened for this purpose."""
    people = persons_named(suggestion)
    request = suggestion.request
    identities = [person.identity_id for person in people] + ([request.identity_id] if request else [])
    facts = open_identities(actor, identities, purpose=PURPOSE, about=suggestion.code)
    sides = _sides_of(actor, suggestion, people, facts)
    if request:
        sides.append(_side_of_request(request, facts.get(request.identity_id, IdentityFacts())))
    live = suggestion.merges.filter(state__in=[Merge.State.PROPOSED, Merge.State.JOINED]).first()
    return Pair(
        suggestion=suggestion,
        one=sides[0],
        other=sides[1],
        rows=compare(sides[0], sides[1], suggestion.evidence),
        why=_why(suggestion),
        merge=live,
        is_one=len({side.leads_to or side.code for side in sides}) == 1,
        before=after(actor, suggestion, back=True),
        next=after(actor, suggestion),
    )


def _sides_of(
    actor: Actor, suggestion: Suggestion, people: Sequence[Person], facts: Mapping[UUID, IdentityFacts]
) -> list[Side]:
    homes = _homes(people)
    around = [(person_id, member) for person_id, home in homes.items() for member in home[1]]
    names = names_of(
        actor, {member.person.identity_id for _id, member in around}, purpose=PURPOSE, about=suggestion.code
    )
    cases: dict[int, Case] = {}
    for case in Case.objects.filter(person__in=people).order_by("opened_on", "pk"):
        cases[case.person_id] = case
    rows = list(ArrivalRow.objects.filter(person__in=people).select_related("arrival_list").order_by("pk"))
    words = catalogue()
    sides = []
    for person in people:
        family, members = homes.get(person.pk, ("", []))
        last = cases.get(person.pk)
        leads_to = goes_on_as(person).code
        sides.append(
            Side(
                code=person.code,
                is_request=False,
                facts=facts.get(person.identity_id, IdentityFacts()),
                sex=person.sex,
                nationality=person.nationality,
                family=family,
                members=[
                    (
                        names.get(member.person.identity_id, member.person.code),
                        words.label("kinships", member.kinship) if member.kinship else "",
                    )
                    for member in members
                ],
                case=last.code if last else "",
                stage=words.stage_numbered(last.stage).label if last else "",
                leads_to=leads_to if leads_to != person.code else "",
                origins=[_origin(row) for row in rows if row.person_id == person.pk],
            )
        )
    return sides


def _homes(people: Sequence[Person]) -> dict[int, tuple[str, list[Membership]]]:
    """Return, for each person, the family it lives in now, or lived in last, and who else lives there now."""
    last: dict[int, Membership] = {}
    for membership in Membership.objects.filter(person__in=people).select_related("family").order_by("since", "pk"):
        last[membership.person_id] = membership
    living = Membership.objects.filter(family__in=[home.family_id for home in last.values()], until=None)
    members = list(living.select_related("person").order_by("pk"))
    return {
        person_id: (
            home.family.code,
            [one for one in members if one.family_id == home.family_id and one.person_id != person_id],
        )
        for person_id, home in last.items()
    }


def _side_of_request(request: TracingRequest, facts: IdentityFacts) -> Side:
    said = open_parts([request.applicant_id]).get(request.applicant_id) if request.applicant_id else None
    return Side(
        code=request.code,
        is_request=True,
        facts=facts,
        sex=request.sex,
        applicant=" · ".join(filter(None, (said["name"], said["kinship"]))) if said else "",
        origins=[_origin(request.row)],
    )


def _origin(row: ArrivalRow) -> Fact:
    where = _("%(kind)s, %(sender)s, row %(row)s") % {
        "kind": row.arrival_list.get_kind_display(), "sender": row.arrival_list.sender, "row": row.sheet_row,
    }  # fmt: skip
    return Fact(where, code=row.arrival_list.code)
