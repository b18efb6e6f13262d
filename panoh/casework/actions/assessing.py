"""Steps that say what somebody needs: assess, record a need, settle it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict
from uuid import UUID

from panoh.access.entrances import Actor, action
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.casework.actions.cases import require_open
from panoh.casework.actions.history import keep_changes
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import AssessedDomain, Assessment, Case, Need
from panoh.casework.refusals import AlreadySettled, ViewMissing
from panoh.casework.rhythms import kind_for, next_due
from panoh.vault import actions as vault

__all__ = ["Words", "assess", "record_need", "settle_need"]


class Words(TypedDict, total=False):
    """What goes well in a domain of life, and what is needed there."""

    strengths: str
    needs: str


@action("need.record")
def assess(
    actor: Actor,
    case: Case,
    *,
    on: date,
    found: Mapping[str, int],
    own_view: str = "",
    not_asked_because: str = "",
    kind: str = "",
    words: Mapping[str, Words] | None = None,
    answers: Mapping[str, str] | None = None,
    seen: Seen | None = None,
) -> Assessment:
    """Record how a person is doing: for each domain with a need its urgency, and the person's own view.

    kind: of whom it is (child, adult, family, receiving_family); if not said, of the person as a child or an adult.
    words: domain code → what goes well and what is needed there. answers: to questions that never become a need.

    found: domain code → urgency (1 urgent, 2 soon, 3 can be planned); domains without a need are left out. A need that
    is open in a domain already stays, with its steps, and takes the new urgency. seen: the urgencies of the open needs.

    Raises:
        ChangedMeanwhile: a colleague assessed one of these domains since.
        CaseClosed, InTheFuture, DayUnfit, Unknown (a domain, or why the view was not asked).
        ViewMissing: neither the person's view nor why it was not asked.
    """
    # One assessment of a case at a time: of two the second sees the needs that the first has found.
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    require_open(case)
    on = happened_with(case.family, on)
    if bool(own_view.strip()) == bool(not_asked_because):
        raise ViewMissing
    if not_asked_because:
        catalogue().known("not_asked_reasons", not_asked_because)
    for domain in {*found, *(words or {})}:
        catalogue().known("domains", domain)
    assessment = Assessment.objects.create(
        case=case,
        kind=Assessment.Kind(kind or kind_for(case.person)),
        made_on=on,
        by_id=actor.me,
        own_view_id=vault.keep_words(case.person.identity_id, own_view),
        not_asked_because=not_asked_because,
        answers_id=_answers(case, answers or {}),
    )
    _keep_domains(assessment, words or {})
    _remind(case, assessment)
    there = {need.domain: need for need in Need.objects.filter(case=case, state=Need.State.OPEN).order_by("-urgency")}
    now = dict.fromkeys(found) | {one: need.urgency for one, need in there.items()}
    require_unchanged(actor, seen, now=now, given=found, about=case.code, step="need.record")
    known = {domain: need for domain, need in there.items() if domain in found}
    for need in known.values():
        keep_changes(actor, need, {"urgency": need.urgency}, {"urgency": found[need.domain]})
        need.urgency = found[need.domain]
    Need.objects.bulk_update(known.values(), ["urgency"])
    Need.objects.bulk_create(
        Need(
            case=case,
            assessment=assessment,
            domain=domain,
            field_class=catalogue().domain(domain).field_class,
            urgency=urgency,
            recorded_on=on,
        )
        for domain, urgency in found.items()
        if domain not in known
    )
    return assessment


def _answers(case: Case, answers: Mapping[str, str]) -> UUID | None:
    """Seal what was answered to the questions that a country asks."""
    for code in answers:
        catalogue().known("questions", code)
    told = {code: text.strip() for code, text in answers.items() if text.strip()}
    return vault.keep_told(case.person.identity_id, told) if told else None


def _keep_domains(assessment: Assessment, words: Mapping[str, Words]) -> None:
    """Seal what was said of each domain in its class, so that who may read of school does not read of health."""
    identity = assessment.case.person.identity_id
    for domain, said in words.items():
        told = {"strengths": said.get("strengths", "").strip(), "needs": said.get("needs", "").strip()}
        kind = catalogue().domain(domain).field_class
        if any(told.values()):
            part = vault.keep_told(identity, told, field_class=kind)
            AssessedDomain.objects.create(assessment=assessment, domain=domain, field_class=kind, words_id=part)


def _remind(case: Case, assessment: Assessment) -> None:
    """Say by when the person is assessed again, after an assessment of themselves."""
    if assessment.kind == kind_for(case.person):
        case.assess_by = next_due(assessment.kind, case.stage, last=assessment.made_on, since=assessment.made_on)
        case.save(update_fields=["assess_by"])


@action("need.record")
def record_need(
    actor: Actor, case: Case, *, domain: str, urgency: int, words: str = "", on: date | None = None
) -> Need:
    """Record one need in one domain of life.

    Raises:
        CaseClosed, InTheFuture, DayUnfit, Unknown (the domain).
    """
    require_open(case)
    on = happened_with(case.family, on)
    kind = catalogue().domain(domain).field_class
    return Need.objects.create(
        case=case,
        domain=domain,
        field_class=kind,
        urgency=urgency,
        words_id=vault.keep_words(case.person.identity_id, words, field_class=kind),
        recorded_on=on,
    )


@action("need.record")
def settle_need(actor: Actor, need: Need, *, met: bool, on: date | None = None) -> Need:
    """Say that a need is met, or no longer there.

    Raises:
        AlreadySettled, InTheFuture, DayUnfit.
    """
    need = Need.objects.select_for_update(of=("self",)).select_related("case__family").get(pk=need.pk)
    if need.settled_on:
        raise AlreadySettled(on=need.settled_on)
    need.settled_on = happened_with(need.case.family, on)
    need.state = Need.State.MET if met else Need.State.NO_LONGER
    need.save(update_fields=["state", "settled_on"])
    return need
