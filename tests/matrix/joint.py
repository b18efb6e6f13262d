"""A small plan in the country of the matrix, and what its changes take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.plan import actions as plans
from panoh.plan.actions import indicators, reporting, reviews, summaries
from panoh.plan.models import Area, Plan


def make_joint(by: Actor, plan: Plan) -> Mapping[str, str]:
    """Return codes of the plan's records by the first word of their address."""
    area = Area.objects.get(pillar__plan=plan, code="1.1")
    body = plans.add_body(by, code="moe", name=Wording(en="Ministry"), kind=1, country="KZ")
    days = {"starts": date(2025, 1, 1), "ends": date(2025, 12, 31)}
    measured = indicators.add_indicator(by, plan, indicators.Measured("1.1-a", Wording(en="Schools")), of=area)
    period = indicators.open_period(by, plan, name="2025", every=3, due=date(2026, 3, 1), **days)
    entry = reporting.Entry(number=Decimal(5), source_kind=1, source="Report")
    value = reporting.enter_value(by, period.values.get(country="KZ"), entry)
    review = reviews.begin_review(by, plan, title=Wording(en="Review"), kind=1, answers_due=date(2026, 3, 1), **days)
    reviews.add_question(by, review, text=Wording(en="What was done?"))
    reviews.ask_countries(by, review)
    reviews.write_answers(by, review, texts={1: "Schools."}, country="KZ")
    point = reviews.agree_point(by, review, text=Wording(en="Go on"), body=body, due=date(2026, 12, 1))
    summary = summaries.begin_summary(by, plan, title="A year", language="en", **days)
    made = {"joint-plan": plan, "indicators": measured, "periods": period, "values": value, "reviews": review}
    made |= {"points": point, "summaries": summary}
    return {kind: record.code for kind, record in made.items()}


DAYS = {"starts": "2026-01-01", "ends": "2026-12-31"}


def pages(codes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return what each change on a page takes."""
    measured = {
        "number": "1.1-b", "text": "Schools", "kind": "1", "measure": "1", "every": "3", "over_periods": "2",
        "over_countries": "4", "disclosure": "1",
    }  # fmt: skip
    return {
        "joint-plan/<slug:code>/indicators/new/": {**measured, "of": "1/1.1"},
        "indicators/<str:code>/change/": measured,
        "indicators/<str:code>/levels/new/": {"kind": "2", "country": "KZ", "year": "2026", "number": "9"},
        "joint-plan/<slug:code>/periods/new/": {"name": "2026", "every": "3", **DAYS, "due": "2027-03-01"},
        "periods/<str:code>/publication/": {"key": f"unapproved:{codes['values']}", "text": "It is so."},
        "periods/<str:code>/publish/": {},
        "values/<str:code>/enter/": {"number": "6", "source_kind": "1", "source": "Report"},
        "values/<str:code>/submit/": {},
        "values/<str:code>/decide/": {"decision": "approve"},
        "values/<str:code>/say/": {"text": "It is so."},
        "joint-plan/<slug:code>/reviews/new/": {"title": "Next", "kind": "1", **DAYS, "answers_due": "2027-03-01"},
        "reviews/<str:code>/questions/new/": {"text": "What was not?"},
        "reviews/<str:code>/ask/": {},
        "reviews/<str:code>/answers/": {"answer-1": "Schools."},
        "reviews/<str:code>/answers/submit/": {},
        "reviews/<str:code>/meeting/": {"on": "2026-11-01"},
        "reviews/<str:code>/findings/new/": {"about": "1.1.1", "kind": "2", "text": "Too few."},
        "reviews/<str:code>/points/new/": {"text": "More", "body": "moe", "due": "2027-01-01"},
        "reviews/<str:code>/close/": {},
        "points/<str:code>/done/": {"taken": "Done", "evidence": "Report"},
        "points/<str:code>/verify/": {},
        "points/<str:code>/doubt/": {"text": "Where is it?"},
        "joint-plan/<slug:code>/summaries/new/": {"title": "Next", **DAYS, "language": "en"},
        "summaries/<str:code>/renew/": {},
        "summaries/<str:code>/sections/<slug:key>/": {"text": "A plan."},
        "summaries/<str:code>/sections/<slug:key>/keep/": {},
        "summaries/<str:code>/sections/<slug:key>/take/": {},
    }


def api(codes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return what each change over HTTP takes."""
    measured = {"number": "1.1-b", "text": {"en": "Schools"}}
    return {
        "joint-plan/{}/indicators": {**measured, "of": "1/1.1"},
        "indicators/{}": measured,
        "indicators/{}/levels": {"kind": "target", "country": "KZ", "year": 2026, "number": 9},
        "joint-plan/{}/periods": {"name": "2026", **DAYS, "due": "2027-03-01"},
        "periods/{}/gate": {"key": f"unapproved:{codes['values']}", "text": "It is so."},
        "periods/{}/publish": {},
        "values/{}": {"number": 6, "source_kind": "document", "source": "Report"},
        "values/{}/submit": {},
        "values/{}/decision": {"decision": "approve"},
        "values/{}/remarks": {"text": "It is so."},
        "joint-plan/{}/reviews": {"title": {"en": "Next"}, "kind": "annual", **DAYS, "answers_due": "2027-03-01"},
        "reviews/{}/questions": {"text": {"en": "What was not?"}},
        "reviews/{}/ask": {},
        "reviews/{}/answers": {"texts": {"1": "Schools."}, "country": "KZ"},
        "reviews/{}/answers/submit": {"country": "KZ"},
        "reviews/{}/meeting": {"on": "2026-11-01"},
        "reviews/{}/findings": {"about": "1.1.1", "kind": "problem", "text": {"en": "Too few."}},
        "reviews/{}/points": {"text": {"en": "More"}, "body": "moe", "due": "2027-01-01"},
        "reviews/{}/close": {},
        "points/{}/done": {"taken": "Done", "evidence": "Report"},
        "points/{}/verify": {},
        "points/{}/doubt": {"because": "Where is it?"},
        "joint-plan/{}/summaries": {"title": "Next", **DAYS},
        "summaries/{}/renew": {},
        "summaries/{}/sections/{}": {"text": "A plan."},
        "summaries/{}/sections/{}/keep": {},
        "summaries/{}/sections/{}/take": {},
    }
