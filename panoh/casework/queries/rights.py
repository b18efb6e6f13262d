"""What people ask about their files, as workers read it, and the copy of a file that is given to its person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import SEALED
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Assessment,
    Assistance,
    Case,
    Correction,
    Need,
    Note,
    Person,
    PlanItem,
    RightsRequest,
    StageChange,
    Visit,
)
from panoh.casework.queries.looking import looks_at_person
from panoh.casework.queries.merging import files_joined_to
from panoh.casework.queries.reach import home_of
from panoh.casework.queries.sharing import readers_of
from panoh.casework.queries.timeline import amount
from panoh.casework.refusals_rights import CopyFirst
from panoh.vault.queries import BirthDate, IdentityFacts, open_identities, open_parts

__all__ = [
    "RequestShown", "Section", "facts_to_put_right", "my_file", "request_for", "request_shown", "requests_of",
    "requests_open",
]  # fmt: skip

PURPOSE = "own_copy"
MOST = 200
FACTS = (
    (Correction.Fact.NAME, "names", "text"),
    (Correction.Fact.DOCUMENT, "documents", "number"),
    (Correction.Fact.CONTACT, "contacts", "value"),
    (Correction.Fact.ADDRESS, "addresses", "text"),
)


@dataclass(frozen=True)
class RequestShown:
    """One request in words; corrections: each with what it was, is now and why."""

    request: RightsRequest
    right: str
    asker: str
    words: str
    outcome: str
    answer: str
    corrections: list[tuple[Correction, Mapping[str, str]]]


@dataclass(frozen=True)
class Section:
    """A part of the copy: lines of what it is called and what it says."""

    heading: str
    lines: list[tuple[str, str]]
    none: str = ""


def requests_open(actor: Actor) -> list[tuple[RightsRequest, str]]:
    """Return what waits for an answer, the first due first: in the actor's files, or all by code for who watches."""
    found = RightsRequest.objects.filter(state=RightsRequest.State.OPEN).order_by("due_on", "pk")[:MOST]
    return [(one, catalogue().label("rights", one.right)) for one in found]


def requests_of(person: Person) -> list[tuple[RightsRequest, str]]:
    """Return all that was asked about a person's file, the newest first."""
    found = RightsRequest.objects.filter(person=person).order_by("-pk")
    return [(one, catalogue().label("rights", one.right)) for one in found]


def request_for(actor: Actor, code: str) -> RightsRequest:
    """Return the request of this code, about a person within reach; else NotThere."""
    found = RightsRequest.objects.filter(code=code).select_related("person__home", "settled_by", "recorded_by").first()
    if found is None or not actor.reaches(found):
        raise NotThere
    return found


def request_shown(actor: Actor, request: RightsRequest) -> RequestShown:
    """Return a request as its page shows it, with its sealed words opened; the audit says so."""
    words = catalogue()
    corrections = list(Correction.objects.filter(request=request).select_related("by").order_by("pk"))
    opened = open_parts([request.words_id, request.answer_id, *(one.change_id for one in corrections)])
    audit.write(actor, "right.see", about=request.code)
    asker = words.label("askers", request.asker) if request.asker else _("with the code of a receipt")
    check = words.label("asker_checks", request.asker_check) if request.asker_check else ""

    def said(part: Any) -> str:
        return str(opened.get(part, "")) if part else ""

    return RequestShown(
        request=request,
        right=words.label("rights", request.right),
        asker=f"{asker} ({check})" if check else asker,
        words=said(request.words_id),
        outcome=words.label("right_outcomes", request.outcome) if request.outcome else "",
        answer=said(request.answer_id),
        corrections=[(one, opened.get(one.change_id, {})) for one in corrections],
    )


def facts_to_put_right(actor: Actor, person: Person) -> list[tuple[str, str]]:
    """Return the facts that can be put right: number and words of each, as a form sends them back, and a label."""
    facts = open_identities(actor, [person.identity_id], purpose="complaint", about=person.code)
    known = facts.get(person.identity_id, IdentityFacts())
    return [
        (f"{int(fact)}:{getattr(one, word)}", f"{fact.label}: {getattr(one, word)}")
        for fact, kind, word in FACTS
        for one in getattr(known, kind)
    ]


# --- the copy of one's own file ----------------------------------------------------------------------------------


def my_file(actor: Actor, person: Person) -> list[Section]:
    """Return what is kept of a person, in plain words, for the person: nobody else's data, and no sealed note.

    Raises:
        CopyFirst: nobody made sure today who asks.
    """
    given = RightsRequest.objects.filter(person=person, right="copy", settled_by=actor.me, settled_on=today())
    if not given.exists():
        raise CopyFirst
    people = [person, *(merge.merged for merge in files_joined_to(person))]
    known = open_identities(actor, [one.identity_id for one in people], purpose=PURPOSE, about=person.code)
    cases = list(Case.objects.filter(person__in=people).order_by("pk"))
    return [
        _who(person, [known.get(one.identity_id, IdentityFacts()) for one in people]),
        _way(cases),
        _needs(cases),
        _given(cases),
        _said(cases),
        _visits(person),
        _readers(person),
        _looks(actor, person),
        _rights(),
    ]


