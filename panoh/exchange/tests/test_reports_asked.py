"""Reports on pages and over HTTP: the same steps, the same refusals, and htmx gets the item alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panoh.access.models import Staff
from panoh.access.tokens import acting_for
from panoh.exchange.models import Statement
from panoh.exchange.tests.test_pdf import blank, printed
from panoh.exchange.tests.test_reports import EVENT, LABEL, NUMBER, POSITION, SAID
from panoh.exchange.tests.text import REPORT
from panoh.plan.tests.make import worker

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


class Caller:
    """Somebody of the secretariat who signed in."""

    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(Staff.objects.get(pk=worker("secretariat").staff_id))

    def __call__(self, method: str, where: str, given: Any = None, status: int = 200) -> Any:
        answer = self.client.generic(
            method, f"/api/v1/exchange/reports{where}", json.dumps(given or {}), "application/json"
        )
        assert answer.status_code == status, answer.content.decode()[:500]
        return json.loads(answer.content)


@pytest.fixture
def ask() -> Caller:
    return Caller()


def test_a_text_is_posted_its_items_come_back_and_each_is_decided_on(ask: Caller) -> None:
    report = ask("POST", "", {"text": REPORT, "title": "Report"}, 201)["report"]
    where = f"/{report['code']}"
    said = report["items"][SAID - 1]
    assert REPORT[said["start"] : said["end"]] == said["quote"] == "children learn best in ordinary schools"
    assert {item["state"] for item in report["items"]} == {"proposed"}
    refused = ask("POST", f"{where}/items/{SAID}", {"decision": "confirm"}, 409)
    assert refused["code"] == "exchange.event-first"
    ask("POST", f"{where}/items/{EVENT}", {"decision": "confirm"})
    fixed = ask("POST", f"{where}/items/{SAID}", {"decision": "correct", "data": {"words": "UNICEF", "act": "report"}})
    assert (fixed["state"], fixed["data"]["words"], fixed["as_read"]["act"]) == ("corrected", "UNICEF", "assert")
    assert fixed["became"].startswith("U-")
    assert ask("POST", f"{where}/items/{NUMBER}", {"decision": "reject"})["state"] == "rejected"
    assert ask("POST", f"{where}/items/{NUMBER}", {"decision": "undo"})["state"] == "proposed"
    many = ask("POST", f"{where}/items", {"numbers": [NUMBER, LABEL, POSITION]})
    assert (many["confirmed"], [one["number"] for one in many["left"]]) == ([NUMBER], [LABEL, POSITION])
    assert ask("GET", where)["event"] == ask("GET", "")[0]["event"] is not None
    for wrong in ({"of": "PER-X"}, {"act": "sing"}, {"text": ""}):
        given = {"decision": "correct", "data": wrong}
        assert ask("POST", f"{where}/items/{LABEL}", given, 422)["code"] == "not-right"


def test_a_file_is_read_and_one_without_text_is_refused_with_the_sentence(ask: Caller) -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words in REPORT.split("\n\n"))
    file = SimpleUploadedFile("r.pdf", printed(paragraphs, ""))
    answer = ask.client.post("/api/v1/exchange/reports/file", {"file": file})
    assert answer.status_code == 201, answer.content
    report = answer.json()["report"]
    assert (report["kind"], report["text"]) == ("pdf", REPORT.strip())
    answer = ask.client.post("/exchange/reports/new/", {"file": SimpleUploadedFile("r.pdf", blank(1))})
    assert answer.status_code == 422
    assert "holds pictures of pages and no text" in answer.content.decode()


def test_a_pasted_report_is_shown_beside_its_items_and_htmx_gets_the_item_alone(ask: Caller) -> None:
    answer = ask.client.post("/exchange/reports/new/", {"text": REPORT}, follow=True)
    url = answer.redirect_chain[-1][0]
    page = answer.content.decode()
    assert "Nothing of it is entered yet" in page
    assert 'id="item-1"' in page
    label = ask.client.get(f"{url}?show=statement").content.decode()
    assert "labels people. It stays a quotation" in label
    refused = ask.client.post(f"{url}items/{SAID}/", {"decision": "confirm"}, headers=HTMX).content.decode()
    assert refused.startswith("\n<article") or refused.lstrip().startswith("<article")
    assert "Confirm the event of the report first" in refused
    ask.client.post(f"{url}items/{EVENT}/", {"decision": "confirm"}, headers=HTMX)
    form = ask.client.get(f"{url}items/{SAID}/correct/", headers=HTMX).content.decode()
    assert "Anna Petrova, Regional Director of UNICEF" in form
    wrong = ask.client.post(f"{url}items/{SAID}/correct/", {"act": "assert"}, headers=HTMX)
    assert (wrong.status_code, "required" in wrong.content.decode()) == (200, True)
    given = {"act": "report", "text": "Schools work.", "words": "Anna Petrova", "body": "", "country": ""}
    done = ask.client.post(f"{url}items/{SAID}/correct/", given, headers=HTMX).content.decode()
    assert "Entered as a statement at the event" in done
    plain = ask.client.post(f"{url}items/{SAID}/", {"decision": "undo"})
    assert plain["Location"].endswith(f"?show=statement#item-{SAID}")


def test_many_are_confirmed_only_after_their_list_was_shown_without_those_that_ask_for_a_look(ask: Caller) -> None:
    report = ask("POST", "", {"text": REPORT}, 201)["report"]
    url = f"/exchange/reports/{report['code']}/"
    page = ask.client.get(f"{url}all/statement/").content.decode()
    ticked = [n for n in range(1, 14) if f'value="{n}" id="tick-{n}" checked' in page]
    assert ticked
    assert LABEL not in ticked
    ask.client.post(f"{url}items/{EVENT}/", {"decision": "confirm"})
    answer = ask.client.post(f"{url}all/statement/", {"items": ticked}, follow=True)
    assert f"{len(ticked)} are confirmed." in answer.content.decode()
    with acting_for(worker("secretariat").staff_id):
        assert Statement.objects.count() == len(ticked)


def test_what_waits_to_be_confirmed_shows_on_no_other_page_and_in_no_other_answer(ask: Caller) -> None:
    ask("POST", "", {"text": REPORT.replace("ordinary schools", "Gavharobod schools")}, 201)
    watching = Client()
    watching.force_login(Staff.objects.get(pk=worker("observer").staff_id))
    for client in (watching, ask.client):
        for url in ("/joint-plan/", "/today/", "/api/v1/joint-plan", "/api/v1/today"):
            assert "Gavharobod" not in client.get(url).content.decode()
    assert watching.get("/exchange/reports/").status_code == 403
