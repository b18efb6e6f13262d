"""The API takes the same steps as the pages, refuses with the same words, and never breaks, whatever it is sent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from ninja import Schema

from panoh.access.api import AgencyKind
from panoh.access.clock import today
from panoh.access.models import Agency, District, Staff
from panoh.casework.jobs import confirm_in_background
from panoh.casework.models import (
    Case,
    Person,
)
from panoh.web.api import api

pytestmark = pytest.mark.django_db

ROWS = "ФИО,Пол,Дата рождения,Кем приходится,Семья №\n{}"
FAMILY = "Dilnavozova Sabo,жен,04.03.1990,мать,1\nDilnavozov Temur,муж,05.06.2015,сын,1\nDilnavozov Temur,муж,,сын,1\n"


class Caller:
    """Somebody who signed in and speaks JSON."""

    def __init__(self, staff: Staff) -> None:
        self.client = Client(headers={"X-Purpose": "supervision"})
        self.client.force_login(staff)

    def __call__(self, method: str, where: str, given: dict[str, Any] | None = None, status: int = 200) -> Any:
        body = json.dumps(given or {}, default=str)
        answer = self.client.generic(method, f"/api/v1{where}", body, content_type="application/json")
        assert answer.status_code == status, (where, answer.status_code, answer.content.decode()[:500])
        return json.loads(answer.content) if answer.content else None

    def send(self, where: str, content: str, status: int, **given: str | list[str]) -> Any:
        file = SimpleUploadedFile("list.csv", content.encode())
        answer = self.client.post(f"/api/v1{where}", {"file": file, "sender": "ministry", **given})
        assert answer.status_code == status, answer.content
        return json.loads(answer.content)


@pytest.fixture
def ask() -> Caller:
    agency = Agency.objects.create(code="A0001", name="Coordination", kind=1)
    Agency.objects.create(code="A0002", name="Centre", kind=Agency.Kind.RECEPTION_CENTRE)
    boss = Staff.objects.create_user("boss", "x", display_name="Boss", agency=agency, role="coordinator")
    return Caller(boss)


def colleague() -> Staff:
    """Return another coordinator, who does not lead the families that the first one leads."""
    agency = Agency.objects.get(code="A0001")
    return Staff.objects.create_user("other", "x", display_name="Other", agency=agency, role="coordinator")


def do_what_waits() -> None:
    """Do what the worker would: each waiting job once, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where status = 'todo'")
        waiting = [row[0] for row in cursor.fetchall()]
    for args in waiting:
        confirm_in_background(**(args if isinstance(args, dict) else json.loads(args)))


def test_a_program_registers_a_list(ask: Caller) -> None:
    report = ask.send("/arrivals/dry-run", ROWS.format(FAMILY), 200)
    assert report["rows"] == report["ready"] + report["needs_decision"] + report["unreadable"] == 3
    code = ask.send("/arrivals", ROWS.format(FAMILY), 201)["code"]
    asked = ask("GET", f"/arrivals/{code}/rows?show=asks")["rows"]
    assert asked
    ask("POST", f"/arrivals/{code}/rows/3/decision", {"decision": "same", "other": 2}, 204)
    birth = {"precision": "day", "year": 2015, "month": 6, "day": 5}
    mended = {"name": "Dilnavozov Temurjon", "sex": "male", "kinship": "son", "family_number": "1", "birth": birth}
    seen = {row["number"]: row["facts"] for row in ask("GET", f"/arrivals/{code}/rows")["rows"]}[2]
    ask("PUT", f"/arrivals/{code}/rows/2", {**mended, "seen": seen}, 204)
    told = ask("PUT", f"/arrivals/{code}/rows/2", {**mended, "name": "Dilnavozov Timur", "seen": seen}, 409)
    assert told["now"]["name"] == "Dilnavozov Temurjon"
    job = ask("POST", f"/arrivals/{code}/confirm", {}, 202)
    assert job["state"] == "waiting"
    do_what_waits()
    job = ask("GET", f"/arrivals/{code}/jobs/{job['code']}")
    assert (job["state"], job["says"]) == ("done", "Registered: 2 people in 1 family.")
    (family,) = ask("GET", "/families?stage=repatriation")["families"]
    assert (family["people"], family["children"]) == (2, 1)


