"""A review: each country answers for itself, what is found can change the plan, what is done is verified by another."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from panoh.access.clock import today
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.plan import actions as plans
from panoh.plan.actions import reviews as actions
from panoh.plan.models import ActionPoint, Answer, Body, Finding, Plan, Review
from panoh.plan.queries.reviews import points_of, review_shown
from panoh.plan.refusals import NotOfThisPlan
from panoh.plan.refusals_reviews import (
    AnswersLocked,
    AnswersMissing,
    DoneByYou,
    NoQuestion,
    NotAtThisStage,
    PointOver,
    PointsOpen,
    ReviewOfNoCountry,
    TakenMissing,
)
from panoh.plan.refusals_values import AnotherCountrys, DaysOutOfOrder
from panoh.plan.tests.make import adopted, english, plan, worker
from panoh.plan.tests.measured import second
from panoh.plan.tests.test_reporting_pages import client_of, text

pytestmark = pytest.mark.django_db


def begun(of: Plan) -> Review:
    by = worker("secretariat")
    told = {"kind": Review.Kind.TEN_YEAR, "starts": date(2012, 1, 1), "ends": date(2021, 12, 31)}
    made = actions.begin_review(by, of, title=english("Ten years"), answers_due=date(2026, 12, 1), **told)
    for question in ("What was done?", "What was not?"):
        actions.add_question(by, made, text=english(question))
    return made


def asked(of: Plan) -> Review:
    return actions.ask_countries(worker("secretariat"), begun(of))


def body(country: str = "UZ") -> Body:
    told = {"code": f"moe-{country.lower()}", "name": english("Ministry of education"), "kind": 1, "country": country}
    return plans.add_body(worker("secretariat"), **told)


def found(review: Review, **more: object) -> Finding:
    action = review.plan.actions.get(code="4.1.1")
    told = {"kind": Finding.Kind.PROBLEM, "text": english("No child justice"), "asks_for_change": True, **more}
    return actions.record_finding(worker("secretariat"), review, about=action, **told)


def point(review: Review, due: date | None = None, **more: object) -> ActionPoint:
    told = {"text": english("Draft the law"), "body": body(), "due": due or today() + timedelta(30), **more}
    return actions.agree_point(worker("secretariat"), review, **told)


def test_each_country_answers_all_questions_for_itself_and_then_its_answers_are_locked() -> None:
    review, uz = asked(adopted()), worker("focal_point", "UZ")
    actions.write_answers(uz, review, texts={1: "Schools", 2: ""})
    with pytest.raises(AnswersMissing):
        actions.submit_answers(uz, review)
    with pytest.raises(AnotherCountrys):
        actions.write_answers(uz, review, texts={1: "For them"}, country="KZ")
    with pytest.raises(ReviewOfNoCountry):
        actions.write_answers(worker("focal_point", "DE"), review, texts={1: "Hello"})
    actions.write_answers(uz, review, texts={2: "Laws"})
    assert not review_shown(worker("observer"), review).questions[0].answers.all()
    actions.submit_answers(uz, review)
    with pytest.raises(AnswersLocked):
        actions.write_answers(uz, review, texts={1: "Other"})
    with acting_for(uz.staff_id), pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        Answer.objects.filter(country="UZ").update(text="Other")
    kz = worker("focal_point", "KZ")
    with acting_for(kz.staff_id):
        assert Answer.objects.filter(country="UZ").update(text="By the back door") == 0
    shown = review_shown(worker("observer"), review)
    assert [(one.label, one.value, one.part, one.is_submitted) for one in shown.countries] == [
        ("KZ", 2, 0, False), ("UZ", 2, 2, True), ("TJ", 2, 0, False),
    ]  # fmt: skip
    assert [str(answer) for answer in shown.questions[0].answers.all()] == ["Schools"]


def test_a_review_goes_through_its_stages_in_order() -> None:
    by, of = worker("secretariat"), adopted()
    told = {"kind": 1, "title": english("T"), "starts": date(2022, 1, 1), "answers_due": date(2023, 1, 1)}
    with pytest.raises(DaysOutOfOrder):
        actions.begin_review(by, of, ends=date(2021, 1, 1), **told)
    empty = actions.begin_review(by, of, ends=date(2022, 12, 31), **told)
    with pytest.raises(NoQuestion):
        actions.ask_countries(by, empty)
    with pytest.raises(NotAtThisStage):
        found(empty)
    review = asked(of)
    with pytest.raises(NotAtThisStage):
        actions.add_question(by, review, text=english("Late"))
    with pytest.raises(NotAtThisStage):
        actions.close_review(by, review)
    actions.hold_meeting(by, review, on=date(2026, 11, 1), at="Tashkent", event="E-7K3Q-XM2D")
    with pytest.raises(NotAtThisStage):
        actions.write_answers(worker("focal_point", "UZ"), review, texts={1: "Late"})
    assert actions.close_review(by, review).state == Review.State.CLOSED
    with pytest.raises(NotAtThisStage):
        found(review)


def test_a_change_of_the_plan_cites_the_finding_that_asked_for_it() -> None:
    by, of = worker("secretariat"), adopted()
    review = asked(of)
    finding = found(review)
    with pytest.raises(NotOfThisPlan):
        actions.record_finding(by, review, about=plan("other").actions.first(), kind=1, text=english("T"))
    assert not review_shown(by, review).findings[0].changes
    revision = plans.begin_revision(by, of)
    wanted = plans.Wanted("4.1", "4.1.1", english("Law and child justice"))
    plans.propose_change(by, revision, of=finding.action, to=wanted, asked_for_in=finding.code)
    (change,) = review_shown(by, review).findings[0].changes
    assert change.revision_id == revision.pk
    client = client_of(by)
    assert "Edition 2" in text(client, f"/reviews/{review.code}/")


def test_what_is_reported_as_done_is_verified_by_another_than_who_did_it() -> None:
    by, review = worker("secretariat"), asked(adopted())
    agreed = point(review)
    uz, other = worker("focal_point", "UZ"), second()
    with pytest.raises(TakenMissing):
        actions.report_done(uz, agreed, taken="Drafted", evidence=" ")
    with pytest.raises(AnotherCountrys):
        actions.report_done(worker("focal_point", "KZ"), agreed, taken="Drafted", evidence="Letter 5")
    with pytest.raises(PointOver):
        actions.verify_point(by, agreed)
    actions.report_done(uz, agreed, taken="Drafted", evidence="Letter 5")
    assert actions.doubt_point(by, agreed, because="A letter is no draft.").state == ActionPoint.State.OPEN
    actions.report_done(by, agreed, taken="Drafted", evidence="Draft of 1 November")
    with pytest.raises(DoneByYou):
        actions.verify_point(by, agreed)
    row = ActionPoint.objects.filter(pk=agreed.pk)
    told = {"state": 3, "verified_on": today()}
    with acting_for(by.staff_id):
        with pytest.raises(IntegrityError, match="verified_by_another"), transaction.atomic():
            row.update(**told, verified_by_id=by.staff_id)
        with pytest.raises(DatabaseError, match="who may"), transaction.atomic():
            row.update(**told, verified_by_id=other.staff_id)
    with acting_for(uz.staff_id):
        for change in ({**told, "verified_by_id": uz.staff_id}, {"due": date(2030, 1, 1)}, {"evidence": "None"}):
            with pytest.raises(DatabaseError, match=r"who may|who holds|stays"), transaction.atomic():
                row.update(**change)
    assert actions.verify_point(other, agreed).state == ActionPoint.State.VERIFIED


def test_a_review_shows_what_is_late_and_closes_when_all_is_verified() -> None:
    by, of = worker("secretariat"), adopted()
    review = asked(of)
    finding = found(review)
    late = point(review, today() - timedelta(1), finding=finding)
    actions.hold_meeting(by, review, on=today())
    shown = review_shown(by, review)
    assert (shown.overdue, shown.verified, shown.agreed) == (1, 0, 1)
    assert [one.is_overdue for one in points_of(of)] == [True]
    with pytest.raises(PointsOpen):
        actions.close_review(by, review)
    client = client_of(second())
    page = text(client, f"/reviews/{review.code}/")
    assert "1 action point is late" in page
    assert "asks for a change of the plan" in page
    assert "1 day late" in text(client, "/joint-plan/jpoa/points/")
    told = {"taken": "Drafted", "evidence": "Draft of 1 November"}
    assert client_of(worker("focal_point", "UZ")).post(f"/points/{late.code}/done/", told).status_code == 302
    assert client.post(f"/points/{late.code}/verify/").status_code == 302
    assert client.post(f"/reviews/{review.code}/close/").status_code == 302
    assert "1 of 1 verified" in text(client, "/joint-plan/jpoa/reviews/")


def test_a_review_is_prepared_asked_and_answered_on_its_pages() -> None:
    adopted()
    client, uz = client_of(worker("secretariat")), client_of(worker("focal_point", "UZ"))
    assert "No review was held yet" in text(client, "/joint-plan/jpoa/reviews/")
    assert "No review has agreed" in text(client, "/joint-plan/jpoa/points/")
    told = {
        "title": "Ten years",
        "kind": "4",
        "starts": "2012-01-01",
        "ends": "2021-12-31",
        "answers_due": "2026-12-01",
    }
    client.post("/joint-plan/jpoa/reviews/new/", {**told, "answers_due": "2026-12-01"})
    url = f"/reviews/{Review.objects.get().code}/"
    assert "No question is written yet" in text(client, url)
    client.post(f"{url}questions/new/", {"text": "What was done?"})
    assert "Ask the countries" in text(client, f"{url}ask/")
    client.post(f"{url}ask/")
    assert "Answer for UZ" in text(uz, url)
    uz.post(f"{url}answers/", {"answer-1": "Schools took part."})
    assert "Schools took part." in text(uz, f"{url}answers/")
    assert "locked" in text(uz, f"{url}answers/submit/")
    uz.post(f"{url}answers/submit/")
    assert "Schools took part." in text(client, url)
    client.post(f"{url}meeting/", {"on": "2026-11-01", "at": "Tashkent", "event": ""})
    told = {"about": "4.1.1", "kind": "2", "text": "No child justice", "asks_for_change": "on"}
    client.post(f"{url}findings/new/", told)
    finding, who = Finding.objects.get(), body()
    told = {"text": "Draft it", "body": who.code, "country": "", "due": "2027-01-01", "finding": finding.code}
    assert client.post(f"{url}points/new/", told).status_code == 302
    made = ActionPoint.objects.get()
    assert (made.country, made.finding_id) == ("UZ", finding.pk)
    uz.post(f"/points/{made.code}/done/", {"taken": "Drafted", "evidence": "Draft"})
    client.post(f"/points/{made.code}/doubt/", {"text": "Where is it?"})
    assert "Where is it?" in text(uz, url)


def test_the_api_holds_a_review_as_the_pages_do() -> None:
    adopted()
    by, uz = client_of(worker("secretariat")), client_of(worker("focal_point", "UZ"))
    body()

    def send(client: Client, method: str, url: str, given: dict) -> tuple[int, dict]:
        answer = client.generic(method, f"/api/v1/{url}", json.dumps(given), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else {}

    told = {"title": {"en": "T"}, "kind": "annual", "starts": "2025-01-01", "ends": "2025-12-31"}
    status, review = send(by, "POST", "joint-plan/jpoa/reviews", {**told, "answers_due": "2026-03-01"})
    assert (status, review["state"]) == (201, "preparing")
    url = f"reviews/{review['code']}"
    assert send(by, "POST", f"{url}/questions", {"text": {"en": "What?"}})[0] == 204
    assert send(by, "POST", f"{url}/ask", {})[1]["state"] == "asking"
    assert send(uz, "PUT", f"{url}/answers", {"texts": {"1": "This."}})[0] == 204
    assert send(uz, "POST", f"{url}/answers/submit", {})[0] == 204
    finding = send(by, "POST", f"{url}/findings", {"about": "1/1.1", "kind": "lesson", "text": {"en": "It helps"}})[1]
    told = {"text": {"en": "Go on"}, "body": "moe-uz", "due": "2026-01-01", "finding": finding["code"]}
    status, agreed = send(by, "POST", f"{url}/points", told)
    assert (status, agreed["country"], agreed["is_overdue"]) == (201, "UZ", True)
    assert send(by, "POST", f"{url}/meeting", {"on": "2026-03-02"})[1]["met_on"] == "2026-03-02"
    code = agreed["code"]
    assert send(uz, "POST", f"points/{code}/done", {"taken": "Done", "evidence": "Report"})[1]["state"] == "done"
    assert send(uz, "POST", f"points/{code}/verify", {})[0] == 403
    assert send(by, "POST", f"points/{code}/doubt", {"because": "Which?"})[1]["state"] == "open"
    send(uz, "POST", f"points/{code}/done", {"taken": "Done", "evidence": "Report"})
    assert send(by, "POST", f"points/{code}/verify", {})[1]["state"] == "verified"
    whole = by.get(f"/api/v1/{url}").json()
    assert whole["questions"][0]["answers"] == [{"country": "UZ", "text": "This.", "state": "submitted"}]
    assert [one["code"] for one in whole["findings"]] == [finding["code"]]
    assert by.get("/api/v1/joint-plan/jpoa/points").json()[0]["code"] == code
    assert send(by, "POST", f"{url}/close", {})[1]["state"] == "closed"
    assert len(by.get("/api/v1/joint-plan/jpoa/reviews").json()) == 1


def test_who_only_looks_holds_no_review() -> None:
    of = adopted()
    with pytest.raises(NotAllowed):
        actions.ask_countries(worker("focal_point", "UZ"), begun(of))
    with pytest.raises(NotAllowed):
        actions.write_answers(worker("observer"), begun(of), texts={1: "Hello"})


def test_a_reviews_page_asks_the_database_no_oftener_for_many_findings(django_assert_max_num_queries) -> None:
    review = asked(adopted())
    for _number in range(5):
        found(review)
    observer = worker("observer")
    with django_assert_max_num_queries(8):
        review_shown(observer, review)
