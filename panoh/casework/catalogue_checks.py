"""What the data files must agree on among themselves: services, papers, stages, how long files are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotRight
from panoh.casework.catalogue_entries import CLOSED_NUMBER, RetentionClass, Stage

if TYPE_CHECKING:
    from panoh.casework.catalogue import Catalogue

__all__ = ["DataFileWrong", "check_papers", "check_retention", "check_services", "check_stages", "wrong"]


class DataFileWrong(NotRight):
    code = "casework.data-file-wrong"
    says = _(
        "The data file %(file)s is not as it must be. %(entry)s, field “%(field)s”: %(why)s. Mend it and start again."
    )


def check_services(words: Catalogue, files: Mapping[str, Path]) -> None:
    known = {"kind": {entry.code for entry in words.assistance_kinds}, "unit": {entry.code for entry in words.units}}
    for service in words.services:
        named = f"service “{service.code}”"
        for field, codes in known.items():
            value = getattr(service, field)
            if value not in codes:
                raise wrong(files["services"], named, field, _("“%s” is not on its list") % value)
        if service.kind == "counselling" and not service.voluntary:
            why = _("religious and cultural counselling is only ever voluntary")
            raise wrong(files["services"], named, "voluntary", why)


def check_papers(words: Catalogue, files: Mapping[str, Path]) -> None:
    for step in words.legal_steps:
        if (step.days is None) == (not step.ends):
            why = _("after a step something is due, or the way ends with it")
            raise wrong(files["legal_steps"], f"legal_step “{step.code}”", "days", why)
    open_steps = {step.code for step in words.legal_steps if not step.ends}
    for kind in words.legal_kinds:
        named = f"legal_kind “{kind.code}”"
        for code in kind.steps:
            if code not in {step.code for step in words.legal_steps}:
                raise wrong(files["legal_kinds"], named, "steps", _("“%s” is no step") % code)
        if kind.gives and kind.gives not in {one.code for one in words.missing_documents}:
            raise wrong(files["legal_kinds"], named, "gives", _("“%s” is no paper that may be missing") % kind.gives)
        if kind.steps[0] not in open_steps or open_steps.issuperset(kind.steps):
            raise wrong(files["legal_kinds"], named, "steps", _("it begins with an open step and has an end"))


def check_stages(stages: tuple[Stage, ...], file: Path) -> None:
    ways = {stage.code: stage.next for stage in stages}
    before = 0
    for stage in stages:
        named = f"stage “{stage.code}”"
        if stage.number <= before:
            raise wrong(file, named, "number", _("the numbers must rise from one stage to the next"))
        for code in stage.next:
            if code not in ways:
                raise wrong(file, named, "next", _("“%s” is no stage") % code)
        before = stage.number
    last = stages[-1]
    if last.number != CLOSED_NUMBER or len(stages) == 1:
        why = _("the last of several stages is the closed one, number 80")
        raise wrong(file, f"stage “{last.code}”", "number", why)
    _check_entrances(stages, file)
    _check_ways(stages, ways, file)


def check_retention(classes: tuple[RetentionClass, ...], file: Path) -> None:
    last = classes[-1]
    if last.closing_reasons or last.stages:
        raise wrong(file, f"retention_class “{last.code}”", "-", _("the last class must fit every file"))


def _check_entrances(stages: tuple[Stage, ...], file: Path) -> None:
    taken: set[str] = set()
    for stage in stages:
        twice = taken & set(stage.entered_by)
        if twice:
            why = _("lists of the kind “%s” open cases at another stage already") % ", ".join(sorted(twice))
            raise wrong(file, f"stage “{stage.code}”", "entered_by", why)
        taken |= set(stage.entered_by)


def _check_ways(stages: tuple[Stage, ...], ways: Mapping[str, tuple[str, ...]], file: Path) -> None:
    entrances = [stages[0].code, *(stage.code for stage in stages if stage.entered_by)]
    open_stages = stages[:-1]
    reached = _reached(entrances, ways)
    for stage in open_stages:
        if stage.code not in reached:
            raise wrong(file, f"stage “{stage.code}”", "next", _("no stage leads to this one"))
        if open_stages[-1].code not in _reached([stage.code], ways):
            why = _("no way leads from here to “%s”, the last stage before closing") % open_stages[-1].code
            raise wrong(file, f"stage “{stage.code}”", "next", why)


def _reached(start: Iterable[str], ways: Mapping[str, tuple[str, ...]]) -> set[str]:
    found, ahead = set(start), list(start)
    while ahead:
        for code in ways[ahead.pop()]:
            if code not in found:
                found.add(code)
                ahead.append(code)
    return found


def wrong(file: Path, entry: object, field: str, why: object) -> DataFileWrong:
    return DataFileWrong(file=file, entry=entry, field=field, why=str(why).rstrip("."))
