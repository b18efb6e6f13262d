"""The pages of the plan: what they say, how much they ask of the database, and how heavy they are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.tokens import acting_for
from panoh.plan import actions
from panoh.plan.models import Area, Milestone, Plan, PlanAction, Status
from panoh.plan.tests.make import adopted, english, lived_in, plan, worker

pytestmark = pytest.mark.django_db
SHOWN = date(2024, 1, 1)


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(pk=actor.staff_id))
    return client


@pytest.fixture
def secretariat() -> Client:
    return signed_in(worker("secretariat"))


def text_of(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def large(many: int, states: int) -> Plan:
    """Return a plan in force with so many actions and states; each state reported on each action, with all statuses."""
    made, by = adopted("large"), worker("secretariat")
    codes = [f"{first}{second}" for first in "ABCDEF" for second in "ABCDEF"][:states]
    area = Area.objects.filter(pillar__plan=made)[0]
    wording = english("An action of the usual length of words, which says who does what with whom")
    with acting_for(by.staff_id):
        Plan.objects.filter(pk=made.pk).update(states=codes)
        PlanAction.objects.bulk_create(
            PlanAction(plan=made, area=area, code=f"9.{n // 20}.{n % 20}", text=wording) for n in range(many)
        )
        Status.objects.bulk_create(
            Status(action=act, country=code, state=1 + (n + m) % 5, on=SHOWN, source="news", evidence_kind="event",
                   evidence="https://example.org/", evidence_on=SHOWN)
            for n, act in enumerate(made.actions.filter(code__startswith="9."))
            for m, code in enumerate(codes)
        )  # fmt: skip
    return made


ADDRESSES = ("", "actions/", "progress/", "timeline/", "late/", "editions/", "revision/", "actions/1.1.1/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_view_of_a_plan_is_shown_to_who_may_see_it(secretariat: Client, address: str) -> None:
    lived_in()
    assert text_of(secretariat, f"/joint-plan/jpoa/{address}")
    assert text_of(signed_in(worker("observer")), f"/joint-plan/jpoa/{address}")
    assert signed_in(worker("caseworker")).get(f"/joint-plan/jpoa/{address}").status_code in {200, 403}


def test_the_matrix_has_a_letter_for_each_status_and_says_what_nobody_reported(secretariat: Client) -> None:
    lived_in()
    shown = text_of(secretariat, "/joint-plan/jpoa/actions/")
    assert re.search(r'href="1.1.1/">1.1.1</a> Dialogue<td class=s2>U<td>–<td>–', shown)
    assert "1 of 9 statuses are reported" in shown
    assert "1.1.2" not in text_of(secretariat, "/joint-plan/jpoa/actions/", state="2")
    assert "1.1.1" not in text_of(secretariat, "/joint-plan/jpoa/actions/", pillar="4")
    assert "No action is like this" in text_of(secretariat, "/joint-plan/jpoa/actions/", state="4", country="UZ")


def test_a_draft_is_written_in_pages_from_the_plan_to_who_answers(secretariat: Client) -> None:
    posted = (
        ("new/", {"code": "road", "title": "Road map", "language": "en", "states": "kz, uz"}),
        ("bodies/new/", {"code": "un", "name": "United Nations", "language": "en", "kind": "2"}),
        ("road/pillars/new/", {"number": "1", "title": "Conditions", "language": "en"}),
        ("road/pillars/new/", {"number": "2", "title": "Rights", "language": "en"}),
        ("road/areas/new/", {"pillar": "1", "code": "1.1", "title": "Schools", "language": "en"}),
        ("road/actions/new/", {"area": "1.1", "code": "1.1.1", "text": "Teach", "language": "en", "also": ["2"],
                               "grade": "C"}),
        ("road/actions/new/", {"area": "1.1", "code": "1.1.1a", "parent": "1.1.1", "text": "Train", "language": "en",
                               "states": ["UZ"], "grade": "C"}),
        ("road/actions/1.1.1/bodies/", {"lead": "un"}),
        ("road/actions/1.1.1/edit/", {"area": "1.1", "code": "1.1.1", "text": "Учить", "language": "ru",
                                      "also": ["2"]}),
        ("road/adopt/", {"on": "2022-03-03", "at": "Tashkent"}),
    )  # fmt: skip
    for address, given in posted:
        answer = secretariat.post(f"/joint-plan/{address}", given)
        assert answer.status_code == 302, (address, answer.content.decode())
    act = PlanAction.objects.get(code="1.1.1")
    assert dict(act.text) == {"en": "Teach", "ru": "Учить"}
    assert [one.code for one in act.parts.all()] == ["1.1.1a"]
    shown = text_of(secretariat, "/joint-plan/road/")
    assert "United Nations (leads)" in shown
    assert "also serves II" in shown


def test_a_revision_is_prepared_compared_word_by_word_and_adopted_in_pages(secretariat: Client) -> None:
    adopted()
    given = {"area": "4.1", "code": "4.1.1", "text": "Law and child justice", "language": "en"}
    posted: tuple[tuple[str, dict[str, str]], ...] = (
        ("revision/begin/", {}),
        ("actions/4.1.1/reword/", {**given, "asked_for_in": "PR-7"}),
        ("actions/1.1.2/drop/", {"because": "It is done."}),
        ("revision/add/", {**given, "code": "4.1.2", "text": "Monitoring"}),
    )
    for address, body in posted:
        answer = secretariat.post(f"/joint-plan/jpoa/{address}", body)
        assert answer.status_code == 302, (address, answer.content.decode())
    shown = text_of(secretariat, "/joint-plan/jpoa/revision/")
    assert "Law<ins> and child justice</ins>" in shown
    assert "<del>Resilience</del>" in shown
    assert "<ins>Monitoring</ins>" in shown
    assert "Asked for in PR-7." in shown
    asked = text_of(secretariat, "/joint-plan/jpoa/revision/adopt/")
    assert "Actions added: 1; changed: 1; dropped: 1." in asked
    assert secretariat.post("/joint-plan/jpoa/revision/adopt/", {"on": "2999-01-01"}).status_code == 422
    assert secretariat.post("/joint-plan/jpoa/revision/adopt/", {"on": "2025-01-01"}).status_code == 302
    assert "Law<ins> and child justice</ins>" in text_of(
        secretariat, "/joint-plan/jpoa/editions/", older="1", newer="2"
    )
    assert "was the last to have it" in text_of(secretariat, "/joint-plan/jpoa/actions/1.1.2/")


def test_an_action_with_parts_is_not_dropped_and_the_page_says_which(secretariat: Client) -> None:
    by, found = worker("secretariat"), plan()
    actions.add_action(by, found, actions.Wanted("1.1", "1.1.1a", english("Part"), parent="1.1.1"))
    actions.adopt_plan(by, found, on=date(2022, 3, 3))
    actions.begin_revision(by, found)
    answer = secretariat.post("/joint-plan/jpoa/actions/1.1.1/drop/", {})
    assert answer.status_code == 409
    assert "Action 1.1.1 has parts: 1.1.1a." in answer.content.decode()


def test_a_revision_is_given_up_after_a_question(secretariat: Client) -> None:
    lived_in()
    assert "Give edition 2 up?" in text_of(secretariat, "/joint-plan/jpoa/revision/give-up/")
    secretariat.post("/joint-plan/jpoa/revision/give-up/")
    assert secretariat.get("/joint-plan/jpoa/revision/").status_code == 404
    assert "given up" in text_of(secretariat, "/joint-plan/jpoa/editions/")


def test_a_focal_point_is_asked_for_their_own_country_only(secretariat: Client) -> None:
    lived_in()
    focal = signed_in(worker("focal_point", "KZ"))
    assert "Uzbekistan" not in text_of(focal, "/joint-plan/jpoa/actions/1.1.1/status/")
    given = {"state": "2", "on": "2025-01-01", "source": "ministry"}
    assert focal.post("/joint-plan/jpoa/actions/1.1.1/status/", {**given, "country": "UZ"}).status_code == 422
    assert focal.post("/joint-plan/jpoa/actions/1.1.1/status/", {**given, "country": "KZ"}).status_code == 302
    assert (
        focal.post("/joint-plan/jpoa/actions/1.1.1/status/", {**given, "country": "KZ", "state": "3"}).status_code
        == 422
    )
    assert Status.objects.filter(country="KZ").count() == 2


def test_what_is_late_is_told_with_who_leads_it_and_who_speaks_for_the_country(secretariat: Client) -> None:
    lived_in()
    shown = text_of(secretariat, "/joint-plan/jpoa/late/")
    assert re.search(r"Meeting in UZ.*UZ, TJ.*Donor", shown)
    assert "Office of KZ" in shown
    own = text_of(signed_in(worker("focal_point", "KZ")), "/joint-plan/jpoa/late/")
    assert re.search(r"Meeting in KZ", own)
    assert "Meeting in UZ" not in own, "their country has reached it"


def test_a_timeline_has_a_place_for_each_action_with_days(secretariat: Client) -> None:
    lived_in()
    shown = text_of(secretariat, "/joint-plan/jpoa/timeline/")
    assert shown.count('<path class="point"') == 3, "two milestones, and the legend"
    assert "Meeting in UZ" in shown


def test_the_matrix_of_300_actions_and_30_countries_is_one_question_and_a_light_page(secretariat: Client) -> None:
    large(300, 30)
    shown = secretariat.get("/joint-plan/large/actions/")
    assert len(shown.content) < 150_000
    assert shown.content.count(b"<tr>") > 300


@pytest.mark.parametrize(("address", "most"), [
    ("", 14), ("actions/", 12), ("progress/", 12), ("timeline/", 12), ("late/", 14), ("editions/", 12),
    ("actions/9.1.1/", 20),
])  # fmt: skip
def test_a_page_asks_the_database_no_more_when_the_plan_is_larger(secretariat: Client, address: str, most: int) -> None:
    found = large(60, 12)
    with acting_for(worker("secretariat").staff_id):
        Milestone.objects.bulk_create(
            Milestone(action=act, text=english("Meeting"), due=date(2024, 1, 1)) for act in found.actions.all()
        )
    secretariat.get("/joint-plan/large/")
    with CaptureQueriesContext(connection) as asked:
        assert secretariat.get(f"/joint-plan/large/{address}").status_code == 200
    assert len(asked) <= most, "\n".join(one["sql"][:90] for one in asked)
