"""Plans as pages and paper show them: the talks they rest on, their versions, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.printing import pdf_of
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    AssessedDomain,
    Assessment,
    Case,
    Family,
    Need,
    PlanItem,
    PlanLine,
    PlanSignature,
    PlanVersion,
)
from panoh.casework.queries.purposes import purpose_for
from panoh.casework.queries.reach import within
from panoh.casework.rhythms import kind_for, next_due
from panoh.vault.queries import names_of, open_parts

__all__ = [
    "CasePlan", "Compared", "Line", "PlanShown", "Signed", "Talk", "case_plan", "compare", "due_together", "plan_pdf",
    "plan_shown", "version_for", "versions_of",
]  # fmt: skip

TALKS = 5


@dataclass(frozen=True)
class Talk:
    """An assessment in words: the own view, what goes well and what is needed in each domain, and other answers."""

    assessment: Assessment
    view: str
    not_asked: str
    domains: list[tuple[str, str, str]]
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One line of a version, in words."""

    key: tuple[str, str]
    domain: str
    need: str
    urgency: str
    service: str
    provider: str
    responsible: str
    due: date | None


@dataclass(frozen=True)
class Compared:
    """What is new in a version, what stands there otherwise (now, before), and what was dropped."""

    added: list[Line]
    changed: list[tuple[Line, Line]]
    dropped: list[Line]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.added or self.changed or self.dropped)


@dataclass(frozen=True)
class Signed:
    """A signature in words."""

    signature: PlanSignature
    who: str
    signing: str
    language: str
    reserve: str


@dataclass(frozen=True)
class PlanShown:
    """A version in words, with its signatures and the one before it."""

    version: PlanVersion
    goal: str
    view: str
    not_asked: str
    lines: list[Line]
    signatures: list[Signed]
    before: PlanVersion | None

    @property
    def is_agreed(self) -> bool:
        """Tell whether somebody signed who may: the person, or for a child who cares for it."""
        own = {"self"} if kind_for(self.version.case.person) == Assessment.Kind.ADULT else set()
        others = {signed.signature.signing for signed in self.signatures} - {"self"}
        return bool(others) or any(signed.signature.signing in own for signed in self.signatures)


@dataclass(frozen=True)
class CasePlan:
    """All that the page of one person's plan shows."""

    case: Case
    talks: list[Talk]
    due: date | None
    together_due: date | None
    lacking: list[str]
    versions: list[PlanVersion]
    needs_talk: bool


def versions_of(case: Case) -> list[PlanVersion]:
    """Return the versions of a plan, the newest first."""
    return list(PlanVersion.objects.filter(case=case).select_related("made_by").order_by("-number"))


def version_for(actor: Actor, code: str) -> PlanVersion:
    """Return the version of this code; else NotThere."""
    found = PlanVersion.objects.filter(within(actor, "case__family"), code=code)
    version = found.select_related("case__family", "case__person__identity", "assessment", "made_by").first()
    if version is None:
        raise NotThere
    return version


def case_plan(actor: Actor, case: Case) -> CasePlan:
    """Return the talks with a person, the versions of the plan, and what an urgent need still lacks."""
    versions, talks = versions_of(case), _talks(case)
    own = kind_for(case.person)
    last = next((talk.assessment for talk in talks if talk.assessment.kind == own), None)
    urgent = Need.objects.filter(case=case, state=Need.State.OPEN, urgency=Need.Urgency.URGENT)
    whole = PlanItem.objects.filter(need__in=urgent, responsible__isnull=False, due__isnull=False, outcome="")
    label = catalogue().label
    return CasePlan(
        case=case,
        talks=talks,
        due=case.assess_by if case.is_open else None,
        together_due=due_together(case.family) if case.is_open else None,
        lacking=[label("domains", need.domain) for need in urgent.exclude(pk__in=whole.values("need")).order_by("pk")],
        versions=versions,
        needs_talk=last is None or (bool(versions) and versions[0].assessment_id == last.pk),
    )


def due_together(family: Family) -> date | None:
    """Return by when a family is assessed together, counted from its first case; None where no stage asks for it."""
    cases = list(Case.objects.filter(family=family, closed_on=None).order_by("opened_on"))
    if not cases:
        return None
    talks = Assessment.objects.filter(case__family=family, kind=Assessment.Kind.FAMILY).order_by("-made_on")
    last = talks.values_list("made_on", flat=True).first()
    stage = max(case.stage for case in cases)
    return next_due(Assessment.Kind.FAMILY, stage, last=last, since=cases[0].opened_on)


