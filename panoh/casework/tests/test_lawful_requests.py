"""What an authority asks by law: about one person, reviewed by two, answered with the least, told and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.role_changes import RolesApart
from panoh.access.tests.changing import give_role
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Family, Grant, LawfulRequest, LawfulReview, Need, Person, Suggestion
from panoh.casework.queries.lawful import lawful_extract, lawful_for, lawful_register, lawful_shown, lawful_year
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_requests import (
    BasisMissing,
    LawfulDayUnfit,
    NotAtThisPoint,
    NothingKept,
    NotThePerson,
    ReviewedByYou,
    ScopeUnfit,
    WordsMissing,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db

IDENTITY, HEALTH, LEGAL = FieldClass.IDENTITY, FieldClass.HEALTH, FieldClass.LEGAL
State = LawfulRequest.State


@dataclass
class Desk:
    """Who keeps the register, two lawyers, and a family."""

    officer: Actor
    one: Actor
    two: Actor
    home: Home

    def asked(self, *kinds: int, **given: object) -> LawfulRequest:
        words = {
            "authority_kind": 1, "authority": "Court of the North", "reference": "17/2026", "legal_basis": "Article 5",
            "received_on": today(), "about": self.home.mother.code, "asked": kinds or (IDENTITY, LEGAL), **given,
        }  # fmt: skip
        return actions.record_lawful(self.officer, **words)  # type: ignore[arg-type]

    def review(self, request: LawfulRequest, *scopes: tuple[int, ...] | None) -> LawfulRequest:
        for lawyer, scope in zip((self.one, self.two), scopes, strict=False):
            given = {"is_lawful": scope is not None, "scope": scope or ()}
            actions.review_lawful(lawyer, request, basis="Article 5, part 2", **given)  # type: ignore[arg-type]
        return again(request)

    def agreed(self, *kinds: int) -> LawfulRequest:
        return self.review(self.asked(*kinds), kinds or (LEGAL,), kinds or (LEGAL,))

    def extract(self, request: LawfulRequest) -> dict[str, str]:
        with acting_for(self.officer.staff_id):
            return dict(lawful_extract(self.officer, again(request)).lines)


def again(request: LawfulRequest) -> LawfulRequest:
    return LawfulRequest.objects.get(pk=request.pk)


@pytest.fixture
def desk(home: Home) -> Desk:
    officer = make.actor("protection_officer", "Coordination")
    return Desk(officer, make.actor("lawyer", "South"), make.actor("lawyer", "East"), home)


@pytest.fixture(autouse=True)
def _as_the_operator_sees_no_request(db: None) -> None:
    """Let the tests look at the tables as who keeps the register."""
    watcher = make.actor("protection_officer", "Elsewhere")
    with acting_for(watcher.staff_id):
        yield


# --- the whole way -----------------------------------------------------------------------------------------------


def test_a_request_about_one_person_is_reviewed_by_two_and_answered_with_the_least(desk: Desk) -> None:
    desk.home.need(domain="lawyer")
    desk.home.need(domain="health")
    officer, one, two = (client_of(actor) for actor in (desk.officer, desk.one, desk.two))
    form = {
        "authority_kind": "1", "authority": "Court of the North", "reference": "17/2026", "received_on": today(),
        "legal_basis": "Article 5", "about": desk.home.mother.code.lower(), "asked": ["1", "4", "6"],
    }  # fmt: skip
    address = officer.post("/lawful/new/", form)["Location"]
    assert "Court of the North" in one.get(address).content.decode()
    assert one.post(f"{address}review/", {"is_lawful": "1", "scope": ["1", "6"], "basis": "Art. 5"}).status_code == 302
    assert "Art. 5" not in two.get(address).content.decode(), "apart from one another"
    assert "Art. 5" not in officer.get(address).content.decode()
    assert two.post(f"{address}review/", {"is_lawful": "1", "scope": ["6"], "basis": "Art. 6"}).status_code == 302
    shown = officer.get(address).content.decode()
    assert "Art. 5" in shown
    assert "Art. 6" in shown
    assert "papers and legal help" in officer.get(f"{address}answer/").content.decode()
    answer = officer.post(f"{address}answer/", follow=True).content.decode()
    assert desk.home.mother.code in answer
    assert "urgent" in answer, "the need for a lawyer"
    assert answer.count("urgent") == 1, "and not the one of health"
    assert "Gavharova" not in answer, "no name, for both did not agree to it"
    assert desk.home.child.code not in answer
    assert again(LawfulRequest.objects.get()).agreed == [LEGAL]


def test_who_leads_the_family_sees_that_the_file_was_opened_for_it(desk: Desk) -> None:
    actions.answer_lawful(desk.officer, desk.agreed())
    shown = client_of(desk.home.me).get(f"/families/{desk.home.family.code}/").content.decode()
    assert desk.officer.name in shown
    assert "to answer a lawful request" in shown
    desk.extract(LawfulRequest.objects.get())
    looked = client_of(desk.home.me).get(f"/people/{desk.home.mother.code}/looked/").content.decode()
    assert "gave a minimum extract, to answer a lawful request" in looked


def test_it_closes_by_itself_at_the_end_of_the_day(desk: Desk) -> None:
    with moved(-1):
        request = desk.agreed(IDENTITY)
    actions.answer_lawful(desk.officer, request)
    assert desk.extract(request)["Name"] == "Gavharova Nodira"
    with acting_for(None):
        grant = Grant.objects.get(purpose="lawful_request")
        assert (grant.until, grant.changes, grant.classes) == (today(), False, [0, IDENTITY])
        assert grant.staff_id == desk.officer.me
    with moved(1), pytest.raises(NotAtThisPoint):
        desk.extract(request)


def test_what_is_withheld_stays_closed(desk: Desk) -> None:
    officer = Staff.objects.get(pk=desk.officer.staff_id)
    desk.home.need(domain="lawyer")
    request = desk.agreed(IDENTITY, LEGAL)
    actions.withhold(desk.home.me, desk.home.family, whom=officer, classes=[LEGAL], because="asked")
    actions.answer_lawful(desk.officer, request)
    told = desk.extract(request)
    assert told["Name"] == "Gavharova Nodira"
    assert not [words for words in told.values() if "urgent" in words]


def test_of_a_forgotten_person_nothing_can_be_given(desk: Desk) -> None:
    request = desk.agreed()
    with acting_for(None):
        make.close(desk.home)
    actions.forget_person(desk.home.boss, desk.home.mother, reason="asked", confirmed=desk.home.mother.code)
    with pytest.raises(NothingKept):
        actions.answer_lawful(desk.officer, request)
    actions.refuse_lawful(desk.officer, request, because="nothing_kept")
    assert again(request).get_refused_because_display() == "nothing is kept of this person any more"


def test_a_joined_file_is_answered_from_the_one_it_goes_on_in(desk: Desk) -> None:
    twin = make.person(desk.home.boss, desk.home.family, "Gavharova Nodira", 1990)
    actions.suggest_pairs(desk.home.boss, [actions.SuggestedPair(desk.home.mother.code, twin.code)])
    with acting_for(desk.home.boss.staff_id):
        pair = Suggestion.objects.get()
        actions.decide_pair(desk.home.boss, pair, decision=Suggestion.State.SAME)
        actions.propose_merge(desk.home.boss, pair, keep=desk.home.mother)
    request = desk.review(desk.asked(IDENTITY, about=twin.code), (IDENTITY,), (IDENTITY,))
    actions.answer_lawful(desk.officer, request)
    assert desk.extract(request)["Person"] == desk.home.mother.code


# --- what is refused ---------------------------------------------------------------------------------------------


def test_a_demand_for_a_list_is_recorded_and_refused_and_nothing_makes_one(desk: Desk) -> None:
    request = desk.asked(about="")
    assert (request.state, request.refused_because) == (State.REFUSED, "not_one_person")
    for tried in (actions.answer_lawful, actions.review_lawful):
        given = {} if tried is actions.answer_lawful else {"is_lawful": True, "scope": [LEGAL], "basis": "Law"}
        with pytest.raises((NotAtThisPoint, NotAllowed)):
            tried(desk.officer if tried is actions.answer_lawful else desk.one, request, **given)  # type: ignore[operator]
    for change in ("state = 2, agreed = '{6}'", "state = 5, agreed = '{6}'", f"about = '{desk.home.mother.code}'"):
        with acting_for(desk.officer.staff_id), pytest.raises(DatabaseError), transaction.atomic():
            _sql(f"update casework_lawfulrequest set {change}")


@pytest.mark.parametrize(("scopes", "why"), [
    ((None, None), "not_lawful"),
    (((LEGAL,), None), "reviewers_disagree"),
    (((LEGAL,), (IDENTITY,)), "reviewers_disagree"),
])  # fmt: skip
def test_what_the_reviewers_do_not_both_find_lawful_is_refused(desk: Desk, scopes: tuple, why: str) -> None:
    request = desk.review(desk.asked(), *scopes)
    assert (request.state, request.refused_because, request.agreed) == (State.REFUSED, why, [])
    with pytest.raises(NotAtThisPoint):
        actions.answer_lawful(desk.officer, request)


def test_one_review_opens_nothing_and_nobody_reviews_twice_or_what_they_recorded(desk: Desk) -> None:
    request = desk.review(desk.asked(), (LEGAL,))
    assert request.state == State.RECEIVED
    with pytest.raises(NotAtThisPoint):
        actions.answer_lawful(desk.officer, request)
    with acting_for(desk.one.staff_id), pytest.raises(ReviewedByYou):
        actions.review_lawful(desk.one, lawful_for(desk.one, request.code), is_lawful=True, scope=[6], basis="Law")
    with pytest.raises(NotAllowed):
        actions.review_lawful(desk.officer, request, is_lawful=True, scope=[LEGAL], basis="Law")
    with pytest.raises(RolesApart):
        give_role(Staff.objects.get(pk=desk.officer.staff_id), "lawyer")
    with acting_for(desk.officer.staff_id), pytest.raises(DatabaseError), transaction.atomic():
        _sql("insert into casework_lawfulreview (request_id, by_id, is_lawful, scope, basis_id)"
             " values (%s, %s, true, '{6}', %s)", request.pk, desk.officer.me, request.words_id)  # fmt: skip


def test_the_database_itself_opens_nothing_without_two_reviews(desk: Desk) -> None:
    request = desk.review(desk.asked(), (LEGAL,))
    other = make.actor("protection_officer", "North")
    agreed = desk.agreed()
    for who, which in ((desk.officer, request), (other, agreed), (desk.one, agreed), (desk.home.boss, agreed)):
        with acting_for(who.staff_id), pytest.raises(DatabaseError), transaction.atomic():
            _sql("select app.open_lawful(%s, 'G-0000-0000')", which.pk)
    for statement in (
        "update casework_lawfulrequest set agreed = '{1,6}'", "update casework_lawfulrequest set asked = '{1,2,6}'",
        "insert into casework_grant (code, family_id, staff_id, purpose, classes, changes, until, given_by_id)"
        f" values ('G-1', {desk.home.family.pk}, {desk.officer.me}, 'lawful_request', '{{0,1}}', false, app.today(),"
        f" {desk.one.me})",
        "update casework_lawfulreview set scope = '{1}'",
    ):  # fmt: skip
        with acting_for(desk.officer.staff_id), pytest.raises(DatabaseError), transaction.atomic():
            _sql(statement)
    with acting_for(None):
        assert not Grant.objects.exists()


def test_no_more_is_agreed_to_than_was_asked_and_nothing_sealed_to_a_profession(desk: Desk) -> None:
    request = desk.asked(LEGAL)
    with pytest.raises(ScopeUnfit):
        actions.review_lawful(desk.one, request, is_lawful=True, scope=[HEALTH], basis="Law")
    with pytest.raises(ScopeUnfit):
        actions.review_lawful(desk.one, request, is_lawful=True, scope=[], basis="Law")
    with pytest.raises(BasisMissing):
        actions.review_lawful(desk.one, request, is_lawful=False, basis=" ")
    with pytest.raises(NothingChosen):
        desk.asked(FieldClass.SEALED_LEGAL)
    with acting_for(desk.officer.staff_id), pytest.raises(IntegrityError), transaction.atomic():
        LawfulRequest.objects.create(
            authority_kind=1, received_on=today(), about=desk.home.mother.code, asked=[FieldClass.SEALED_LEGAL],
            key=request.key, words=request.words, recorded_by_id=desk.officer.me,
        )  # fmt: skip


def test_what_is_wrong_with_a_record_is_said(desk: Desk) -> None:
    with pytest.raises(NotThePerson):
        desk.asked(about="P-0000-0000")
    with pytest.raises(WordsMissing):
        desk.asked(reference=" ")
    with pytest.raises(LawfulDayUnfit):
        desk.asked(received_on=today() + timedelta(1))
    assert not LawfulRequest.objects.exists()


def test_an_appeal_holds_the_answer_of_a_refused_one_and_ends_either_way(desk: Desk) -> None:
    refused = desk.review(desk.asked(), None, None)
    actions.appeal_lawful(desk.officer, refused)
    with pytest.raises(NotAtThisPoint):
        actions.answer_lawful(desk.officer, again(refused))
    actions.refuse_lawful(desk.officer, again(refused), because="set_aside")
    agreed = desk.agreed()
    actions.appeal_lawful(desk.officer, agreed)
    actions.answer_lawful(desk.officer, again(agreed))
    assert again(agreed).state == State.ANSWERED
    with pytest.raises(NotAtThisPoint):
        actions.appeal_lawful(desk.officer, again(agreed))


# --- who sees what -----------------------------------------------------------------------------------------------


def test_the_register_is_its_keepers_and_a_lawyer_sees_what_waits_and_what_they_reviewed(desk: Desk) -> None:
    waiting, done = desk.asked(), desk.agreed()
    third = make.actor("lawyer", "West")

    def seen(actor: Actor) -> set[str]:
        with acting_for(actor.staff_id):
            return {request.code for request in lawful_register(actor)}

    assert seen(desk.officer) == {waiting.code, done.code}
    assert seen(desk.one) == {waiting.code, done.code}
    assert seen(third) == {waiting.code}
    for role in ("coordinator", "supervisor", "caseworker", "administrator", "statistician"):
        actor = make.actor(role, "North")
        assert seen(actor) == set()
        with acting_for(actor.staff_id):
            assert not LawfulReview.objects.exists()
            with pytest.raises(NotThere):
                lawful_for(actor, done.code)
        assert client_of(actor).get(f"/lawful/{done.code}/").status_code == 403
    with acting_for(third.staff_id):
        assert lawful_shown(third, lawful_for(third, waiting.code)).words["authority"] == "Court of the North"


def test_who_keeps_the_register_sees_no_file_before_and_only_the_agreed_part_of_one_after(desk: Desk) -> None:
    make.home(desk.home.boss, at="South")
    desk.home.need(domain="health")
    request = desk.agreed(LEGAL)
    with acting_for(desk.officer.staff_id):
        assert (Person.objects.count(), Family.objects.count(), Need.objects.count()) == (0, 0, 0)
    actions.answer_lawful(desk.officer, request)
    with acting_for(desk.officer.staff_id):
        assert list(Family.objects.values_list("code", flat=True)) == [desk.home.family.code]
        assert Need.objects.count() == 0
    for address in (f"/families/{desk.home.family.code}/", f"/people/{desk.home.mother.code}/"):
        assert client_of(desk.officer).get(address).status_code == 403


def test_each_step_and_each_refused_try_is_on_record(desk: Desk) -> None:
    request = desk.agreed(IDENTITY)
    actions.answer_lawful(desk.officer, request)
    desk.extract(request)
    with pytest.raises(NotAllowed):
        actions.answer_lawful(make.actor("protection_officer", "North"), again(request))
    entries = AuditEntry.objects.filter(about=request.code).order_by("pk")
    assert set(entries.values_list("purpose", flat=True)) <= {"lawful_request", ""}
    assert [(one.step, one.outcome, len(one.identities)) for one in entries] == [
        ("lawful.record", 1, 0), ("lawful.review", 1, 0), ("lawful.review", 1, 0), ("lawful.answer", 1, 0),
        ("lawful.answer", 1, 1), ("lawful.answer", 2, 0),
    ]  # fmt: skip


# --- telling the person, and the figures -------------------------------------------------------------------------


def test_a_notice_that_was_put_off_comes_up_again_as_late(desk: Desk) -> None:
    request = desk.review(desk.asked(), None, None)
    words = {"reason": "An order of the court", "ordered_by": "Judge of the North"}
    with pytest.raises(WordsMissing):
        actions.postpone_notice(desk.officer, request, until=today() + timedelta(9), reason=" ", ordered_by="x")
    with pytest.raises(LawfulDayUnfit):
        actions.postpone_notice(desk.officer, request, until=today(), **words)
    actions.postpone_notice(desk.officer, request, until=today() + timedelta(9), **words)
    client = client_of(desk.officer)
    assert "Judge of the North" in client.get(f"/lawful/{request.code}/").content.decode()
    with moved(5):
        assert not again(request).is_notice_late
    with moved(10):
        assert again(request).is_notice_late
        assert "late: to be told" in client.get("/lawful/").content.decode()
        actions.give_notice(desk.officer, request, on=today())
        assert not again(request).is_notice_late
        with pytest.raises(NotAtThisPoint):
            actions.give_notice(desk.officer, request, on=today())


def test_the_figures_of_a_year_are_exact_and_name_nobody(desk: Desk) -> None:
    desk.asked(about="")
    desk.asked(authority_kind=3)
    answered = desk.agreed()
    actions.answer_lawful(desk.officer, answered)
    actions.give_notice(desk.officer, answered, on=today())
    with acting_for(desk.home.boss.staff_id):
        counted = dict(lawful_year(desk.home.boss, today().year).rows)
        assert dict(lawful_year(desk.home.boss, 2001).rows)["all"] == [0] * 6
    assert counted["court"] == [2, 1, 0, 1, 0, 1]
    assert counted["ministry"] == [1, 0, 0, 0, 1, 0]
    assert counted["all"] == [3, 1, 0, 1, 1, 1]
    page = client_of(desk.home.boss).get("/lawful/count/").content.decode()
    assert desk.home.mother.code not in page
    assert "Court of the North" not in page
    for role in ("caseworker", "supervisor", "statistician"):
        actor = make.actor(role, "North")
        assert client_of(actor).get("/lawful/count/").status_code == 403
        with acting_for(actor.staff_id):
            assert _sql("select count(*) from app.lawful_counts(%s)", today().year) == 0


def test_the_same_is_done_over_the_api(desk: Desk) -> None:
    officer, one, two = (client_of(actor) for actor in (desk.officer, desk.one, desk.two))
    given = {
        "authority_kind": "procuracy", "authority": "X", "reference": "1", "legal_basis": "Law", "received_on": today(),
        "asked": ["identity"], "about": desk.home.mother.code,
    }  # fmt: skip
    kind = "application/json"
    code = officer.post("/api/v1/lawful", given, content_type=kind).json()["code"]
    for lawyer in (one, two):
        review = {"is_lawful": True, "scope": ["identity"], "basis": "Law"}
        assert lawyer.post(f"/api/v1/lawful/{code}/reviews", review, content_type=kind).status_code == 201
    lines = officer.post(f"/api/v1/lawful/{code}/answer", {}, content_type=kind).json()["lines"]
    assert {"heading": "Name", "words": "Gavharova Nodira"} in lines
    assert officer.post(f"/api/v1/lawful/{code}/notice", {"on": today()}, content_type=kind).status_code == 204
    assert officer.get("/api/v1/lawful").json()[0]["state"] == "answered"
    assert officer.get("/api/v1/lawful-count").json()["rows"][1]["figures"][0] == 1


def _sql(statement: str, *given: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)
        return cursor.fetchone()[0] if cursor.description else None
