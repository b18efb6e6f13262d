"""People see, correct and leave: requests about one's own file, the copy, what was put right, the open door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import AskCode, Case, Complaint, Grant, RightsRequest
from panoh.casework.queries.rights import my_file, request_for, request_shown, requests_open
from panoh.casework.refusals_rights import (
    AnsweredAlready,
    AskedEnough,
    AskedNobody,
    CopyFirst,
    FactGone,
    NotOfThisRight,
    SayMore,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.vault.queries import Contact, open_identity, open_parts

pytestmark = pytest.mark.django_db

ASKER = {"asker": "person", "asker_check": "known"}


@pytest.fixture
def home() -> Home:
    return make.home()


def asked(home: Home, right: str = "correction", words: str = "My name is written wrongly.") -> RightsRequest:
    request: RightsRequest = actions.record_request(home.me, home.mother, right=right, words=words, **ASKER)
    return request


def told(home: Home, actor: Actor | None = None) -> str:
    actor = actor or home.me
    actions.give_copy(actor, home.mother, **ASKER)
    with acting_for(actor.staff_id):
        sections = my_file(actor, home.mother)
    return "\n".join(f"{head} {said}" for one in sections for head, said in one.lines)


# --- requests ----------------------------------------------------------------------------------------------------


def test_what_is_asked_has_a_day_by_which_it_is_answered_in_words(home: Home) -> None:
    request = asked(home, "objection", "Do not tell the school.")
    assert request.due_on == today() + timedelta(30)
    answered = actions.answer_request(home.me, request, outcome="partly", words="The school knows only the service.")
    with acting_for(home.me.staff_id):
        shown = request_shown(home.me, request_for(home.me, answered.code))
    assert (shown.words, shown.outcome) == ("Do not tell the school.", "Done in part")
    assert shown.answer == "The school knows only the service."
    with pytest.raises(AnsweredAlready):
        actions.answer_request(home.me, request, outcome="done", words="Again.")


@pytest.mark.parametrize("wrong", [{"asker": "neighbour"}, {"asker_check": "felt_so"}, {"right": "gossip"}])
def test_nothing_is_taken_from_whom_nobody_made_sure(home: Home, wrong: dict[str, str]) -> None:
    given = {"right": "objection", "words": "Words.", **ASKER, **wrong}
    with pytest.raises(Unknown):
        actions.record_request(home.me, home.mother, **given)


def test_what_is_late_shows_first_and_the_officer_sees_it_by_code(home: Home) -> None:
    with moved(-40):
        late = asked(home)
    soon = asked(home, "objection")
    officer = make.actor("protection_officer", "Coordination")
    with acting_for(officer.staff_id):
        assert [one.code for one, _label in requests_open(officer)] == [late.code, soon.code]
        assert open_parts([late.words_id]) == {}
    page = client_of(officer).get(reverse("rights")).content.decode()
    assert late.code in page
    assert home.mother.code not in page
    assert client_of(officer).get(reverse("right", args=[late.code])).status_code == 403


def test_a_request_about_a_file_out_of_reach_is_absent(home: Home) -> None:
    request, stranger = asked(home), make.actor("caseworker", "South")
    with pytest.raises(NotThere):
        request_for(stranger, request.code)
    with pytest.raises(NotThere):
        actions.answer_request(stranger, request, outcome="done", words="Done.")
    with acting_for(stranger.staff_id):
        assert requests_open(stranger) == []


@pytest.mark.parametrize("change", ["due_on = due_on + 300", "words_id = null", "\"right\" = 'copy'"])
def test_no_statement_changes_what_was_asked(home: Home, change: str) -> None:
    asked(home)
    with acting_for(home.me.staff_id), pytest.raises(DatabaseError, match="what was asked stays"), transaction.atomic():
        connection.cursor().execute(f"update casework_rightsrequest set {change}")


# --- putting right -----------------------------------------------------------------------------------------------


def test_what_was_put_right_keeps_what_it_was_who_did_it_and_why(home: Home) -> None:
    request = asked(home)
    change = {"fact": 1, "was": "Gavharova Nodira", "now": "Gavharova Nodirabonu", "why": "Passport."}
    actions.put_right(home.me, request, **change)
    facts = open_identity(home.boss, home.mother.identity_id, purpose="correction")
    assert facts.known_as == "Gavharova Nodirabonu"
    page = client_of(home.me).get(reverse("right", args=[request.code])).content.decode()
    assert re.search(r"<del[^>]*>Gavharova Nodira</del> → <ins[^>]*>Gavharova Nodirabonu</ins>", page)
    assert "Passport." in page
    with pytest.raises(FactGone):
        actions.put_right(home.me, request, **change)


def test_what_was_put_right_is_found_under_its_new_name_and_sealed(home: Home) -> None:
    request = asked(home)
    actions.put_right(home.me, request, fact=1, was="Gavharova Nodira", now="Lolazorova Nargiza", why="Her passport.")
    found = queries.find_people(home.boss, queries.Asked("Lolazorova Nargiza"))
    assert [match.code for match in found.matches] == [home.mother.code]
    with connection.cursor() as cursor:
        cursor.execute("select t::text from casework_correction t")
        assert "olazor" not in str(cursor.fetchall())


def test_only_a_request_to_put_something_right_changes_a_fact(home: Home) -> None:
    with pytest.raises(NotOfThisRight):
        actions.put_right(home.me, asked(home, "objection"), fact=1, was="Gavharova Nodira", now="A", why="B")
    with pytest.raises(SayMore):
        actions.put_right(home.me, asked(home), fact=1, was="Gavharova Nodira", now="A", why=" ")


def test_the_history_of_a_correction_is_never_changed(home: Home) -> None:
    actions.put_right(home.me, asked(home), fact=1, was="Gavharova Nodira", now="Gavharova N.", why="She said so.")
    for change in ("update casework_correction set fact = 2", "delete from casework_correction"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


# --- the copy ----------------------------------------------------------------------------------------------------


def test_the_copy_says_what_is_kept_of_the_person_and_of_nobody_else(home: Home) -> None:
    actions.add_fact(home.boss, home.mother, fact=Contact("phone", "+998 90 1"))
    actions.record_need(home.boss, home.case, domain="papers", urgency=2, words="No passport.")
    actions.assess(home.boss, home.case, on=today(), found={}, own_view="I want to work.")
    actions.write_note(home.boss, home.family, text="The neighbour quarrels with her brother.")
    copy = told(home)
    for word in ("Gavharova Nodira", "+998 90 1", "No passport.", "I want to work.", "Reception", "leads the work"):
        assert word in copy
    for word in ("Temur", "neighbour"):
        assert word not in copy


def test_a_note_sealed_to_a_profession_is_in_no_copy(home: Home) -> None:
    psychologist = make.hire("psychologist", "North")
    classes = [FieldClass.FILE, FieldClass.IDENTITY, FieldClass.PSYCHOSOCIAL, FieldClass.SEALED_PSYCHOSOCIAL]
    Grant.objects.create(
        family=home.family, staff=psychologist, purpose="service_delivery", until=today(), given_by=home.worker,
        classes=classes, changes=True,
    )  # fmt: skip
    case = Case.objects.get(pk=home.case.pk)
    actions.write_note(Actor.of(psychologist), home.family, case=case, text="She dreams of it.", for_profession=True)
    assert "She dreams" not in told(home)
    with pytest.raises(NotAllowed):
        actions.give_copy(Actor.of(psychologist), home.mother, **ASKER)


def test_no_copy_is_shown_before_it_is_sure_who_asks(home: Home) -> None:
    with acting_for(home.me.staff_id), pytest.raises(CopyFirst):
        my_file(home.me, home.mother)
    assert client_of(home.me).get(reverse("my-file-sheet", args=[home.mother.code])).status_code == 409


def test_giving_a_copy_answers_who_asked_for_one_and_is_on_record(home: Home) -> None:
    request = asked(home, "copy", "")
    told(home)
    assert RightsRequest.objects.get(pk=request.pk).state == RightsRequest.State.ANSWERED
    entry = AuditEntry.objects.filter(step="identity.open", purpose="own_copy").get()
    assert entry.about == home.mother.code


def test_the_copy_is_a_pdf_named_by_the_code(home: Home) -> None:
    client = client_of(home.me)
    address = reverse("my-file", args=[home.mother.code])
    assert client.post(address, ASKER)["Location"] == reverse("my-file-sheet", args=[home.mother.code])
    made = client.get(reverse("my-file-pdf", args=[home.mother.code]))
    assert made.content.startswith(b"%PDF-")
    assert made["Content-Disposition"] == f'attachment; filename="{home.mother.code}.pdf"'
    assert "Gavharova Nodira" in client.get(reverse("my-file-sheet", args=[home.mother.code])).content.decode()


# --- the code, and the open door ---------------------------------------------------------------------------------


def code_of(home: Home) -> str:
    given: str = actions.give_code(home.me, home.mother).text
    return given


def at_the_door(**given: object) -> Client:
    client = Client()
    client.answer = client.post("/ask/", given)  # type: ignore[attr-defined]
    return client


def test_a_code_is_shown_once_and_only_its_digest_is_kept(home: Home) -> None:
    page = client_of(home.me).post(reverse("right-code", args=[home.mother.code])).content.decode()
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page)
    assert code
    assert "http://testserver/ask/" in page
    with connection.cursor() as cursor:
        cursor.execute("select t::text from casework_askcode t")
        assert code[0].replace("-", "") not in str(cursor.fetchall()).upper()


def test_the_printed_receipt_says_nothing_of_where_somebody_came_from(home: Home) -> None:
    page = client_of(home.me).post(reverse("right-code", args=[home.mother.code])).content.decode()
    printed = page[page.index('class="card form-narrow"') : page.index("</main>")].lower()
    words = ("return", "camp", "panoh", "child", "rehabilitation", "family", home.mother.code.lower(), "gavhar")
    assert not [word for word in words if word in printed]


def test_whoever_has_the_code_asks_without_a_name_and_the_worker_finds_it(home: Home) -> None:
    code = code_of(home)
    sent = at_the_door(code=code.lower().replace("-", " "), what="correction", words="My birthday is wrong.").answer  # type: ignore[attr-defined]
    request = RightsRequest.objects.get()
    assert request.code in sent.content.decode()
    assert (request.by_code, request.person) == (True, home.mother)
    with acting_for(home.me.staff_id):
        assert request_shown(home.me, request).words == "My birthday is wrong."


def test_the_answer_is_read_at_the_door_with_the_code_and_the_number(home: Home) -> None:
    code = code_of(home)
    at_the_door(code=code, what="correction", words="My birthday is wrong.")
    request = RightsRequest.objects.get()
    waits = at_the_door(code=code, number=request.code).answer.content.decode()  # type: ignore[attr-defined]
    assert "being looked into" in waits
    actions.answer_request(home.me, request, outcome="done", words="It is the ninth of May now.")
    shown = at_the_door(code=code, number=request.code).answer.content.decode()  # type: ignore[attr-defined]
    assert "It is the ninth of May now." in shown
    assert "My birthday is wrong." not in shown
    strange = at_the_door(code=code, number="RR-0000-0000").answer  # type: ignore[attr-defined]
    assert strange.status_code == 422
    assert "Nothing with this number" in strange.content.decode()


def test_the_open_page_shows_what_can_be_asked_and_nothing_of_the_file(home: Home) -> None:
    shown = at_the_door(code=code_of(home)).answer.content.decode()  # type: ignore[attr-defined]
    assert "To be forgotten" in shown
    for word in (home.mother.code, home.family.code, home.case.code, "Gavharova", "North", home.worker.display_name):
        assert word not in shown


def plainly(answer: object) -> str:
    return re.sub(r'value="[^"]*"|[A-Za-z0-9]{64}', "", answer.content.decode())  # type: ignore[attr-defined]


def test_a_wrong_an_absent_an_ended_and_a_forgotten_code_answer_alike(home: Home) -> None:
    ended = code_of(home)
    code = code_of(home)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    answers = [at_the_door(code=one).answer for one in (wrong, "nothing", ended, "\N{SNOWMAN}")]  # type: ignore[attr-defined]
    make.close(home)
    actions.forget_person(home.boss, home.mother, reason="asked", confirmed=home.mother.code)
    answers.append(at_the_door(code=code).answer)  # type: ignore[attr-defined]
    assert {answer.status_code for answer in answers} == {422}
    assert len({plainly(answer) for answer in answers}) == 1
    for what in ("correction", "complaint"):
        assert at_the_door(code=wrong, what=what, words="Words.").answer.status_code == 422  # type: ignore[attr-defined]
    assert not RightsRequest.objects.exists()


def test_the_door_is_throttled_and_a_failed_try_is_on_record_without_the_code(home: Home) -> None:
    answers = [at_the_door(code=f"AAAA-BBBB-CCCC-{number:04}").answer for number in range(11)]  # type: ignore[attr-defined]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    denied = AuditEntry.objects.filter(step="right.ask", outcome=AuditEntry.Outcome.DENIED)
    assert denied.count() == 10
    assert {entry.about for entry in denied} == {""}


def test_five_a_day_come_in_with_one_code(home: Home) -> None:
    code = code_of(home)
    for number in range(5):
        what = "complaint" if number % 2 else "objection"
        actions.ask_by_code(code, what=what, words=f"Number {number}")
    with pytest.raises(AskedEnough):
        actions.ask_by_code(code, what="objection", words="One more.")
    assert Complaint.objects.count() == 0  # none that the operator reads


def test_nobody_who_signed_in_asks_the_database_whose_a_code_is(home: Home) -> None:
    code = code_of(home).replace("-", "")
    with acting_for(home.boss.staff_id), connection.cursor() as cursor:
        cursor.execute("select app.person_asking(%s)", [code])
        assert cursor.fetchone()[0] is None
        with pytest.raises(DatabaseError, match="nobody has this code"), transaction.atomic():
            cursor.execute("select app.take_request('R-1', %s, 'copy', app.today(), null)", [code])


def test_a_code_of_a_joined_file_asks_about_the_kept_one(home: Home) -> None:
    with pytest.raises(AskedNobody):
        actions.who_asks("AAAA-AAAA-AAAA-AAAA")
    assert actions.who_asks(code_of(home)) == home.mother.identity_id
    assert AskCode.objects.filter(ended_on=None).count() == 1


def test_who_asked_to_be_forgotten_is_answered_and_the_words_are_gone(home: Home) -> None:
    request = asked(home, "forgetting", "I am eighteen, forget me.")
    make.close(home)
    actions.forget_person(home.boss, home.mother, reason="asked", confirmed=home.mother.code)
    done = actions.answer_request(home.boss, request, outcome="done", words="You are forgotten.")
    assert (done.outcome, done.answer_id) == ("done", None)
    with acting_for(home.boss.staff_id):
        assert request_shown(home.boss, done).words == ""


def test_the_api_records_answers_and_gives_the_copy(home: Home) -> None:
    client, address = client_of(home.me), f"/api/v1/people/{home.mother.code}"
    kind = {"content_type": "application/json"}
    made = client.post(f"{address}/rights", {"right": "objection", "words": "No.", **ASKER}, **kind).json()
    given = client.post(f"/api/v1/rights/{made['code']}/answer", {"outcome": "refused", "words": "The law."}, **kind)
    assert given.json()["state"] == "answered"
    assert client.get(f"/api/v1/rights/{made['code']}").json()["answer"] == "The law."
    copy = client.post(f"{address}/my-file", ASKER, **kind).json()
    assert "Gavharova Nodira" in {line["words"] for line in copy[0]["lines"]}