def _talks(case: Case) -> list[Talk]:
    found = list(Assessment.objects.filter(case=case).select_related("by").order_by("-made_on", "-pk")[:TALKS])
    said = list(AssessedDomain.objects.filter(assessment__in=found).order_by("pk"))
    parts = [*(one.own_view_id for one in found), *(one.answers_id for one in found), *(one.words_id for one in said)]
    words = open_parts(parts)
    label = catalogue().label
    talks = []
    for one in found:
        own = [entry for entry in said if entry.assessment_id == one.pk]
        told = [(entry.domain, words.get(entry.words_id, {})) for entry in own]
        answers: Mapping[str, str] = words.get(one.answers_id, {}) if one.answers_id else {}
        talks.append(
            Talk(
                one,
                words.get(one.own_view_id, "") if one.own_view_id else "",
                label("not_asked_reasons", one.not_asked_because) if one.not_asked_because else "",
                [(label("domains", code), w.get("strengths", ""), w.get("needs", "")) for code, w in told if w],
                [(label("questions", code), text) for code, text in answers.items()],
            )
        )
    return talks


def plan_shown(version: PlanVersion) -> PlanShown:
    """Return a version in words; the fence decides which lines the reader sees."""
    lines = list(
        PlanLine.objects.filter(version=version)
        .select_related("need", "step", "provider", "responsible")
        .order_by("urgency", "pk")
    )
    signatures = list(PlanSignature.objects.filter(version=version).select_related("person", "read_by").order_by("pk"))
    talk = version.assessment
    parts: list[Any] = [version.goal_id, talk.own_view_id, *(line.need.words_id for line in lines)]
    words = open_parts([*parts, *(one.signer_id for one in signatures), *(one.reserve_id for one in signatures)])
    label = catalogue().label
    before = PlanVersion.objects.filter(case=version.case_id, number=version.number - 1)
    return PlanShown(
        version=version,
        goal=words.get(version.goal_id, "") if version.goal_id else "",
        view=words.get(talk.own_view_id, "") if talk.own_view_id else "",
        not_asked=label("not_asked_reasons", talk.not_asked_because) if talk.not_asked_because else "",
        lines=[_line(line, words.get(line.need.words_id, "") if line.need.words_id else "") for line in lines],
        signatures=[
            Signed(
                one,
                one.person.code if one.person else words.get(one.signer_id, ""),  # type: ignore[arg-type]
                label("signings", one.signing),
                label("spoken_languages", one.language),
                words.get(one.reserve_id, "") if one.reserve_id else "",
            )
            for one in signatures
        ],
        before=before.select_related("case__person", "assessment").first(),
    )


def signers_called(actor: Actor, version: PlanVersion) -> dict[str, str]:
    """Return the names of those who signed and have a file, by their code."""
    people = [one.person for one in version.signatures.select_related("person") if one.person]
    identities = [one.identity_id for one in people]
    names = names_of(actor, identities, purpose=purpose_for(actor, version.case.family), about=version.code)
    return {one.code: names.get(one.identity_id, "") for one in people}


def _line(line: PlanLine, words: str) -> Line:
    label = catalogue().label
    return Line(
        key=(line.need.code, line.step.code if line.step else ""),
        domain=label("domains", line.need.domain),
        need=words,
        urgency=str(Need.Urgency(line.urgency).label),
        service=label("services", line.service) if line.service else "",
        provider=line.provider.name if line.provider else "",
        responsible=line.responsible.display_name if line.responsible else "",
        due=line.due,
    )


def compare(now: Sequence[Line], before: Iterable[Line]) -> Compared:
    """Return what differs between two versions, line by line; a line is the same one by its need and step."""
    old, new = {line.key: line for line in before}, {line.key: line for line in now}
    return Compared(
        added=[line for line in now if line.key not in old],
        changed=[(line, old[line.key]) for line in now if line.key in old and line != old[line.key]],
        dropped=[line for key, line in old.items() if key not in new],
    )


def plan_pdf(actor: Actor, version: PlanVersion, language: str) -> bytes:
    """Return a version as PDF for the family, in its language as far as Panoh speaks it; the audit names the person.

    Raises:
        NoPdfHere.
    """
    person, family = version.case.person, version.case.family
    names = names_of(actor, [person.identity_id], purpose=purpose_for(actor, family), about=version.code)
    spoken = {code for code, _name in settings.LANGUAGES}
    with override(language if language in spoken else settings.LANGUAGE_CODE):
        shown = plan_shown(version)
        told = {"shown": shown, "version": version, "name": names.get(person.identity_id, ""), "day": today()}
        told["signers"] = signers_called(actor, version)
        page = render_to_string("casework/plan_printed.html", {**told, "language": language})
    return pdf_of(page)
