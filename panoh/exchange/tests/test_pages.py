"""Pages and API of the exchange: what a reader comes to, in few queries, and the same over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panoh.access.models import Staff
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.exchange.models import Lesson
from panoh.exchange.tests.make import DAY, event, lesson, proposal, published
from panoh.plan.tests.make import adopted, english, worker

pytestmark = pytest.mark.django_db


def client(role: str, country: str = "") -> Client:
    signed_in = Client()
    signed_in.force_login(Staff.objects.get(pk=worker(role, country).staff_id))
    return signed_in


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_an_empty_exchange_says_so_and_offers_what_the_reader_can_do() -> None:
    shown = text(client("observer").get("/exchange/"))
    assert "No lesson yet that you may read." in shown
    assert "Write a lesson" not in shown
    assert "Write a lesson" in text(client("focal_point", "KZ").get("/exchange/"))


@pytest.mark.parametrize(
    "url", ["/exchange/", "/exchange/events/", "/exchange/lessons/", "/exchange/lessons/?q=certificate",
            "/exchange/proposals/", "/exchange/proposals/matrix/"]
)  # fmt: skip
def test_a_longer_list_asks_no_more_of_the_database(url: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(reader.get(url))
        return sum("exchange_" in query["sql"] or "_lessons" in query["sql"] for query in queries)

    reader = client("secretariat")

    def more() -> None:
        event()
        actions.take_position(
            worker("focal_point", "UZ"), proposal("KZ", lesson=published()), stance=1, taken_on=DAY, country="UZ"
        )

    more()
    text(reader.get(url))
    few = asked()
    for _ in range(3):
        more()
    assert 0 < asked() == few <= 12


def test_an_event_is_entered_by_form_and_shows_who_said_what() -> None:
    editor = client("exchange_editor")
    given = {"language": "ru", "title": "Конференция", "kind": 1, "mode": 1, "state": 2, "rules": 1}
    assert editor.post("/exchange/events/new/", given).status_code == 302
    (code,) = [one["code"] for one in editor.get("/api/v1/exchange/events").json()]
    there = f"/exchange/events/{code}/"
    said = {"act": "urge", "text": "Act now.", "speaker": "Minister N."}
    assert editor.post(f"{there}statements/new/", said).status_code == 302
    count = {"headcount": 200, "qualifier": 2, "source": "Report"}
    assert editor.post(f"{there}participants/new/", count).status_code == 302
    assert editor.post(f"{there}registrations/new/", {"name": "A. Official"}).status_code == 302
    shown = text(client("observer").get(there))
    assert "Minister N." in shown
    assert "at least 200" in shown
    assert "A. Official" not in shown
    assert "A. Official" in text(editor.get(f"{there}registrations/"))
    assert client("observer").get(f"{there}registrations/").status_code == 403
    closed = {**given, "rules": 3, "title": "Конференция"}
    assert editor.post(f"{there}edit/", closed).status_code == 302
    shown = text(client("observer").get(there))
    assert "Minister N." not in shown
    assert "Act now." in shown


def test_a_lesson_goes_from_draft_to_published_by_its_pages() -> None:
    focal, expert, editor = client("focal_point", "KZ"), client("expert"), client("exchange_editor")
    given = {
        "language": "en", "kind": 1, "title": "Judges come", "tried": "They come.", "outcome": "It works.",
        "strength": 3, "country": "KZ", "secrecy": 2, "tags": "Courts, documents",
    }  # fmt: skip
    there = focal.post("/exchange/lessons/new/", given)["Location"]
    assert expert.get(there).status_code == 404
    focal.post(f"{there}submit/")
    assert "Waits for a peer" in text(expert.get(there))
    expert.post(f"{there}review/", {"verdict": 1, "text": "Clear."})
    assert "still to agree" in text(editor.get(there))
    assert editor.post(f"{there}publish/").status_code == 409
    assert editor.post(f"{there}consent/").status_code == 403
    assert focal.post(f"{there}consent/").status_code == 302
    assert editor.post(f"{there}publish/").status_code == 302
    assert "good practice" in text(client("observer", "UZ").get(there))
    assert client("observer").get(there).status_code == 404


def test_two_who_write_one_lesson_do_not_overwrite_each_other() -> None:
    made, focal = lesson(), client("focal_point", "KZ")
    given = {"language": "en", "kind": 1, "title": "A", "tried": "B", "outcome": "C", "strength": 1, "country": "KZ",
             "secrecy": 2, "version": 1}  # fmt: skip
    assert focal.post(f"/exchange/lessons/{made.code}/edit/", given).status_code == 302
    late = focal.post(f"/exchange/lessons/{made.code}/edit/", {**given, "title": "Mine"})
    assert late.status_code == 409
    assert "at version 2 now" in late.content.decode()
    assert "Mine" in late.content.decode()


def test_a_comparison_reads_word_by_word() -> None:
    made = lesson()
    actions.edit_lesson(
        worker("focal_point", "KZ"), made, seen_version=1, tried=english("A second judge comes to the centre.")
    )
    shown = text(client("focal_point", "KZ").get(f"/exchange/lessons/{made.code}/versions/"))
    assert "<ins>second </ins>" in shown
    assert client("focal_point", "KZ").get(f"/exchange/lessons/{made.code}/versions/?old=1&new=9").status_code == 404


def shout(text: str, source: str, target: str) -> str:
    return f"{target}:{text.upper()}"


def test_a_translation_is_made_by_hand_and_a_machine_helps_only_where_one_is_set(settings: Any) -> None:
    made, focal = lesson(title=Wording({"ru": "Судья"}), tried=Wording({"ru": "Едет."})), client("focal_point", "KZ")
    there = f"/exchange/lessons/{made.code}/translate/en/"
    assert "by machine" not in text(focal.get(f"{there}?help=1"))
    settings.PANOH_TRANSLATOR = f"{__name__}:shout"
    assert "en:СУДЬЯ" in text(focal.get(f"{there}?help=1"))
    settings.PANOH_TRANSLATOR = "nowhere:at_all"
    assert "nowhere:at_all" in focal.get(there).content.decode()
    settings.PANOH_TRANSLATOR = ""
    assert focal.post(there, {"version": 1, "title": "The judge", "tried": "Comes."}).status_code == 302
    assert "The judge" in text(focal.get(f"/exchange/lessons/{made.code}/"))


def test_a_proposal_goes_its_way_by_its_pages() -> None:
    plan, source = adopted(), published()
    secretariat, focal = client("secretariat"), client("focal_point", "KZ")
    given = {"language": "en", "title": "Certificates", "text": "In 90 days.", "country": "KZ"}
    there = focal.post(f"/exchange/proposals/new/?lesson={source.code}", given)["Location"]
    assert client("focal_point", "UZ").get(there).status_code == 404
    assert focal.post(f"{there}circulate/").status_code == 302
    stance = {"country": "UZ", "stance": 2, "taken_on": "2026-11-26", "statement": "In 180 days."}
    assert client("focal_point", "UZ").post(f"{there}positions/new/", stance).status_code == 302
    assert "supports with changes" in text(secretariat.get("/exchange/proposals/matrix/"))
    wanted = {"language": "en", "change": "add", "area": "1.1", "code": "1.1.3", "text": "Certificates in 180 days"}
    assert secretariat.post(f"{there}adopt/{plan.code}/", wanted).status_code == 302
    shown = text(client("observer", "TJ").get(there))
    for part in (source.code, "supports with changes", "1.1.3 added", "2, being prepared"):
        assert part in shown


def test_the_api_has_what_the_pages_have() -> None:
    adopted()
    secretariat, expert = client("secretariat"), client("expert")

    def send(by: Client, path: str, given: object = None, method: str = "POST") -> Any:
        answer = by.generic(method, f"/api/v1/exchange/{path}", json.dumps(given), content_type="application/json")
        assert answer.status_code in {200, 201, 204}, answer.content
        return answer.json() if answer.content else None

    worded = {"title": {"en": "A lesson"}, "tried": {"en": "Tried."}, "kind": "caution", "strength": "claimed"}
    made = send(secretariat, "lessons", {**worded, "secrecy": "public"})
    there = f"lessons/{made['code']}"
    send(secretariat, there, {**worded, "secrecy": "public", "title": {"en": "Lesson"}, "version": 1}, "PUT")
    send(secretariat, f"{there}/translations/ru", {"version": 2, "texts": {"title": "Урок"}}, "PUT")
    send(secretariat, f"{there}/submit")
    send(expert, f"{there}/reviews", {"verdict": "recommends"})
    assert send(secretariat, f"{there}/publish")["state"] == "published"
    assert [one["number"] for one in send(expert, f"{there}/versions", method="GET")] == [3, 2, 1]
    difference = send(expert, f"{there}/comparison?old=1&new=2", method="GET")["differences"][0]
    assert difference["pieces"] == [
        ["old", "A lesson"],
        ["new", "Lesson"],
    ]
    assert [one["code"] for one in send(expert, "lessons?q=урок", method="GET")] == [made["code"]]
    wanted = {"title": {"en": "P"}, "text": {"en": "P"}, "lesson": made["code"]}
    each = [send(secretariat, "proposals", wanted)["code"] for _ in range(2)]
    whole = send(secretariat, "proposals/merge", {"proposals": each, "title": {"en": "W"}, "text": {"en": "W"}})["code"]
    send(secretariat, f"proposals/{whole}/parts/1", {"outcome": "dropped", "because": "Twice."}, "PUT")
    send(secretariat, f"proposals/{whole}/circulate")
    send(secretariat, f"proposals/{whole}/positions", {"stance": "silent", "taken_on": "2026-11-26", "country": "TM"})
    assert {"proposal": whole, "positions": {"TM": "silent"}} in send(expert, "positions", method="GET")
    action = {"plan": "jpoa", "area": "1.1", "number": "1.1.9", "text": {"en": "New"}}
    assert send(secretariat, f"proposals/{whole}/adopt", action)["state"] == "adopted"
    shown = send(expert, f"proposals/{whole}", method="GET")
    assert [part["outcome"] for part in shown["parts"]] == ["dropped", "kept"]
    assert shown["changes"][0]["after"]["code"] == "1.1.9"
    here = f"events/{event().code}"
    number = send(secretariat, f"{here}/sessions", {"title": {"en": "One"}, "starts": "09:00"})["number"]
    send(secretariat, f"{here}/sessions/{number}", {"title": {"en": "Two"}}, "PUT")
    assert send(expert, here, method="GET")["sessions"][0]["title"] == {"en": "Two"}
    send(secretariat, f"{here}/sessions/{number}", method="DELETE")
    assert Lesson.objects.count() == 1