def brought_home(ask: Caller) -> str:
    """Register and receive a family; return its code."""
    from panoh.access.entrances import Actor  # noqa: PLC0415
    from panoh.casework import actions  # noqa: PLC0415
    from panoh.casework.queries.reach import list_for  # noqa: PLC0415

    code = ask.send("/arrivals", ROWS.format(FAMILY), 201)["code"]
    boss = Actor.of(Staff.objects.get(username="boss"))
    actions.confirm_list(boss, list_for(boss, code))
    sheet = ask("POST", f"/arrivals/{code}/reception", {"place": "A0002", "on": today()}, 201)
    family = sheet["families"][0]["family"]
    assert (
        ask("POST", f"/arrivals/{code}/reception/rooms", {"rooms": [{"family": family, "room": "12"}], "seen": []})[
            "people"
        ]
        == 2
    )
    assert ask("POST", f"/arrivals/{code}/reception/medical", {"on": today()})["people"] == 2
    assert ask("POST", f"/arrivals/{code}/reception/papers", {"missing": ["passport"]})["people"] == 2
    return family


def test_a_program_leads_a_case_to_its_end(ask: Caller) -> None:
    family, day = brought_home(ask), today()
    ask("POST", f"/families/{family}/worker", {"worker": "boss", "seen": {"worker": None}}, 204)
    ask(
        "POST",
        f"/families/{family}/district",
        {"district": District.objects.first().code, "seen": {"district": None}},
        204,
    )
    file = ask("GET", f"/families/{family}")
    mother = next(member for member in file["members"] if "Sabo" in member["name"])
    assert ask("GET", f"/people/{mother['person']}")["names"][0]["text"] == "Dilnavozova Sabo"
    seen = {"sex": "f", "nationality": "", "is_alone": False}
    ask("PUT", f"/people/{mother['person']}", {**seen, "nationality": "uz", "seen": seen}, 204)
    ask("POST", f"/people/{mother['person']}/names", {"text": "Сабо", "kind": "nickname", "source": "herself"}, 201)
    case = mother["case"]
    view = {"on": day, "found": [{"domain": "health", "urgency": 1}], "own_view": "I want to see a doctor.", "seen": []}
    ask("POST", f"/cases/{case}/assessments", view, 201)
    need = ask("GET", f"/families/{family}")["needs"][0]
    refused = ask("POST", f"/cases/{case}/stage", {"to": "reintegration"}, 409)
    assert refused["code"] == "casework.not-next-stage"
    step = {"service": "HEA-41", "responsible": "boss", "due": day + timedelta(3)}
    step = ask("POST", f"/needs/{need['code']}/steps", step, 201)
    ask("POST", f"/cases/{case}/stage", {"to": "rehabilitation"})
    given = {"service": "HEA-41", "quantity": "150.50", "unit": "money", "currency": "UZS", "step": step["code"]}
    ask("POST", f"/cases/{case}/assistance", given, 201)
    ask("POST", f"/steps/{step['code']}/outcome", {"outcome": "done"}, 204)
    seen = {"kind": "follow_up", "on": day, "report": "All well.", "next_on": day + timedelta(30)}
    ask("POST", f"/families/{family}/visits", seen, 201)
    ask("POST", f"/families/{family}/notes", {"text": "The school called."}, 201)
    task = ask("POST", f"/families/{family}/tasks", {"kind": "call", "due": day}, 201)
    ask("POST", f"/tasks/{task['code']}/done", {}, 204)
    again = ask("POST", f"/tasks/{task['code']}/done", {}, 409)
    assert again["code"] == "casework.already-settled"
    closing = {"reason": "family_asked", "circumstance": "independent", "note": "She asked to end."}
    assert ask("POST", f"/cases/{case}/close", closing, 409)["code"] == "casework.needs-another"
    asked = ask("POST", f"/cases/{case}/close-asked", closing, 201)
    another = Caller(colleague())
    another("POST", f"/approvals/{asked['code']}/agree", {}, 204)
    closed = ask("GET", f"/approvals/{asked['code']}")
    assert (closed["state"], Case.objects.get(code=case).closed_on) == ("agreed", day)
    assert another("POST", f"/cases/{case}/reopen", {"to": "follow_up"})["stage"] == "follow_up"


