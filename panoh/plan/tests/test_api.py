"""The plan over HTTP: the same steps, reads and refusals as the pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from panoh.access.models import Staff
from panoh.plan.models import Plan, Status
from panoh.plan.tests.make import lived_in, worker

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/joint-plan"


def client_of(role: str, country: str = "") -> Client:
    client = Client()
    client.force_login(Staff.objects.get(pk=worker(role, country).staff_id))
    return client


def get(client: Client, address: str) -> Any:
    answer = client.get(ROOT + address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(client: Client, address: str, told: dict[str, Any]) -> tuple[int, Any]:
    answer = client.post(ROOT + address, json.dumps(told), content_type="application/json")
    return answer.status_code, json.loads(answer.content or "null")


def test_a_plan_is_written_adopted_and_revised_by_a_program() -> None:
    client = client_of("secretariat")
    action = {"area": "1.1", "code": "1.1.1", "text": {"en": "Teach", "ru": "Учить"}}
    for address, told, status in (
        ("", {"code": "road", "title": {"en": "Road map"}, "states": ["KZ", "UZ"]}, 201),
        ("/road/pillars", {"number": 1, "title": {"en": "Conditions"}}, 201),
        ("/road/areas", {"pillar": 1, "code": "1.1", "title": {"en": "Schools"}}, 201),
        ("/road/areas", {"pillar": 7, "code": "7.1", "title": {"en": "Schools"}}, 404),
        ("/road/actions", action, 201),
        ("/road/actions", action, 422),
        ("/road/actions", {**action, "code": "1.1.2", "grade": "A", "source": "javascript:alert(1)"}, 422),
        ("/road/actions", {**action, "code": "1.1.2", "grade": "A"}, 422),
        ("/road/adoption", {"on": "2022-03-03"}, 200),
        ("/road/actions", {**action, "code": "1.1.2"}, 409),
        ("/road/revision", {}, 201),
        ("/road/revision/changes", {"to": {**action, "code": "1.1.2"}, "asked_for_in": "PR-1"}, 201),
        ("/road/revision/changes", {"of": "1.1.1"}, 201),
    ):
        assert post(client, address, told)[0] == status, (address, told)
    told = get(client, "/road/revision")
    assert [one["code"] for one in told["added"]] == ["1.1.2"]
    assert told["added"][0]["changes"][0]["asked_for_in"] == "PR-1"
    assert [one["code"] for one in told["dropped"]] == ["1.1.1"]
    assert post(client, "/road/revision/adoption", {"on": "2024-03-03"})[0] == 200
    assert get(client, "/road/comparison?older=1&newer=2") == {**told, "older": 1, "newer": 2}
    assert Plan.objects.get(code="road").edition == 2


def test_a_focal_point_reports_for_their_own_state_only() -> None:
    lived_in()
    client, said = client_of("focal_point", "KZ"), {"source": "ministry", "state": "done"}
    shown = {"evidence_kind": "document", "evidence": "https://example.org/a", "evidence_on": "2024-05-14"}
    statuses = "/jpoa/actions/1.1.1/statuses"
    assert post(client, statuses, {**said, "country": "UZ", **shown})[1]["code"] == "plan.not-your-country"
    assert post(client, statuses, {**said, "country": "KZ"})[1]["code"] == "plan.done-needs-evidence"
    assert post(client, statuses, {**said, "country": "KZ", **shown})[1]["state"] == "done"
    told = get(client, "/jpoa/actions/1.1.1")
    assert [one["state"] for one in told["countries"][0]["history"]] == ["done", "under_way"]
    assert told["funding"][0]["paid"] is None, "what nobody said is not 0"
    assert Status.objects.filter(country="UZ").count() == 0


def test_the_views_tell_a_program_what_they_show_people() -> None:
    lived_in()
    client = client_of("observer")
    told = get(client, "/jpoa/matrix?pillar=1")
    assert told["countries"] == ["KZ", "UZ", "TJ"]
    assert told["rows"][0] == {"action": "1.1.1", "states": ["under_way", "not_reported", "not_reported"]}
    assert [one["counted"]["not_reported"] for one in get(client, "/jpoa/progress")] == [5, 3]
    late = get(client, "/jpoa/late?country=UZ")
    assert {tuple(one["countries"]) for one in late["late"]} == {("UZ",)}
    assert late["quiet"][0]["unreported"] == 3
    assert len(get(client, "/jpoa/timeline")[0]["milestones"]) == 2