def _who(person: Person, all_facts: Iterable[IdentityFacts]) -> Section:
    lines = [(_("Code"), person.code)]
    for facts in all_facts:
        lines += [(name.kind_label, name.text) for name in facts.names]
        lines += [(_("Born"), _born(facts.birth))] if facts.birth.year else []
        lines += [(one.kind_label, one.number) for one in facts.documents]
        lines += [(_("Contact"), one.value) for one in facts.contacts]
        lines += [(_("Address"), one.text) for one in facts.addresses]
    lines.append((_("Sex"), str(person.get_sex_display())))
    lines += [(_("Nationality"), person.nationality)] if person.nationality else []
    return Section(_("Who you are"), lines)


def _born(birth: BirthDate) -> str:
    """Return a birth date as far as it is known, the day first."""
    if birth.year and birth.month:
        return date_format(date(birth.year, birth.month, birth.day or 1), "DATE_FORMAT" if birth.day else "F Y")
    return str(birth.year)


def _way(cases: list[Case]) -> Section:
    changes = StageChange.objects.filter(case__in=cases).order_by("on", "pk")
    lines = [(date_format(one.on), catalogue().stage_numbered(one.to_stage).label) for one in changes]
    return Section(_("The way so far"), lines, _("No work with you was opened."))


def _needs(cases: list[Case]) -> Section:
    words = catalogue()
    needs = list(Need.objects.filter(case__in=cases).exclude(field_class__in=SEALED).order_by("pk"))
    said = open_parts(need.words_id for need in needs)
    lines = []
    for need in needs:
        told = [str(need.get_state_display()), str(said.get(need.words_id, "")) if need.words_id else ""]
        lines.append((words.label("domains", need.domain), "; ".join(filter(None, told))))
    steps = PlanItem.objects.filter(need__in=needs).select_related("provider").order_by("pk")
    for step in steps:
        ended = words.label("step_outcomes", step.outcome) if step.outcome else _("planned")
        who = step.provider.name if step.provider else ""
        due = date_format(step.due) if step.due else ""
        lines.append((words.label("services", step.service), "; ".join(filter(None, (ended, who, due)))))
    return Section(_("What you need, and what is planned"), lines, _("Nothing was recorded."))


def _given(cases: list[Case]) -> Section:
    given = Assistance.objects.filter(case__in=cases, wrong_on=None).exclude(field_class__in=SEALED)
    lines = [
        (
            date_format(one.given_on),
            f"{catalogue().label('services', one.service)}: {amount(one.quantity, one.unit, one.currency)},"
            f" {one.agency}",
        )
        for one in given.select_related("agency").order_by("given_on", "pk")
    ]
    return Section(_("What was given to you"), lines, _("Nothing was recorded."))


def _said(cases: list[Case]) -> Section:
    talks = list(Assessment.objects.filter(case__in=cases).order_by("made_on", "pk"))
    notes = list(Note.objects.filter(case__in=cases).exclude(field_class__in=SEALED).order_by("pk"))
    opened = open_parts([*(one.own_view_id for one in talks), *(one.text_id for one in notes)])
    lines = [
        (date_format(one.made_on), str(opened.get(one.own_view_id, ""))) for one in talks if one.own_view_id in opened
    ]
    lines += [
        (date_format(localdate(one.written_at)), str(opened[one.text_id])) for one in notes if one.text_id in opened
    ]
    return Section(_("What you said, and what was written about you"), lines, _("Nothing was recorded."))


def _visits(person: Person) -> Section:
    made = Visit.objects.filter(family=home_of(person)).exclude(made_on=None).order_by("made_on", "pk")
    lines = [(date_format(one.made_on or today()), catalogue().label("visit_kinds", one.kind)) for one in made]
    return Section(_("Visits to the family"), lines, _("No visit was recorded."))


def _readers(person: Person) -> Section:
    lines = []
    for one in readers_of(home_of(person)):
        until = _("until %(day)s") % {"day": date_format(one.until)} if one.until else ""
        lines.append((one.who, "; ".join(filter(None, (one.why, one.what, until)))))
    return Section(_("Who can open the file, and why"), lines)


def _looks(actor: Actor, person: Person) -> Section:
    looks = looks_at_person(actor, person).looks
    lines = [
        (date_format(one.at, "DATETIME_FORMAT"), "; ".join(filter(None, (f"{one.role}, {one.agency}".rstrip(", "),
                                                                          one.what, one.why))))
        for one in looks
    ]  # fmt: skip
    return Section(_("Who opened it lately"), lines, _("Nobody opened it."))


def _rights() -> Section:
    words = catalogue()
    lines = [(one.label, _("answered within %(n)s days") % {"n": one.days}) for one in words.rights]
    complaint = _("to somebody whom the people it is about cannot ask: answered within %(n)s days")
    lines.append((_("A complaint"), complaint % {"n": words.days("complaint_steps", "answer")}))
    return Section(_("What you can ask"), lines)
