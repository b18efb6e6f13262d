"""Help is given out of programmes, which never give more than they have, with a receipt in neutral words."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Assistance, Programme
from panoh.casework.queries.programmes import programmes, spent_of
from panoh.casework.refusals import AmountMissing
from panoh.casework.refusals_programmes import BudgetSpent, ProgrammeDaysUnfit, ProgrammeEnded, ProgrammeUnfit
from panoh.casework.refusals_referrals import NotYourAgency
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.casework.tests.test_slips import words_of

pytestmark = pytest.mark.django_db
SERVICE = "MAT-30"


@pytest.fixture
def keeper() -> Actor:
    return make.actor("supervisor", "North")


def opened(keeper: Actor, amount: str = "100", **given: Any) -> Programme:
    told = {"name": "School start", "unit": "money", "currency": "UZS", "since": today(), "until": today(), **given}
    agency = Agency.objects.get(pk=keeper.agency_id)
    return actions.open_programme(keeper, agency, amount=Decimal(amount), **told)


def give(home: Home, programme: Programme | None, quantity: str = "60", **given: Any) -> Assistance:
    told = {"unit": "money", "currency": "UZS", "service": SERVICE, **given}
    return actions.give_assistance(home.me, home.case, quantity=Decimal(quantity), programme=programme, **told)


def test_no_more_is_given_than_a_programme_has_and_what_was_wrong_comes_back(home: Home, keeper: Actor) -> None:
    programme = opened(keeper)
    first = give(home, programme)
    with pytest.raises(BudgetSpent, match="40"):
        give(home, programme)
    give(home, programme, "40")
    with acting_for(home.me.staff_id):
        assert spent_of(programme) == 100
        actions.correct_assistance(home.me, first, because="not_given")
        assert spent_of(programme) == 40


def test_what_others_gave_counts_though_nobody_sees_to_whom(home: Home, keeper: Actor) -> None:
    programme = opened(keeper)
    give(home, programme)
    stranger = make.home(make.actor("coordinator", "Coordination"), at="South")
    with acting_for(stranger.me.staff_id):
        assert not Assistance.objects.exists()
        (shown,) = programmes(stranger.me)
        assert (shown.share, shown.left, shown.may_end) == (60, "40 UZS", False)


def test_a_programme_gives_what_it_was_made_for_in_its_time(home: Home, keeper: Actor) -> None:
    for wrong in (
        opened(keeper, unit="session", currency=""),
        opened(keeper, since=today() + timedelta(1), until=today() + timedelta(9)),
    ):
        with pytest.raises(ProgrammeUnfit):
            give(home, wrong)
    ended = actions.end_programme(keeper, opened(keeper, since=today() - timedelta(9), until=today() + timedelta(9)))
    give(home, ended, "10")  # on its last day
    with pytest.raises(ProgrammeEnded):
        actions.end_programme(keeper, ended)


def test_the_database_itself_gives_no_more_than_there_is(home: Home, keeper: Actor) -> None:
    programme = opened(keeper)
    given = give(home, programme)
    copy = (
        "insert into casework_assistance (case_id, service, field_class, quantity, unit, currency, given_on, agency_id,"
        " by_id, although, wrong_because, programme_id) select case_id, service, field_class, quantity, unit, currency,"
        " given_on, agency_id, by_id, although, wrong_because, programme_id from casework_assistance where id = %s"
    )
    with acting_for(home.me.staff_id), pytest.raises(DatabaseError, match="what it has"), transaction.atomic():
        connection.cursor().execute(copy, [given.pk])


def test_a_programme_is_entered_by_who_keeps_those_of_the_agency(home: Home, keeper: Actor) -> None:
    with pytest.raises(NotAllowed):
        opened(home.me)
    with pytest.raises(NotYourAgency):
        actions.open_programme(
            keeper, make.agency("South"), name="Theirs", amount=Decimal(1), unit="session", since=today(), until=today()
        )
    with pytest.raises(AmountMissing):
        opened(keeper, "0")
    with pytest.raises(ProgrammeDaysUnfit):
        opened(keeper, until=today() - timedelta(1))
    with acting_for(home.me.staff_id), pytest.raises(DatabaseError), transaction.atomic():
        Programme.objects.create(
            name="Mine", agency_id=home.me.agency_id, amount=1, unit="session", since=today(), until=today()
        )


def test_help_is_given_out_of_a_programme_on_pages_and_over_the_api_with_a_receipt(home: Home, keeper: Actor) -> None:
    boss, worker = client_of(keeper), client_of(home.me)
    told = {"name": "School start", "agency": keeper.agency_id, "amount": "100", "unit": "money", "currency": "UZS"}
    boss.post("/programmes/new/", told | {"since": today(), "until": today()})
    with acting_for(keeper.staff_id):
        code = Programme.objects.get().code
    given = {"service": SERVICE, "quantity": "60", "unit": "money", "currency": "UZS", "programme": code}
    form = {**given, "case": home.case.code, "on": today()}
    page = worker.post(f"/families/{home.family.code}/assistance/new/", form)
    assert page.status_code == 302
    again = worker.post(f"/families/{home.family.code}/assistance/new/", form).content.decode()
    assert "has 40 UZS left" in again
    api = f"/api/v1/cases/{home.case.code}/assistance"
    refused = worker.post(api, given, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "casework.budget-spent")
    assert worker.post(api, given | {"quantity": "40"}, content_type="application/json").status_code == 201
    (listed,) = worker.get("/api/v1/programmes").json()
    assert (listed["code"], listed["left"], listed["share"]) == (code, "0 UZS", 100)
    shown = worker.get(f"/families/{home.family.code}/assistance/").content.decode()
    assert "School start" in shown
    number = Assistance.objects.order_by("pk")[0].pk
    printed = words_of(worker.post(f"/families/{home.family.code}/assistance/{number}/receipt/").content)
    assert "60 UZS" in printed
    assert "Gavharova" not in printed
    boss.post(f"/programmes/{code}/end/")
    assert "not open" in boss.get("/programmes/").content.decode()
