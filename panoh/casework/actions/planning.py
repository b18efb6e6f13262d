"""Steps of a plan that is agreed to: write a version down, and have it signed."""

from __future__ import annotations

from datetime import date, timedelta

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Staff
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.cases import require_open
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened
from panoh.casework.models import Assessment, Case, Need, Person, PlanItem, PlanLine, PlanSignature, PlanVersion
from panoh.casework.refusals_deciding import (
    NewerVersion,
    NothingPlanned,
    PlanIncomplete,
    ReviewDayUnfit,
    SignedAlready,
    SignerMissing,
    SignsAsAnother,
    ViewFirst,
)
from panoh.casework.rhythms import kind_for
from panoh.vault import actions as vault

__all__ = ["sign_plan", "write_plan"]

LONGEST = timedelta(366)


@action("plan.write")
def write_plan(actor: Actor, case: Case, *, review_on: date, goal: str = "") -> PlanVersion:
    """Write down the plan as it stands as its next version, which stays as it is and is compared with the one before.

    Raises:
        CaseClosed, NothingPlanned, ReviewDayUnfit.
        ViewFirst: nobody asked the person's view since the version before.
        PlanIncomplete: an urgent need has no step with an owner and a date; the database says so, too.
        NotAllowed: the file is only open to the actor by a grant, which may not show every need.
    """
    case = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("person", "family").get(pk=case.pk)
    require_open(case)
    if not actor.leads(case.family_id):
        raise NotAllowed
    if not today() < review_on <= today() + LONGEST:
        raise ReviewDayUnfit
    before = PlanVersion.objects.filter(case=case).order_by("-number").first()
    talk = Assessment.objects.filter(case=case, kind=kind_for(case.person)).order_by("-made_on", "-pk").first()
    if talk is None or (before and talk.pk == before.assessment_id):
        raise ViewFirst
    needs = list(Need.objects.filter(case=case, state=Need.State.OPEN).order_by("urgency", "pk"))
    steps = list(PlanItem.objects.filter(need__in=needs, outcome="").order_by("pk"))
    _require_whole(needs, steps)
    version = PlanVersion.objects.create(
        case=case, number=before.number + 1 if before else 1, assessment=talk, made_on=today(), made_by_id=actor.me,
        goal_id=vault.keep_words(case.person.identity_id, goal), review_on=review_on,
    )  # fmt: skip
    PlanLine.objects.bulk_create(line for need in needs for line in _lines(version, need, steps))
    return version


def _require_whole(needs: list[Need], steps: list[PlanItem]) -> None:
    if not needs:
        raise NothingPlanned
    covered = {step.need_id for step in steps if step.is_complete}
    lacking = [need for need in needs if need.urgency == Need.Urgency.URGENT and need.pk not in covered]
    if lacking:
        raise PlanIncomplete(domains=", ".join(catalogue().label("domains", need.domain) for need in lacking))


def _lines(version: PlanVersion, need: Need, steps: list[PlanItem]) -> list[PlanLine]:
    """Return the lines of one need: of an urgent one only the steps that are complete, which are what is agreed to."""
    shared = {"version": version, "need": need, "urgency": need.urgency, "field_class": need.field_class}
    planned = [step for step in steps if step.need_id == need.pk]
    if need.urgency == Need.Urgency.URGENT:
        planned = [step for step in planned if step.is_complete]
    return [
        PlanLine(
            **shared, step=step, service=step.service, provider_id=step.provider_id,
            responsible_id=step.responsible_id, due=step.due,
        )
        for step in planned
    ] or [PlanLine(**shared)]  # fmt: skip


@action("plan.write")
def sign_plan(
    actor: Actor,
    version: PlanVersion,
    *,
    signing: str,
    language: str,
    on: date,
    person: Person | None = None,
    signer: str = "",
    read_by: Staff | None = None,
    reserve: str = "",
) -> PlanSignature:
    """Record that somebody agreed to a version: as what, in which language, who read it out, and with what reserve.

    person: who signs, if they have a file; else signer: their name, which is sealed.

    Raises:
        NewerVersion, SignedAlready, SignerMissing, SignsAsAnother, InTheFuture, DayUnfit.
        Unknown (as what, the language).
    """
    case = Case.objects.select_related("person").get(pk=version.case_id)
    newest = PlanVersion.objects.filter(case=case).order_by("-number").first()
    if newest and newest.pk != version.pk:
        raise NewerVersion(number=newest.number)
    if (person is None) == (not signer.strip()):
        raise SignerMissing
    is_own = person is not None and person.pk == case.person_id
    if (catalogue().known("signings", signing) == "self") != is_own:
        raise SignsAsAnother
    if person and version.signatures.filter(person=person).exists():
        raise SignedAlready
    identity = case.person.identity_id
    return PlanSignature.objects.create(
        version=version, person=person, signer_id=vault.keep_words(identity, signer), signing=signing,
        signed_on=happened(on, version.made_on), language=catalogue().known("spoken_languages", language),
        read_by=read_by, reserve_id=vault.keep_words(identity, reserve), by_id=actor.me,
    )  # fmt: skip
