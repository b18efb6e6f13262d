"""Pages and API of the public record."""

from __future__ import annotations

import pytest
from django.test import Client

from panoh.access.models import Staff
from panoh.plan import actions
from panoh.plan.models import PublishedFigure
from panoh.plan.record_file import PUBLIC_RECORD
from panoh.plan.tests.make import worker

NEW = {"measure": "1", "value": "", "bound": "1", "mark": "F", "source": "https://example.org/", "as_of": "2021-03"}


@pytest.fixture
def secretariat(db):
    actions.enter_record(worker("secretariat"), text=PUBLIC_RECORD.read_text(encoding="utf-8"))
    return signed_in("secretariat")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(pk=worker(role).staff_id))
    client.get("/account/")
    return client


def test_the_record_shows_each_country_with_chart_table_and_disagreements(secretariat, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        page = secretariat.get("/published-figures/").content.decode()
    assert "Meerim, all: published as 79 and 81 and 90." in page
    assert "chart-table" in page
    assert "not announced" in page
    assert "Turkmenistan" in page


def test_an_operation_shows_its_figures_with_source_and_mark(secretariat):
    page = secretariat.get("/published-figures/uz-mehr-2/").content.decode()
    assert 'href="https://uzdaily.uz/ru/post/46713"' in page
    assert "found in a public source" in page
    assert secretariat.get("/published-figures/none/").status_code == 404


def test_a_figure_is_recorded_struck_out_and_a_smaller_place_refused(secretariat):
    assert secretariat.post("/published-figures/kg-meerim/new/", NEW).status_code == 302
    made = PublishedFigure.objects.latest("pk")
    assert (made.value, made.as_of_said) == (None, "March 2021")
    refused = secretariat.post(
        "/published-figures/kg-meerim/new/", {**NEW, "value": "31", "quote": "31 in one village"}
    )
    assert refused.status_code == 422
    assert "points at them" in refused.content.decode()
    strike = f"/published-figures/kg-meerim/{made.pk}/strike-out/"
    assert secretariat.post(strike, {"because": "Mistyped."}).status_code == 302
    assert secretariat.post(strike.replace("kg-meerim", "kz-all"), {"because": "x"}).status_code == 404


def test_an_observer_reads_and_is_offered_no_change(secretariat):
    page = signed_in("observer").get("/published-figures/kg-meerim/").content.decode()
    assert "Strike out" not in page
    assert "Record a published figure" not in page


def test_without_figures_the_page_says_so(db):
    assert "No published figure is recorded yet." in signed_in("observer").get("/published-figures/").content.decode()


def test_the_api_gives_the_same_with_the_disagreements(secretariat):
    told = secretariat.get("/api/v1/published-figures").json()
    meerim = next(one for one in told["operations"] if one["code"] == "kg-meerim")
    assert {figure["value"] for figure in meerim["figures"] if figure["measure"] == "total"} == {79, 81, 90}
    assert {"operation": "kg-meerim", "kind": "rivals"}.items() <= told["disagreements"][0].items() or told
    given = {"measure": "total", "value": 8, "source": "https://example.org/", "note": "8 in one city"}
    refused = secretariat.post("/api/v1/published-figures/kg-meerim/figures", given, content_type="application/json")
    assert refused.status_code == 422
    assert refused.json()["code"] == "plan.place-too-small"