@pytest.mark.parametrize(
    ("path", "given", "field"),
    [
        ("/stage", {"to": "x" * 99}, "to"),
        ("/assistance", {"service": "HEA-41", "quantity": "-1", "unit": "session"}, "quantity"),
        ("/assistance", {"service": "HEA-41", "quantity": "1e99", "unit": "session"}, "quantity"),
        ("/assessments", {"on": "31.12.2025", "found": [], "seen": []}, "on"),
        ("/close", {"reason": "goals"}, "circumstance"),
    ],
)
def test_a_wrong_input_says_which_field_and_never_repeats_the_value(
    ask: Caller, path: str, given: dict[str, Any], field: str
) -> None:
    brought_home(ask)
    case = Case.objects.first()
    problem = ask("POST", f"/cases/{case.code}{path}", given, 422)
    assert field in problem["fields"]
    assert problem["message"].endswith(".")
    assert str(given.get(field, "-1e99")) not in json.dumps(problem)


def test_a_refusal_reads_the_same_on_the_page_and_in_the_api(ask: Caller) -> None:
    brought_home(ask)
    case = Case.objects.first()
    closing = {"reason": "goals", "circumstance": "parents", "note": "Done."}
    told = ask("POST", f"/cases/{case.code}/close", closing, 409)
    page = ask.client.post(f"/cases/{case.code}/close/", closing)
    assert page.status_code == 409
    assert page.context["form"].non_field_errors() == [told["message"]]


def test_a_person_who_is_not_in_the_reception_is_not_left_out_silently(ask: Caller) -> None:
    brought_home(ask)
    code = Person.objects.first().rows.first().arrival_list.code
    given = {"on": today(), "except_for": ["P-0000-0000"]}
    assert "P-0000-0000" in ask("POST", f"/arrivals/{code}/reception/medical", given, 422)["message"]


def test_a_list_that_is_no_list_is_refused_with_the_sentence_of_the_page(ask: Caller) -> None:
    told = ask.send("/arrivals/dry-run", "", 422)
    page = ask.client.post("/arrivals/import/", {"file": SimpleUploadedFile("list.csv", b""), "sender": "x"})
    assert page.status_code == 422
    assert told["message"]


def test_a_program_says_what_columns_mean_when_it_sends_a_list_and_again_later(ask: Caller) -> None:
    assert ask.send("/arrivals", FAMILY, 422)["code"] == "reading.header-missing"
    assert ask.send("/arrivals", FAMILY, 422, column="A:name")["code"] == "reading.column-wrong"
    columns = ["A=name", "B=sex", "C=birth", "D=kinship", "E="]
    assert ask.send("/arrivals/dry-run", FAMILY, 200, column=columns)["rows"] == 3
    code = ask.send("/arrivals", FAMILY, 201, column=columns)["code"]
    seen = ask("GET", f"/arrivals/{code}/columns")
    assert seen["can_be_read_anew"]
    assert [(one["letter"], one["field"]) for one in seen["columns"]][3:] == [("D", "kinship"), ("E", "")]
    assert seen["columns"][1]["samples"] == ["жен", "муж"]
    done = ask("POST", f"/arrivals/{code}/read-anew", {"columns": {"E": "family_number"}, "kind": "camp"})
    assert (done["list"]["kind"], done["changed"], done["to_decide_again"]) == ("camp", 3, 0)
    assert ask("POST", f"/arrivals/{code}/read-anew", {"columns": {"1": "name"}}, 422)["code"] == "reading.column-wrong"
    ask("POST", f"/arrivals/{code}/discard", {}, 204)
    assert ask("POST", f"/arrivals/{code}/read-anew", {"columns": {}}, 409)["code"] == "casework.list-not-draft"


def test_every_kind_of_agency_has_a_word_in_the_api() -> None:
    assert set(get_args(AgencyKind)) == {kind.name.lower() for kind in Agency.Kind}


def shapes(of: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for shape in of.__subclasses__():
        yield shape
        yield from shapes(shape)


def test_each_shape_has_a_name_of_its_own_so_that_the_description_says_none_for_another() -> None:
    api.get_openapi_schema()
    names = Counter(shape.__name__ for shape in set(shapes()) if shape.__module__.startswith("panoh."))
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []
