"""Before arrival: rival accounts side by side, of a test only the outcome, flights and hand-overs kept on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import models

from panoh.access.clock import now, today
from panoh.access.refusals import NotAllowed, Unknown
from panoh.casework import actions
from panoh.casework.actions import With
from panoh.casework.models import HandOver, Hypothesis, Journey, KinshipTest
from panoh.casework.queries.journeys import flights, journey_file
from panoh.casework.refusals import AlreadySettled, InTheFuture, SecondPersonNeeded
from panoh.casework.refusals_care import CarerMissing, HypothesisEmpty, OnThatFlight
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, days_ago
from panoh.vault.models import SealedPart

pytestmark = pytest.mark.django_db
STANDING = Hypothesis.Standing


def claimed(home: Home, name: str, sureness: int = 3) -> Hypothesis:
    return actions.add_hypothesis(home.me, home.child, source="relative", sureness=sureness, name=name, birth="2015")


def test_rival_accounts_stand_side_by_side_and_one_is_taken_as_right_at_a_time(home: Home) -> None:
    one, other = claimed(home, "Temur"), claimed(home, "Timur", sureness=1)
    actions.settle_hypothesis(home.me, one, standing=STANDING.TAKEN)
    actions.settle_hypothesis(home.me, other, standing=STANDING.TAKEN)
    shown = {words["name"]: claim.standing for claim, _source, words in journey_file(home.me, home.child).hypotheses}
    assert shown == {"Timur": STANDING.TAKEN, "Temur": STANDING.OPEN}
    actions.settle_hypothesis(home.me, one, standing=STANDING.RULED_OUT)
    assert Hypothesis.objects.count() == 2


def test_what_was_said_is_sealed_and_something_must_have_been(home: Home) -> None:
    with pytest.raises(HypothesisEmpty):
        actions.add_hypothesis(home.me, home.child, source="relative", sureness=3, name=" ")
    with pytest.raises(Unknown):
        actions.add_hypothesis(home.me, home.child, source="?", sureness=3, name="Temur")
    claim = claimed(home, "Temur")
    part = SealedPart.objects.get(pk=claim.words_id)
    assert b"Temur" not in bytes(part.sealed)
    assert part.key_id == home.child.identity.key_id


def test_of_a_kinship_test_only_the_outcome_is_kept(home: Home) -> None:
    lab = make.agency("Laboratory")
    test = actions.record_kinship_test(
        home.me, home.child, other=home.mother, outcome=KinshipTest.Outcome.SUPPORTS, laboratory=lab, on=days_ago(1)
    )
    kept = {field.name for field in KinshipTest._meta.fields if not isinstance(field, models.AutoField)}
    assert kept == {"person", "other", "outcome", "on", "laboratory", "by"}
    assert journey_file(home.me, home.child).tests == [(test, "Gavharova Nodira")]
    for other, refused in ((home.child, SecondPersonNeeded), (make.home(home.boss).mother, NotAllowed)):
        with pytest.raises(refused):
            actions.record_kinship_test(home.me, home.child, other=other, outcome=1, laboratory=lab, on=today())


def test_who_flies_is_told_by_flight_and_who_is_taken_off_stays_on_record(home: Home) -> None:
    tomorrow = today() + timedelta(1)
    booked = actions.book_flight(home.me, home.child, flight=" hy 77 ", on=tomorrow)
    actions.book_flight(home.me, home.mother, flight="HY 77", on=tomorrow)
    with pytest.raises(OnThatFlight, match="HY 77"):
        actions.book_flight(home.me, home.child, flight="HY 78", on=tomorrow)
    assert [len(passengers) for _flight, passengers in flights(home.boss)] == [2]
    assert flights(make.actor("caseworker", "South")) == []
    actions.take_off_flight(home.me, booked)
    with pytest.raises(AlreadySettled):
        actions.take_off_flight(home.me, booked)
    actions.book_flight(home.me, home.child, flight="HY 78", on=tomorrow)
    assert Journey.objects.filter(person=home.child).count() == 2


def test_a_flight_names_the_passenger_list_it_is_from(home: Home) -> None:
    arrivals = make.listed(home.boss, "Зумрадова Лола,жен,2014,,1")
    actions.book_flight(home.boss, home.child, flight="HY 1", on=today(), arrival_list=arrivals)
    shown = make.client_of(home.boss).get("/flights/").content.decode()
    assert arrivals.code in shown
    assert home.child.code in shown
    assert "Gavharov" not in shown
    assert arrivals.code not in make.client_of(home.me).get("/flights/").content.decode()


def test_a_hand_over_says_from_whom_to_whom_when_and_what_was_missing(home: Home) -> None:
    airport = make.agency("Airport")
    given = {"from_agency": airport, "missing": ["passport", "birth_certificate"], "words": "She held my hand."}
    with pytest.raises(CarerMissing):
        actions.hand_over_person(home.me, home.child, to=With(), **given)
    with pytest.raises(InTheFuture):
        actions.hand_over_person(home.me, home.child, to=With(home.mother), at=now() + timedelta(hours=1), **given)
    with pytest.raises(Unknown):
        actions.hand_over_person(home.me, home.child, to=With(home.mother), **{**given, "missing": ["?"]})
    actions.hand_over_person(home.me, home.child, to=With(home.mother), **given)
    ((_one, to, missing, words),) = journey_file(home.me, home.child).hand_overs
    assert (to, missing, words) == (
        "Gavharova Nodira", ["Birth certificate", "Passport or identity card"], "She held my hand.",
    )  # fmt: skip
    assert HandOver.objects.get().by_id == home.worker.pk


def test_the_same_over_pages_and_the_api(home: Home) -> None:
    web, at = make.client_of(home.me), f"/people/{home.child.code}/"
    told = {"source": "relative", "sureness": "3", "name": "Temur", "on": today()}
    assert web.post(f"{at}hypotheses/new/", told).status_code == 302
    assert web.post(f"{at}flights/new/", {"flight": "HY 1", "on": today()}).status_code == 302
    shown = web.get(f"{at}journey/").content.decode()
    assert "Temur" in shown
    assert "HY 1" in shown
    agency = home.family.agency.code
    handed = {"from_agency": agency, "with_agency": agency, "at": f"{today()}T00:00:00"}
    assert web.post(f"/api/v1{at}hand-overs", handed, content_type="application/json").status_code == 201
    assert web.post(f"{at}flights/new/", {"flight": "ß" * 24, "on": today()}).status_code == 422
    api = web.get(f"/api/v1{at}journey").json()
    assert [one["name"] for one in api["hypotheses"]] == ["Temur"]
