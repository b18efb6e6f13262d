"""A service is asked of one office with the least it takes; who takes it sees that, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Case, Grant, Need, Offer, Person, Referral, ServiceRefusal, Task
from panoh.casework.queries.directory import fitting
from panoh.casework.queries.referrals import (
    asked_of_us,
    families_refused,
    referral_for,
    referral_shown,
    referrals_of,
    refusals_counted,
    refusals_of,
)
from panoh.casework.refusals import CaseClosed
from panoh.casework.refusals_referrals import (
    AppealedAlready,
    ConsentOver,
    LabelInIt,
    NoAppealOpen,
    NotAtThisState,
    OfferEnded,
    OfficeAsked,
    ReferralDayUnfit,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.asking import FEELINGS, SERVICE, Desk, again, desk, supervisor
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db
State = Referral.State
RUNNER = Actor.operator()


@pytest.fixture
def asked(home: Home) -> Desk:
    made = desk(home)
    made.consent()
    return made


def seen_by(actor: Actor, referral: Referral) -> Referral:
    with acting_for(actor.staff_id):
        return referral_for(actor, referral.code)


def accept(asked: Desk, referral: Referral, office: str = "First", **given: object) -> Referral:
    actor = asked.at(office)
    with acting_for(actor.staff_id):
        words = {"due": today() + timedelta(10), "words": "Monday at nine.", **given}
        return actions.accept_referral(actor, referral_for(actor, referral.code), **words)  # type: ignore[arg-type]


def decline(asked: Desk, referral: Referral, office: str = "First", because: str = "no_place") -> Referral:
    actor = asked.at(office)
    with acting_for(actor.staff_id):
        return actions.decline_referral(actor, referral_for(actor, referral.code), because=because, basis="Article 4.")


def passed_on(referral: Referral) -> Referral | None:
    with acting_for(None):
        return actions.pass_on(RUNNER, Referral.objects.get(pk=referral.pk))


# --- who sees what -----------------------------------------------------------------------------------------------


def test_an_office_that_is_asked_sees_the_service_and_nothing_of_the_file(asked: Desk) -> None:
    sent = asked.send()
    first = asked.at("First")
    with acting_for(first.staff_id):
        shown = referral_shown(first, referral_for(first, sent.code))
        assert (shown.words, shown.person, shown.name, shown.family) == ("", None, "", None)
        assert not Person.objects.exists()
        assert not Case.objects.exists()
    page = client_of(first).get(f"/referrals/{sent.code}/").content.decode()
    for hidden in ("Gavharova", asked.home.mother.code, asked.home.family.code, "sleeps badly"):
        assert hidden not in page


def test_it_opens_to_whoever_takes_it_and_to_nobody_else_of_the_team(asked: Desk) -> None:
    asked.home.need(domain="adult_feelings")
    asked.home.need(domain="health")
    sent = asked.send()
    taken = accept(asked, sent)
    taker, colleague = asked.at("First"), make.actor("psychologist", "First")
    with acting_for(taker.staff_id):
        shown = referral_shown(taker, referral_for(taker, sent.code))
        assert (shown.words, shown.name) == ("She sleeps badly.", "Gavharova Nodira")
        assert [need.domain for need in Need.objects.all()] == ["adult_feelings"], "the class it takes, and no other"
        assert shown.family is None
    with acting_for(colleague.staff_id):
        assert not Person.objects.exists()
        assert not Referral.objects.exists(), "taken: no colleague sees that it was asked"
        assert asked_of_us(colleague) == []
    grant = Grant.objects.get(pk=taken.grant_id)
    assert (grant.staff_id, grant.agency_id, grant.purpose) == (taker.staff_id, None, "referral")
    assert set(grant.classes) == {FieldClass.FILE, FieldClass.IDENTITY, FEELINGS, FieldClass.SEALED_PSYCHOSOCIAL}


def test_another_office_sees_nothing_at_all(asked: Desk) -> None:
    sent = asked.send()
    with acting_for(asked.at("Second").staff_id):
        assert not Referral.objects.exists()
        with pytest.raises(NotThere):
            referral_for(asked.at("Second"), sent.code)
    assert client_of(asked.at("Second")).get(f"/referrals/{sent.code}/").status_code == 404


def test_done_it_closes_and_whoever_asked_reads_how_it_went(asked: Desk) -> None:
    sent = asked.send()
    accept(asked, sent)
    taker = asked.at("First")
    with acting_for(taker.staff_id):
        actions.complete_referral(taker, referral_for(taker, sent.code), feedback="Ten talks; she sleeps again.")
        assert not Person.objects.exists()
    with acting_for(asked.home.worker.pk):
        shown = referral_shown(asked.me, referral_for(asked.me, sent.code))
    assert (shown.said, shown.feedback) == ("Monday at nine.", "Ten talks; she sleeps again.")
    assert again(sent).state == State.COMPLETED


@pytest.mark.parametrize("role", ["service_provider", "contact", "health_worker", "lawyer"])
def test_every_kind_of_helper_can_answer_what_is_asked_of_the_own_agency(asked: Desk, role: str) -> None:
    asked.staff["First"] = make.actor(role, "First")
    assert accept(asked, asked.send()).state == State.ACCEPTED
    assert client_of(asked.at("First")).get("/referrals/").status_code == 200


# --- each side takes its own steps -------------------------------------------------------------------------------


def test_no_side_takes_the_others_steps_whatever_it_sends_to_the_database(asked: Desk) -> None:
    sent = asked.send()
    first, worker = asked.at("First"), asked.me
    forbidden = [(worker, state) for state in (2, 3, 4, 6)] + [(first, state) for state in (2, 3, 5, 6)]
    for actor, state in forbidden:
        with acting_for(actor.staff_id), pytest.raises(DatabaseError), transaction.atomic():
            _sql("update casework_referral set state = %s, ended_on = app.today(), answered_on = app.today(),"
                 " due = app.today(), taken_back_because = case when %s = 5 then 'moved' else '' end"
                 " where id = %s", state, state, sent.pk)  # fmt: skip
    for actor, change in ((worker, "classes = '{0,1,4}'"), (first, "classes = '{0,1,2}'"), (worker, "age = 3")):
        with acting_for(actor.staff_id), pytest.raises(DatabaseError), transaction.atomic():
            _sql(f"update casework_referral set {change} where id = %s", sent.pk)
    with acting_for(asked.at("Second").staff_id), pytest.raises(DatabaseError), transaction.atomic():
        _sql("select app.take_referral(%s, 'G-0000-0000', app.today(), null)", sent.pk)


def test_what_one_took_nobody_else_takes(asked: Desk) -> None:
    sent = asked.send()
    stale = seen_by(asked.at("First"), sent)
    accept(asked, sent)
    colleague = make.actor("psychologist", "First")
    for step in (lambda: actions.accept_referral(colleague, stale, due=today()),
                 lambda: actions.decline_referral(colleague, stale, because="age")):  # fmt: skip
        with pytest.raises((NotAllowed, NotAtThisState)):
            step()


def test_taken_back_it_is_hidden_at_once(asked: Desk) -> None:
    sent = asked.send()
    accept(asked, sent)
    with acting_for(asked.home.worker.pk):
        actions.take_back_referral(asked.me, sent, because="moved")
    with acting_for(asked.at("First").staff_id):
        assert not Person.objects.exists()
    with acting_for(asked.home.worker.pk), pytest.raises(NotAtThisState):
        actions.take_back_referral(asked.me, sent, because="moved")


def test_only_who_leads_the_file_refers_and_takes_back(asked: Desk) -> None:
    sent, stranger = asked.send(), make.actor("caseworker", "South")
    for step in (lambda: asked.send(1, by=stranger), lambda: asked.send(1, by=asked.at("First"))):
        with pytest.raises((NotThere, NotAllowed)):
            step()
    with acting_for(stranger.staff_id), pytest.raises(NotAllowed):
        actions.take_back_referral(stranger, sent, because="moved")
    assert again(sent).state == State.SENT


def test_a_leave_that_ended_meanwhile_opens_nothing(asked: Desk) -> None:
    sent = asked.send()
    first = asked.at("First").staff_id
    actions.withhold(asked.me, asked.home.family, whom=Staff.objects.get(pk=first), classes=[FEELINGS], because="asked")
    with pytest.raises(ConsentOver):
        accept(asked, sent)
    assert again(sent).state == State.SENT


@pytest.mark.parametrize(("given", "why"), [
    ({"words": "She came from the camp."}, LabelInIt),
    ({"words": "Она вернувшаяся из Сирии."}, LabelInIt),
    ({"answer_by": today() - timedelta(1)}, ReferralDayUnfit),
])  # fmt: skip
def test_what_cannot_be_sent_is_refused_with_what_to_mend(asked: Desk, given: dict, why: type[Exception]) -> None:
    with pytest.raises(why):
        asked.send(**given)
    assert not Referral.objects.exists()


def test_an_office_is_asked_once_at_a_time_and_only_while_it_offers_it(asked: Desk) -> None:
    asked.send()
    with pytest.raises(OfficeAsked):
        asked.send()
    ended = actions.end_offer(asked.home.boss, asked.offers[1])
    asked.offers[1] = ended
    with pytest.raises(OfferEnded):
        asked.send(1)


def test_a_closed_case_takes_back_what_was_asked(asked: Desk) -> None:
    sent = asked.send()
    make.close(asked.home)
    assert again(sent).taken_back_because == "case_closed"
    asked.home.case.refresh_from_db()
    with pytest.raises(CaseClosed):
        asked.send(1)


# --- another way -------------------------------------------------------------------------------------------------


def test_a_declined_referral_is_offered_to_the_next_fitting_office(asked: Desk) -> None:
    sent = asked.send()
    decline(asked, sent)
    second = passed_on(sent)
    assert second is not None
    assert (second.agency.name, second.state, second.follows) == ("Second", State.SENT, sent)
    assert second.consent == sent.consent
    assert passed_on(sent) is None, "once"
    with acting_for(asked.at("Second").staff_id):
        assert [line.referral.code for line in asked_of_us(asked.at("Second"))] == [second.code]


def test_declined_twice_it_is_put_before_the_supervisor(asked: Desk) -> None:
    boss = supervisor(asked)
    sent = asked.send()
    decline(asked, sent)
    second = passed_on(sent)
    decline(asked, second, "Second", because="age")
    assert passed_on(second) is None
    assert again(second).escalated_on == today()
    task = Task.objects.get(kind="referral_stuck")
    assert (task.owner, task.family) == (boss, asked.home.family)
    assert Referral.objects.count() == 2, "the third office is a supervisor's decision"
    page = client_of(Actor.of(boss)).get("/").content.decode()
    assert "Decide how a service is found" in page


def test_an_office_that_the_consent_does_not_name_is_not_asked_behind_the_familys_back(home: Home) -> None:
    asked = desk(home)
    asked.consent(kinds=(), agencies=[asked.offers[0].agency])
    sent = asked.send()
    decline(asked, sent)
    assert passed_on(sent) is None
    assert Task.objects.get(kind="referral_new_basis").owner == asked.home.worker
    assert Referral.objects.count() == 1


def test_nobody_is_asked_from_whom_the_family_keeps_it_nor_who_is_full(asked: Desk) -> None:
    actions.withhold(asked.me, asked.home.family, whom=asked.offers[1].agency, classes=[FEELINGS], because="asked")
    actions.tell_places(asked.home.boss, asked.offers[2], places_free=0)
    sent = asked.send()
    decline(asked, sent)
    assert passed_on(sent) is None
    assert Task.objects.filter(kind="referral_stuck").exists()


def test_what_is_late_is_reminded_of_then_put_before_the_supervisor_then_ends_and_goes_on(asked: Desk) -> None:
    boss = supervisor(asked)
    sent = asked.send(answer_by=today() + timedelta(3))
    kinds = []
    for day in (3, 4, 5, 9, 18, 19):
        with moved(day), acting_for(None):
            actions.watch_referrals(RUNNER)
            kinds.append((sorted(Task.objects.values_list("kind", flat=True)), again(sent).state))
    assert kinds == [
        ([], State.SENT),
        (["referral_open"], State.SENT),
        (["referral_open"], State.SENT),
        (["referral_open", "referral_stuck"], State.SENT),
        (["referral_open", "referral_stuck"], State.LAPSED),
        (["referral_open", "referral_stuck"], State.LAPSED),
    ]
    assert Task.objects.get(kind="referral_stuck").owner == boss
    assert Referral.objects.get(follows=sent).agency.name == "Second"


def test_who_fits_is_near_has_a_place_and_is_for_this_age(asked: Desk) -> None:
    boss, place = asked.home.boss, asked.home.family.district
    adults, far = make.agency("Adults", Agency.Kind.CLINIC), make.agency("Everywhere", Agency.Kind.CLINIC)
    told = actions.Told(via=1, from_age=18, places_free=99)
    actions.offer_service(boss, adults, service=SERVICE, district=place, told=told)
    actions.offer_service(boss, far, service=SERVICE, told=actions.Told(via=1, places_free=500))
    actions.tell_places(boss, asked.offers[0], places_free=0)

    def order(age: int | None) -> list[str]:
        return [offer.agency.name for offer in fitting(SERVICE, district=place, age=age)]

    assert order(10) == ["Second", "Third", "Everywhere", "First"]
    assert order(30) == ["Adults", "Second", "Third", "Everywhere", "First"]
    assert "Adults" in order(None), "of an unknown age it may be"


# --- refusals ----------------------------------------------------------------------------------------------------


def test_a_refusal_keeps_reason_and_basis_and_takes_an_appeal_and_its_answer(asked: Desk) -> None:
    decline(asked, asked.send(), because="not_entitled")
    with acting_for(asked.home.worker.pk):
        refusal = refusals_of(asked.home.family)[0].refusal
        with pytest.raises(NoAppealOpen):
            actions.answer_appeal(asked.me, refusal, answer=1)
        actions.appeal_refusal(asked.me, refusal, words="She is entitled: article 7.")
        with pytest.raises(AppealedAlready):
            actions.appeal_refusal(asked.me, refusal, words="Again.")
        actions.answer_appeal(asked.me, refusal, answer=1, words="From May on.")
        shown = refusals_of(asked.home.family)[0]
    assert (shown.basis, shown.appeal, shown.answer) == ("Article 4.", "She is entitled: article 7.", "From May on.")
    with acting_for(asked.home.worker.pk), pytest.raises(DatabaseError), transaction.atomic():
        ServiceRefusal.objects.update(because="age")


def test_refusals_are_counted_and_a_family_refused_whatever_it_asks_shows(asked: Desk) -> None:
    boss = asked.home.boss
    decline(asked, asked.send(), because="age")
    actions.record_refusal(asked.me, asked.home.case, service="SOC-17", agency=asked.offers[1].agency, because="age")
    with acting_for(boss.staff_id):
        counted = refusals_counted(boss)
        whole = families_refused(boss)
    assert [(one.total, one.reasons) for one in counted] == [(1, [("It is not for this age", 1)])] * 2
    assert [(one.family_code, one.refused) for one in whole] == [(asked.home.family.code, 2)]
    accept(asked, asked.send(2), "Third")
    with acting_for(boss.staff_id):
        assert families_refused(boss) == []
    page = client_of(boss).get("/refusals/").content.decode()
    assert "Gavharova" not in page


def test_pages_lead_through_the_whole_way(asked: Desk) -> None:
    worker, first = client_of(asked.me), client_of(asked.at("First"))
    family, case = asked.home.family.code, asked.home.case.code
    assert f"/cases/{case}/refer/" in worker.get(f"/families/{family}/referrals/").content.decode()
    assert "First" in worker.get(f"/cases/{case}/refer/?service={SERVICE}").content.decode()
    form = {"service": SERVICE, "offer": asked.offers[0].code, "classes": ["1"], "answer_by": today() + timedelta(5)}
    address = worker.post(f"/cases/{case}/refer/", form)["Location"]
    assert "Take it" in first.get(address).content.decode()
    answer = first.post(f"{address}decline/", {"because": "no_place", "basis": ""}, follow=True)
    assert "Another way is looked for" in answer.content.decode()
    assert "No place is free" in worker.get(address).content.decode()
    with acting_for(asked.home.worker.pk):
        assert [line.referral.state for line in referrals_of(asked.home.family)] == [State.DECLINED]
    assert Offer.objects.count() == 3


def _sql(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
