"""The words casework works with: services, domains, stages and smaller lists, read from data files with a schema.

A country puts a file of the same name into the folder PANOH_COUNTRY_DATA to rename, skip or add; it replaces ours.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, ValidationError

from panoh.access.refusals import NotRight, Unknown
from panoh.casework.catalogue_entries import (
    CLOSED_NUMBER,
    ApprovalRule,
    AssessmentRhythm,
    ClosingReason,
    ConsentPurpose,
    DaysEntry,
    Domain,
    Entry,
    EvidenceKind,
    LegalKind,
    LegalStepKind,
    LifeEvent,
    LookAgainKind,
    MatchFinding,
    PlacementKind,
    Question,
    RetentionClass,
    Service,
    Stage,
    StudyOutcome,
    Unit,
    VisitRhythm,
)
from panoh.casework.never_built import violations

OURS = Path(__file__).parent / "data"


class DataFileWrong(NotRight):
    code = "casework.data-file-wrong"
    says = _(
        "The data file %(file)s is not as it must be. %(entry)s, field “%(field)s”: %(why)s. Mend it and start again."
    )


E = TypeVar("E", bound=Entry)


class Catalogue(BaseModel):
    """All lists of words, checked against one another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    assistance_kinds: tuple[Entry, ...]
    services: tuple[Service, ...]
    domains: tuple[Domain, ...]
    questions: tuple[Question, ...]
    stages: tuple[Stage, ...]
    closing_reasons: tuple[ClosingReason, ...]
    closing_circumstances: tuple[Entry, ...]
    relationship_kinds: tuple[Entry, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    units: tuple[Unit, ...]
    currencies: tuple[Entry, ...]
    step_outcomes: tuple[Entry, ...]
    visit_kinds: tuple[Entry, ...]
    task_kinds: tuple[Entry, ...]
    missing_documents: tuple[Entry, ...]
    not_asked_reasons: tuple[Entry, ...]
    kinships: tuple[Entry, ...]
    left_out_reasons: tuple[Entry, ...]
    purposes: tuple[Entry, ...]
    withholding_reasons: tuple[Entry, ...]
    emergency_kinds: tuple[Entry, ...]
    forgetting_reasons: tuple[Entry, ...]
    match_fields: tuple[Entry, ...]
    match_findings: tuple[MatchFinding, ...]
    tracing_consents: tuple[Entry, ...]
    cancel_reasons: tuple[Entry, ...]
    correction_reasons: tuple[Entry, ...]
    consent_purposes: tuple[ConsentPurpose, ...]
    assent_reasons: tuple[Entry, ...]
    spoken_languages: tuple[Entry, ...]
    legal_bases: tuple[Entry, ...]
    refusal_reasons: tuple[Entry, ...]
    taking_back_reasons: tuple[Entry, ...]
    again_reasons: tuple[Entry, ...]
    twice_reasons: tuple[Entry, ...]
    placement_kinds: tuple[PlacementKind, ...]
    study_outcomes: tuple[StudyOutcome, ...]
    placement_ends: tuple[Entry, ...]
    apart_reasons: tuple[Entry, ...]
    guardianship_ends: tuple[Entry, ...]
    clocks: tuple[Entry, ...]
    claim_sources: tuple[Entry, ...]
    whereabouts_kinds: tuple[Entry, ...]
    family_change_reasons: tuple[Entry, ...]
    legal_kinds: tuple[LegalKind, ...]
    legal_steps: tuple[LegalStepKind, ...]
    retention_classes: tuple[RetentionClass, ...]
    rights: tuple[DaysEntry, ...]
    askers: tuple[Entry, ...]
    asker_checks: tuple[Entry, ...]
    right_outcomes: tuple[Entry, ...]
    complaint_steps: tuple[DaysEntry, ...]
    assessment_rhythms: tuple[AssessmentRhythm, ...]
    signings: tuple[Entry, ...]
    approvals: tuple[ApprovalRule, ...]
    sought_decisions: tuple[Entry, ...]
    arrangements: tuple[Entry, ...]
    participant_roles: tuple[Entry, ...]
    transfer_reasons: tuple[Entry, ...]
    visit_rhythms: tuple[VisitRhythm, ...]
    life_events: tuple[LifeEvent, ...]
    look_agains: tuple[LookAgainKind, ...]

    def service(self, code: str) -> Service:
        """Return the service of this code.

        Raises:
            Unknown: there is none; so with the other lookups by code.
        """
        return _of_code(self.services, code, _("services"))

    def domain(self, code: str) -> Domain:
        """Return the domain of this code."""
        return _of_code(self.domains, code, _("domains"))

    def consent_purpose(self, code: str) -> ConsentPurpose:
        """Return the purpose of a consent of this code."""
        return _of_code(self.consent_purposes, code, _("purposes"))

    def stage(self, code: str) -> Stage:
        """Return the stage of this code."""
        return _of_code(self.stages, code, _("stages"))

    def placement_kind(self, code: str) -> PlacementKind:
        """Return the kind of placement of this code."""
        return _of_code(self.placement_kinds, code, _("kinds of placement"))

    def legal_kind(self, code: str) -> LegalKind:
        """Return the kind of legal file of this code."""
        return _of_code(self.legal_kinds, code, _("kinds of papers"))

    def legal_step(self, code: str) -> LegalStepKind:
        """Return the step of legal files of this code."""
        return _of_code(self.legal_steps, code, _("steps"))

    def closing_reason(self, code: str) -> ClosingReason:
        """Return the closing reason of this code, if it may be chosen by hand."""
        return _of_code((reason for reason in self.closing_reasons if reason.by_hand), code, _("closing reasons"))

    def approval(self, code: str) -> ApprovalRule:
        """Return the rule by which others agree to a step."""
        return _of_code(self.approvals, code, _("steps"))

    def look_again(self, code: str) -> LookAgainKind:
        """Return what makes us look again, of this code."""
        return _of_code(self.look_agains, code, _("reasons to look again"))

    def assessment_rhythm(self, about: str) -> AssessmentRhythm | None:
        """Return when a child, an adult or a family is assessed; None if a country does not say so."""
        return next((rhythm for rhythm in self.assessment_rhythms if rhythm.code == about), None)

    def stage_numbered(self, number: int) -> Stage:
        """Return the stage of this number; of one a country has since dropped, the next that is left."""
        return next(stage for stage in self.stages if stage.number >= number)

    def first_stage(self, list_kind: str) -> Stage:
        """Return the stage at which a list of this kind opens cases."""
        return next((stage for stage in self.stages if list_kind in stage.entered_by), self.stages[0])

    def after(self, stage: Stage) -> Stage:
        """Return the first of the stages to which a case goes from this one."""
        return self.stage(stage.next[0])

    def days(self, words: str, code: str) -> int:
        """Return within how many days something is to be done."""
        entries: tuple[DaysEntry, ...] = getattr(self, words)
        return _of_code(entries, code, WHAT[words]).days

    def known(self, words: str, code: str) -> str:
        """Return the code itself, if one of the lists has it.

        Raises:
            Unknown: it does not.
        """
        entries: tuple[Entry, ...] = getattr(self, words)
        return _of_code(entries, code, WHAT[words]).code

    def choices(self, words: str) -> list[tuple[str, str]]:
        """Return code and label of each entry of one of the lists, for a form."""
        return [(entry.code, entry.label) for entry in getattr(self, words)]

    def label(self, words: str, code: str) -> str:
        """Return the label of a code in one of the lists; an old code that is gone shows as itself."""
        return next((entry.label for entry in getattr(self, words) if entry.code == code), code)

    def unit_of(self, code: str, number: str) -> str:
        """Return the words of a unit after a number: "session" after 1, "sessions" after others."""
        unit = next((unit for unit in self.units if unit.code == code), None)
        return gettext(unit.raw_one) if unit and unit.raw_one and number == "1" else self.label("units", code)


# The lists' names in sentences, where they differ from the name in the code.
WHAT: Mapping[str, Any] = {
    "closing_reasons": _("closing reasons"),
    "closing_circumstances": _("circumstances"),
    "relationship_kinds": _("relationships"),
    "evidence_kinds": _("kinds of evidence"),
    "step_outcomes": _("outcomes"),
    "visit_kinds": _("kinds of visit"),
    "task_kinds": _("tasks"),
    "missing_documents": _("papers"),
    "not_asked_reasons": _("reasons"),
    "services": _("services"),
    "domains": _("domains"),
    "units": _("units"),
    "currencies": _("currencies"),
    "kinships": _("kinships"),
    "left_out_reasons": _("reasons"),
    "purposes": _("purposes"),
    "withholding_reasons": _("reasons"),
    "emergency_kinds": _("kinds of emergency"),
    "forgetting_reasons": _("reasons"),
    "match_fields": _("compared fields"),
    "match_findings": _("findings"),
    "tracing_consents": _("answers about consent"),
    "cancel_reasons": _("reasons"),
    "correction_reasons": _("reasons"),
    "consent_purposes": _("purposes"),
    "assent_reasons": _("reasons"),
    "spoken_languages": _("languages"),
    "legal_bases": _("legal bases"),
    "refusal_reasons": _("reasons"),
    "taking_back_reasons": _("reasons"),
    "again_reasons": _("reasons"),
    "twice_reasons": _("reasons"),
    "study_outcomes": _("outcomes"),
    "placement_ends": _("reasons"),
    "apart_reasons": _("reasons"),
    "guardianship_ends": _("reasons"),
    "claim_sources": _("sources"),
    "whereabouts_kinds": _("whereabouts"),
    "family_change_reasons": _("reasons"),
    "retention_classes": _("classes"),
    "rights": _("rights"),
    "askers": _("people who ask"),
    "asker_checks": _("ways to make sure"),
    "right_outcomes": _("outcomes"),
    "complaint_steps": _("steps"),
    "signings": _("ways to sign"),
    "sought_decisions": _("decisions sought"),
    "arrangements": _("arrangements"),
    "participant_roles": _("roles of participants"),
    "transfer_reasons": _("reasons"),
    "look_agains": _("reasons to look again"),
    "questions": _("questions"),
}

# Which lists stand in which file: the key of its entries, what an entry is, and the list they become.
FILES: Mapping[str, Mapping[str, tuple[type[Entry], str]]] = {
    "services.toml": {"assistance_kind": (Entry, "assistance_kinds"), "service": (Service, "services")},
    "domains.toml": {"domain": (Domain, "domains"), "question": (Question, "questions")},
    "stages.toml": {"stage": (Stage, "stages")},
    "closure.toml": {
        "closing_reason": (ClosingReason, "closing_reasons"),
        "closing_circumstance": (Entry, "closing_circumstances"),
    },
    "options.toml": {
        "relationship_kind": (Entry, "relationship_kinds"),
        "evidence_kind": (EvidenceKind, "evidence_kinds"),
        "unit": (Unit, "units"),
        "currency": (Entry, "currencies"),
        "step_outcome": (Entry, "step_outcomes"),
        "visit_kind": (Entry, "visit_kinds"),
        "task_kind": (Entry, "task_kinds"),
        "missing_document": (Entry, "missing_documents"),
        "not_asked_reason": (Entry, "not_asked_reasons"),
        "kinship": (Entry, "kinships"),
        "left_out_reason": (Entry, "left_out_reasons"),
        "purpose": (Entry, "purposes"),
        "withholding_reason": (Entry, "withholding_reasons"),
        "emergency_kind": (Entry, "emergency_kinds"),
        "forgetting_reason": (Entry, "forgetting_reasons"),
        "cancel_reason": (Entry, "cancel_reasons"),
        "correction_reason": (Entry, "correction_reasons"),
    },
    "joining.toml": {
        "match_field": (Entry, "match_fields"),
        "match_finding": (MatchFinding, "match_findings"),
        "tracing_consent": (Entry, "tracing_consents"),
    },
    "consent.toml": {
        "consent_purpose": (ConsentPurpose, "consent_purposes"),
        "assent_reason": (Entry, "assent_reasons"),
        "spoken_language": (Entry, "spoken_languages"),
        "legal_basis": (Entry, "legal_bases"),
    },
    "referrals.toml": {
        "refusal_reason": (Entry, "refusal_reasons"),
        "taking_back_reason": (Entry, "taking_back_reasons"),
        "again_reason": (Entry, "again_reasons"),
        "twice_reason": (Entry, "twice_reasons"),
    },
    "care.toml": {
        "placement_kind": (PlacementKind, "placement_kinds"),
        "study_outcome": (StudyOutcome, "study_outcomes"),
        "placement_end": (Entry, "placement_ends"),
        "apart_reason": (Entry, "apart_reasons"),
        "guardianship_end": (Entry, "guardianship_ends"),
        "clock": (Entry, "clocks"),
    },
    "journey.toml": {
        "claim_source": (Entry, "claim_sources"),
        "whereabouts_kind": (Entry, "whereabouts_kinds"),
        "family_change_reason": (Entry, "family_change_reasons"),
    },
    "papers.toml": {"legal_kind": (LegalKind, "legal_kinds"), "legal_step": (LegalStepKind, "legal_steps")},
    "retention.toml": {"retention_class": (RetentionClass, "retention_classes")},
    "rights.toml": {
        "right": (DaysEntry, "rights"),
        "asker": (Entry, "askers"),
        "asker_check": (Entry, "asker_checks"),
        "right_outcome": (Entry, "right_outcomes"),
        "complaint_step": (DaysEntry, "complaint_steps"),
    },
    "planning.toml": {
        "assessment_rhythm": (AssessmentRhythm, "assessment_rhythms"),
        "signing": (Entry, "signings"),
    },
    "deciding.toml": {
        "approval": (ApprovalRule, "approvals"),
        "sought_decision": (Entry, "sought_decisions"),
        "arrangement": (Entry, "arrangements"),
        "participant_role": (Entry, "participant_roles"),
        "transfer_reason": (Entry, "transfer_reasons"),
    },
    "follow_up.toml": {
        "visit_rhythm": (VisitRhythm, "visit_rhythms"),
        "life_event": (LifeEvent, "life_events"),
        "look_again": (LookAgainKind, "look_agains"),
    },
}


@cache
def catalogue() -> Catalogue:
    """Return the words of this country.

    Raises:
        DataFileWrong: naming the file, the entry, the field and what is wrong with it.
    """
    folder = os.environ.get("PANOH_COUNTRY_DATA")
    return load(Path(folder) if folder else None)


def load(country: Path | None) -> Catalogue:
    """Return the words of our files, with a country's files in place of ours where there are any.

    Raises:
        DataFileWrong: naming the file, the entry, the field and what is wrong with it.
    """
    if country is not None and not country.is_dir():
        raise _wrong(country, "PANOH_COUNTRY_DATA", "-", _("there is no such folder"))
    lists: dict[str, Any] = {}
    files: dict[str, Path] = {}
    for name, keys in FILES.items():
        theirs = country / name if country else None
        file = theirs if theirs and theirs.exists() else OURS / name
        read = _read(file, keys)
        if file is theirs:
            _check_words(file, read)
        for key, (kind, words) in keys.items():
            lists[words], files[words] = _entries(file, key, read.get(key), kind), file
    words_of = Catalogue.model_construct(**lists)
    _check_services(words_of, files)
    _check_stages(words_of.stages, files["stages"])
    _check_papers(words_of, files)
    _check_retention(words_of.retention_classes, files["retention_classes"])
    return words_of


def _read(file: Path, keys: Iterable[str]) -> dict[str, Any]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise _wrong(file, _("The file"), "-", error) from error
    for key in read:
        if key not in keys:
            here = ", ".join(f"[[{known}]]" for known in keys)
            raise _wrong(file, f"[[{key}]]", "-", _("this file holds only %s") % here)
    return read


def _check_words(file: Path, read: Mapping[str, Any]) -> None:
    """Refuse a country's file that has a word for what is never built."""
    for key, entries in read.items():
        for entry in entries if isinstance(entries, list) else ():
            for field, value in entry.items() if isinstance(entry, dict) else ():
                written = value if isinstance(value, list) else [value]
                found = violations([field, *(word for word in written if isinstance(word, str))])
                if found:
                    raise _wrong(file, f"{key} “{entry.get('code', '')}”", field, found[0])


def _entries(file: Path, key: str, read: Any, kind: type[Entry]) -> tuple[Entry, ...]:
    if not isinstance(read, list) or not read:
        raise _wrong(file, f"[[{key}]]", "-", _("there is no entry of it"))
    found: list[Entry] = []
    for number, raw in enumerate(read, 1):
        code = raw.get("code") if isinstance(raw, dict) else None
        named = f"{key} “{code}”" if code else f"{key} {number}"
        try:
            entry = kind.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            raise _wrong(file, named, ".".join(str(step) for step in first["loc"]) or "-", first["msg"]) from error
        if any(entry.code == other.code for other in found):
            raise _wrong(file, named, "code", _("it stands there twice"))
        found.append(entry)
    return tuple(found)


def _check_services(words: Catalogue, files: Mapping[str, Path]) -> None:
    known = {"kind": {entry.code for entry in words.assistance_kinds}, "unit": {entry.code for entry in words.units}}
    for service in words.services:
        named = f"service “{service.code}”"
        for field, codes in known.items():
            value = getattr(service, field)
            if value not in codes:
                raise _wrong(files["services"], named, field, _("“%s” is not on its list") % value)
        if service.kind == "counselling" and not service.voluntary:
            why = _("religious and cultural counselling is only ever voluntary")
            raise _wrong(files["services"], named, "voluntary", why)


def _check_papers(words: Catalogue, files: Mapping[str, Path]) -> None:
    for step in words.legal_steps:
        if (step.days is None) == (not step.ends):
            why = _("after a step something is due, or the way ends with it")
            raise _wrong(files["legal_steps"], f"legal_step “{step.code}”", "days", why)
    open_steps = {step.code for step in words.legal_steps if not step.ends}
    for kind in words.legal_kinds:
        named = f"legal_kind “{kind.code}”"
        for code in kind.steps:
            if code not in {step.code for step in words.legal_steps}:
                raise _wrong(files["legal_kinds"], named, "steps", _("“%s” is no step") % code)
        if kind.steps[0] not in open_steps or open_steps.issuperset(kind.steps):
            raise _wrong(files["legal_kinds"], named, "steps", _("it begins with an open step and has an end"))


def _check_stages(stages: tuple[Stage, ...], file: Path) -> None:
    ways = {stage.code: stage.next for stage in stages}
    before = 0
    for stage in stages:
        named = f"stage “{stage.code}”"
        if stage.number <= before:
            raise _wrong(file, named, "number", _("the numbers must rise from one stage to the next"))
        for code in stage.next:
            if code not in ways:
                raise _wrong(file, named, "next", _("“%s” is no stage") % code)
        before = stage.number
    last = stages[-1]
    if last.number != CLOSED_NUMBER or len(stages) == 1:
        why = _("the last of several stages is the closed one, number 80")
        raise _wrong(file, f"stage “{last.code}”", "number", why)
    _check_entrances(stages, file)
    _check_ways(stages, ways, file)


def _check_retention(classes: tuple[RetentionClass, ...], file: Path) -> None:
    last = classes[-1]
    if last.closing_reasons or last.stages:
        raise _wrong(file, f"retention_class “{last.code}”", "-", _("the last class must fit every file"))


def _check_entrances(stages: tuple[Stage, ...], file: Path) -> None:
    taken: set[str] = set()
    for stage in stages:
        twice = taken & set(stage.entered_by)
        if twice:
            why = _("lists of the kind “%s” open cases at another stage already") % ", ".join(sorted(twice))
            raise _wrong(file, f"stage “{stage.code}”", "entered_by", why)
        taken |= set(stage.entered_by)


def _check_ways(stages: tuple[Stage, ...], ways: Mapping[str, tuple[str, ...]], file: Path) -> None:
    entrances = [stages[0].code, *(stage.code for stage in stages if stage.entered_by)]
    open_stages = stages[:-1]
    reached = _reached(entrances, ways)
    for stage in open_stages:
        if stage.code not in reached:
            raise _wrong(file, f"stage “{stage.code}”", "next", _("no stage leads to this one"))
        if open_stages[-1].code not in _reached([stage.code], ways):
            why = _("no way leads from here to “%s”, the last stage before closing") % open_stages[-1].code
            raise _wrong(file, f"stage “{stage.code}”", "next", why)


def _reached(start: Iterable[str], ways: Mapping[str, tuple[str, ...]]) -> set[str]:
    found, ahead = set(start), list(start)
    while ahead:
        for code in ways[ahead.pop()]:
            if code not in found:
                found.add(code)
                ahead.append(code)
    return found


def _wrong(file: Path, entry: object, field: str, why: object) -> DataFileWrong:
    return DataFileWrong(file=file, entry=entry, field=field, why=str(why).rstrip("."))


def _of_code(entries: Iterable[E], code: str, what: object) -> E:
    for entry in entries:
        if entry.code == code:
            return entry
    raise Unknown(word=code, what=what)
