"""What files tell of statuses and values: only what is published, and never a number that was not reported."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions.publishing import answer_oddity, publish_period
from panoh.plan.documents.figures import Silence
from panoh.plan.models import Indicator
from panoh.plan.queries import iati_of, plan_told, site_of
from panoh.plan.queries.gate import oddities
from panoh.plan.queries.told import published_figures, statuses_told
from panoh.plan.tests import measured
from panoh.plan.tests.make import adopted, worker

pytestmark = pytest.mark.django_db


def published(reported=(("KZ", 0), ("UZ", 7)), **more: object):
    """A plan with a year that some of its three countries reported on, approved, and a target."""
    plan = adopted()
    of = measured.indicator(plan, **more)
    asked = measured.period(plan)
    measured.target(of)
    for country, number in reported:
        measured.approved(asked, country, number)
    return plan, asked


def publish(asked) -> None:
    by = worker("secretariat")
    for odd in oddities(asked):
        answer_oddity(by, asked, key=odd.key, text="Asked and explained.")
    publish_period(measured.second(), asked)


def test_before_it_is_published_no_value_leaves():
    plan, _asked = published()
    assert published_figures(plan) == []


def test_published_values_leave_by_country_with_what_nobody_reported():
    plan, asked = published()
    publish(asked)
    (told,) = published_figures(plan)
    assert told.action == "1.1.1"
    (period,) = told.periods
    assert [(one.country, one.value) for one in period.actuals] == [
        ("", "7"), ("KZ", "0"), ("UZ", "7"), ("TJ", Silence.NOT_REPORTED),
    ]  # fmt: skip
    assert [one.value for one in period.targets] == ["10"]
    actions.add_body(worker("secretariat"), code="un", name=Wording({"en": "UN"}), kind=2)
    root = etree.fromstring(iati_of(plan, reporter="un", identifier="XM-DAC-41122"))
    assert [one.get("value") for one in root.iter("actual")] == ["7", "0", "7", None]


def test_of_what_is_published_together_no_country_leaves_not_even_alone():
    plan, asked = published(disclosure=Indicator.Disclosure.TOTAL)
    publish(asked)
    (told,) = published_figures(plan)
    assert [(one.country, one.value) for one in told.periods[0].actuals] == [("", "7")]


def test_a_total_of_one_country_is_that_countrys_and_is_suppressed():
    plan, asked = published([("KZ", 3)], disclosure=Indicator.Disclosure.TOTAL)
    publish(asked)
    (told,) = published_figures(plan)
    assert [one.value for one in told.periods[0].actuals] == [Silence.SUPPRESSED]


def test_what_is_not_published_stays_inside():
    plan, asked = published(disclosure=Indicator.Disclosure.INSIDE)
    publish(asked)
    assert published_figures(plan) == []


def test_a_status_is_public_only_with_a_public_source():
    plan, focal = adopted(), worker("focal_point", "KZ")
    act = plan.actions.select_related("plan").get(code="1.1.1")
    actions.report_status(focal, act, country="KZ", state=2, on=date(2024, 1, 1), source="ministry")
    assert [(one.country, one.word) for one in statuses_told(plan)["1.1.1"]] == [
        ("Kazakhstan", "under way"), ("Uzbekistan", ""), ("Tajikistan", ""),
    ]  # fmt: skip
    assert statuses_told(plan, public=True) == {}
    assert plan_told(plan, "en", statuses_told(plan)).has_statuses
    assert "under way" not in site_of(plan)["en/action-1.1.1.html"].decode()
    actions.report_status(
        focal, act, country="KZ", state=3, on=date(2024, 2, 1), source="gazette", evidence="https://example.org/",
        evidence_kind="document", evidence_on=date(2024, 2, 1),
    )  # fmt: skip
    assert "done" in site_of(plan)["en/action-1.1.1.html"].decode()
