"""Steps that say what somebody needs: assess, record a need, settle it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.casework.actions.cases import require_open
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Assessment, Case, Need
from panoh.casework.refusals import AlreadySettled, ViewMissing
from panoh.vault import actions as vault

__all__ = ["assess", "record_need", "settle_need"]


@action("need.record")
def assess(
    actor: Actor,
    case: Case,
    *,
    on: date,
    found: Mapping[str, int],
    own_view: str = "",
    not_asked_because: str = "",
    seen: Seen | None = None,
) -> Assessment:
    """Record how a person is doing: for each domain with a need its urgency, and the person's own view.

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
    assessment = Assessment.objects.create(
        case=case,
        made_on=on,
        by_id=actor.me,
        own_view_id=vault.keep_words(case.person.identity_id, own_view),
        not_asked_because=not_asked_because,
    )
    for domain in found:
        catalogue().known("domains", domain)
    there = {need.domain: need for need in Need.objects.filter(case=case, state=Need.State.OPEN).order_by("-urgency")}
    now = dict.fromkeys(found) | {one: need.urgency for one, need in there.items()}
    require_unchanged(actor, seen, now=now, given=found, about=case.code, step="need.record")
    known = {domain: need for domain, need in there.items() if domain in found}
    for need in known.values():
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
