"""Who must answer is told that it waits, and who asked that it was answered; nobody else is told of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Notice, Referral, Transfer, Via
from panoh.casework.queries.notices import PAGES, notices_of
from panoh.casework.queries.referrals import referral_for
from panoh.casework.tests import factories as make
from panoh.casework.tests.asking import desk
from panoh.casework.tests.factories import Home

pytestmark = pytest.mark.django_db


def told() -> set[tuple[int, str, str]]:
    return set(Notice.objects.values_list("staff_id", "kind", "about"))


def test_an_office_is_told_what_is_asked_of_it_and_the_worker_what_it_answered(home: Home) -> None:
    asked = desk(home)
    asked.consent()
    one, other = asked.at("First"), asked.at("Second")
    sent = asked.send()
    assert told() == {(one.me, "referral", sent.code)}
    with acting_for(one.staff_id):
        actions.decline_referral(one, referral_for(one, sent.code), because="no_place")
    assert (home.me.me, "answer", sent.code) in told()
    with acting_for(None):
        again = actions.pass_on(Actor.operator(), Referral.objects.get(pk=sent.pk))
    assert again is not None
    assert (other.me, "referral", again.code) in told()


def test_an_answer_on_a_slip_is_told_to_who_sent_it(home: Home) -> None:
    asked = desk(home, via=Via.SLIP)
    asked.consent()
    sent = asked.send()
    assert told() == set()
    made = actions.make_slip(home.me, sent)
    with acting_for(None):
        slip = actions.try_code(Actor.operator(), made.code)
        assert slip is not None
        actions.answer_slip(Actor.operator(), slip, answer="accept")
    assert told() == {(home.me.me, "answer", sent.code)}


def test_who_may_agree_to_a_step_is_told_and_nobody_of_another_agency(home: Home) -> None:
    boss, _elsewhere = make.actor("supervisor", "North"), make.actor("supervisor", "South")
    actions.make_visit(home.me, home.family, kind="follow_up", on=today(), report="All is well.")
    asked = actions.ask_to_close(home.me, home.case, reason="family_asked", circumstance="parents", note="They manage.")
    assert told() == {(boss.me, "approval", asked.code)}
    actions.decline_step(boss, asked, why="Not yet.")
    assert told() == {(boss.me, "approval", asked.code), (home.me.me, "answer", asked.code)}


def test_the_next_agency_is_told_of_a_family_only_once_it_is_offered(home: Home) -> None:
    boss, taker = make.actor("supervisor", "North"), make.actor("caseworker", "South")
    asked = actions.ask_transfer(
        home.me, home.family, to_agency=make.agency("South"), reason="family_moved", notes="School begins in May.",
        basis=make.BY_LAW,
    )  # fmt: skip
    assert told() == {(boss.me, "approval", asked.code)}
    actions.agree_to_transfer(boss, asked)
    assert (taker.me, "approval", asked.code) in told()
    actions.take_over(taker, Transfer.objects.get(pk=asked.pk))
    assert (home.me.me, "answer", asked.code) in told()


def test_the_lead_worker_is_told_of_what_the_family_asks_and_only_the_officer_of_a_complaint(home: Home) -> None:
    officer = make.actor("protection_officer", "Coordination")
    make.actor("supervisor", "North")
    code = actions.give_code(home.me, home.mother).text
    asked = actions.ask_by_code(code, what="copy", words="I want to read it.")
    assert told() == {(home.me.me, "right", asked.code)}
    complained = actions.ask_by_code(code, what="complaint", words="Nobody came.")
    assert told() - {(home.me.me, "right", asked.code)} == {(officer.me, "right", complained.code)}


def test_an_officer_is_not_told_of_a_complaint_about_themselves(home: Home) -> None:
    officer = make.hire("protection_officer", "Coordination")
    actions.take_complaint(home.me, words="He shouted.", person=home.mother, named=[officer])
    assert told() == set()


def test_a_notice_leads_to_the_page_of_what_it_is_about(home: Home) -> None:
    boss = make.actor("supervisor", "North")
    actions.make_visit(home.me, home.family, kind="follow_up", on=today(), report="All is well.")
    asked = actions.ask_to_close(home.me, home.case, reason="family_asked", circumstance="parents", note="They manage.")
    assert [one.url for one in notices_of(boss)] == [f"/approvals/{asked.code}/"]


def letters(model: type[Model]) -> str:
    """Return the letters before a code of this kind of record, as its default draws one; empty: it draws none."""
    draws = [one.get_default() for one in model._meta.fields if one.name == "code" and one.has_default()]
    return str(draws[0]).partition("-")[0] if draws else ""


def test_the_letters_of_a_code_say_what_kind_of_record_it_stands_for() -> None:
    drawn = [found for model in apps.get_app_config("casework").get_models() if (found := letters(model))]
    assert len(drawn) > 20
    assert len(set(drawn)) == len(drawn)
    assert set(PAGES) < set(drawn)
