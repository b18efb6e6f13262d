"""What two agencies would give twice is noticed, what was promised shows, and nobody is asked the same twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Assistance, Interview
from panoh.casework.queries.promises import promised_and_not_given
from panoh.casework.refusals_referrals import AskedBefore, GivenBefore
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, client_of

pytestmark = pytest.mark.django_db


def test_the_same_help_by_another_agency_is_noticed_before_it_is_given_and_takes_a_reason(home: Home) -> None:
    given: dict[str, Any] = {"service": SERVICE, "quantity": Decimal(1), "unit": "kit"}
    clinic = make.agency("Clinic")
    with moved(-30):
        actions.give_assistance(home.me, home.case, agency=clinic, **given)
    with pytest.raises(GivenBefore) as noticed:
        actions.give_assistance(home.me, home.case, **given)
    assert noticed.value.details == {"agency": "Clinic", "on": today() - timedelta(30)}
    assert Assistance.objects.count() == 1, "before it is given"
    assert actions.give_assistance(home.me, home.case, although="not_enough", **given).although == "not_enough"
    assert actions.give_assistance(home.me, home.case, agency=clinic, although="other_person", **given)
    page = client_of(home.me).post(f"/families/{home.family.code}/assistance/new/", {
        "case": home.case.code, "service": SERVICE, "quantity": "1", "unit": "kit", "on": today(),
    })  # fmt: skip
    assert (page.status_code, "Clinic gave the same" in page.content.decode()) == (409, True)


def test_what_was_given_long_ago_wrongly_or_by_the_same_agency_is_no_second_time(home: Home) -> None:
    given: dict[str, Any] = {"service": SERVICE, "quantity": Decimal(1), "unit": "kit"}
    with moved(-91):
        actions.give_assistance(home.me, home.case, agency=make.agency("Clinic"), **given)
    actions.give_assistance(home.me, home.case, **given)
    first = actions.give_assistance(home.me, home.case, although="", **given)
    assert first.although == ""
    actions.correct_assistance(home.me, first, because="amount")
    wrong = actions.give_assistance(home.me, home.case, agency=make.agency("School"), although="by_plan", **given)
    actions.correct_assistance(home.me, wrong, because="amount")
    assert actions.give_assistance(home.me, home.case, **given)


def test_help_that_the_actor_may_not_see_is_noticed_all_the_same(home: Home) -> None:
    given: dict[str, Any] = {"service": "HEA-41", "quantity": Decimal(1), "unit": "kit"}
    actions.give_assistance(home.me, home.case, **given)
    helper = make.hire("lawyer", "South")
    actions.give_grant(
        home.me, home.family, to=helper, classes=[FieldClass.LEGAL], purpose="referral", until=today(), changes=True,
        basis=make.BY_LAW,
    )  # fmt: skip
    with acting_for(helper.pk), pytest.raises(GivenBefore):
        actions.give_assistance(Actor.of(helper), home.case, **given)


def test_a_promise_whose_day_has_passed_shows_until_help_is_recorded_for_it(home: Home) -> None:
    with moved(-20):
        step = actions.plan_step(home.me, home.need(), service=SERVICE, due=today() + timedelta(5))
        later = actions.plan_step(home.me, home.need(), service=SERVICE, due=today() + timedelta(50))
    assert [one.step.code for one in promised_and_not_given(home.family)] == [step.code]
    assert later.code not in {one.step.code for one in promised_and_not_given(home.family)}
    page = client_of(home.me).get(f"/families/{home.family.code}/referrals/").content.decode()
    assert "Promised, and not given" in page
    actions.give_assistance(home.me, home.case, service=SERVICE, quantity=Decimal(1), unit="document", step=step)
    assert promised_and_not_given(home.family) == []


# --- tell once ---------------------------------------------------------------------------------------------------


def test_the_same_is_not_asked_twice_unless_it_is_said_why(home: Home) -> None:
    asked: dict[str, Any] = {"topic": "papers"}
    clinic = make.agency("Clinic")
    actions.record_interview(home.me, home.child, stands=4, agency=clinic, **asked)
    with pytest.raises(AskedBefore) as told:
        actions.record_interview(home.me, home.child, stands=2, **asked)
    assert str(told.value).startswith("Clinic asked about this on")
    actions.record_interview(home.me, home.mother, stands=2, **asked)  # somebody else
    again = actions.record_interview(home.me, home.child, stands=2, again_because="changed", **asked)
    assert again.again_because == "changed"
    address = f"/people/{home.child.code}/interviews/"
    page = client_of(home.me).get(address).content.decode()
    assert page.index("with the agency that asked") < page.index("Record a talk"), "shown before another is recorded"
    refused = client_of(home.me).post(address, {"topic": asked["topic"], "stands": "2", "on": today()})
    assert refused.status_code == 409
    with acting_for(home.worker.pk), pytest.raises(DatabaseError), transaction.atomic():
        Interview.objects.update(stands=1)
