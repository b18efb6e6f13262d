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

from panoh.access.refusals import Unknown
from panoh.casework.catalogue_checks import (
    check_papers,
    check_retention,
    check_services,
    check_stages,
    wrong,
)
from panoh.casework.catalogue_entries import (
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
from panoh.casework.catalogue_files import FILES, WHAT
from panoh.casework.never_built import violations

OURS = Path(__file__).parent / "data"


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
        raise wrong(country, "PANOH_COUNTRY_DATA", "-", _("there is no such folder"))
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
    check_services(words_of, files)
    check_stages(words_of.stages, files["stages"])
    check_papers(words_of, files)
    check_retention(words_of.retention_classes, files["retention_classes"])
    return words_of


def _read(file: Path, keys: Iterable[str]) -> dict[str, Any]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise wrong(file, _("The file"), "-", error) from error
    for key in read:
        if key not in keys:
            here = ", ".join(f"[[{known}]]" for known in keys)
            raise wrong(file, f"[[{key}]]", "-", _("this file holds only %s") % here)
    return read


def _check_words(file: Path, read: Mapping[str, Any]) -> None:
    """Refuse a country's file that has a word for what is never built."""
    for key, entries in read.items():
        for entry in entries if isinstance(entries, list) else ():
            for field, value in entry.items() if isinstance(entry, dict) else ():
                written = value if isinstance(value, list) else [value]
                found = violations([field, *(word for word in written if isinstance(word, str))])
                if found:
                    raise wrong(file, f"{key} “{entry.get('code', '')}”", field, found[0])


def _entries(file: Path, key: str, read: Any, kind: type[Entry]) -> tuple[Entry, ...]:
    if not isinstance(read, list) or not read:
        raise wrong(file, f"[[{key}]]", "-", _("there is no entry of it"))
    found: list[Entry] = []
    for number, raw in enumerate(read, 1):
        code = raw.get("code") if isinstance(raw, dict) else None
        named = f"{key} “{code}”" if code else f"{key} {number}"
        try:
            entry = kind.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            raise wrong(file, named, ".".join(str(step) for step in first["loc"]) or "-", first["msg"]) from error
        if any(entry.code == other.code for other in found):
            raise wrong(file, named, "code", _("it stands there twice"))
        found.append(entry)
    return tuple(found)


def _of_code(entries: Iterable[E], code: str, what: object) -> E:
    for entry in entries:
        if entry.code == code:
            return entry
    raise Unknown(word=code, what=what)
