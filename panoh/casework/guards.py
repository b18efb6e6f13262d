"""The conditions of the stage machine: what must be there before a case enters a stage or closes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.casework.models import Assessment, Case, Need, PlanItem, ReceptionEntry, Relationship, Visit

SEEN_WITHIN_DAYS = 90

CLOSING_FACTS = _("the reason, the circumstance or the closing note is missing.")

Guard = Callable[[Case], bool]

_GUARDS: dict[str, tuple[Guard, str | Promise]] = {}


def guard(missing: str | Promise) -> Callable[[Guard], Guard]:
    """Register a condition under its function's name, with the words for what is missing when it does not hold."""

    def register(condition: Guard) -> Guard:
        _GUARDS[condition.__name__] = (condition, missing)
        return condition

    return register


def missing(case: Case, names: Iterable[str]) -> list[str]:
    """Return, for each condition that does not hold, the sentence that says what is missing."""
    return [str(says) for condition, says in (_GUARDS[name] for name in names) if not condition(case)]


def names() -> frozenset[str]:
    """Return the names a country's stage file may use."""
    return frozenset(_GUARDS)


@guard(_("a lead agency is not named."))
def lead_agency_named(case: Case) -> bool:
    return case.family.agency_id is not None


@guard(_("a lead worker is not named. Assign one on the family's page."))
def lead_worker_named(case: Case) -> bool:
    return case.family.worker_id is not None


@guard(_("the nationality is not recorded. Record it on the person's page."))
def nationality_recorded(case: Case) -> bool:
    return bool(case.person.nationality)


@guard(_("no relative is recorded. Record one, or mark the person as alone."))
def kin_or_unaccompanied_recorded(case: Case) -> bool:
    person = case.person
    return (
        person.is_alone
        or Relationship.objects.filter(subject=person).exists()
        or Relationship.objects.filter(other=person).exists()
    )


@guard(_("the reception is not recorded, or the person did not arrive. Record it on the list's reception page."))
def reception_recorded(case: Case) -> bool:
    return ReceptionEntry.objects.filter(person=case.person, is_present=True).exists()


@guard(_("the medical check is not recorded. Record it on the reception page."))
def medical_check_recorded(case: Case) -> bool:
    return ReceptionEntry.objects.filter(person=case.person, medical_check_on__isnull=False).exists()


@guard(_("the needs were not assessed yet."))
def needs_assessed(case: Case) -> bool:
    return Assessment.objects.filter(case=case).exists()


@guard(_("an urgent need has no step with an owner and a date. Complete the plan."))
def plan_complete(case: Case) -> bool:
    urgent = Need.objects.filter(case=case, state=Need.State.OPEN, urgency=Need.Urgency.URGENT)
    covered = PlanItem.objects.filter(need__in=urgent, responsible__isnull=False, due__isnull=False, outcome="")
    return not urgent.exclude(pk__in=covered.values("need")).exists()


@guard(_("the district where the family lives is not recorded."))
def home_district_known(case: Case) -> bool:
    return case.family.district_id is not None


@guard(_("an urgent need is still open. Settle it, or record why it is no longer there."))
def no_urgent_need_open(case: Case) -> bool:
    return not Need.objects.filter(case=case, state=Need.State.OPEN, urgency=Need.Urgency.URGENT).exists()


@guard(_("a step of the plan has no outcome yet."))
def no_step_open(case: Case) -> bool:
    return not PlanItem.objects.filter(need__case=case, outcome="").exists()


@guard(_("nobody visited the family in the last 90 days."))
def seen_within_90_days(case: Case) -> bool:
    since = today() - timedelta(days=SEEN_WITHIN_DAYS)
    return Visit.objects.filter(family=case.family, made_on__gte=since).exists()
