"""IATI 2.03: every file is right by the schema, says no number that was not reported, and nothing of persons."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from panoh.access.refusals import Unknown
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.documents.figures import FigureTold, IndicatorFigures, PeriodFigures, Silence
from panoh.plan.documents.iati import Activity, Organisation, Tag, as_iati, schema
from panoh.plan.models import ActionBody
from panoh.plan.queries import iati_of
from panoh.plan.refusals_documents import PlanNotPublic, ReporterUnknown
from panoh.plan.tests.make import adopted, plan, worker

MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
US = Organisation(Wording({"en": "Secretariat"}), "40", "2", "XM-DAC-41122")
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

words = st.dictionaries(st.sampled_from(["en", "ru", "uz"]), st.text(max_size=30), max_size=3).map(Wording)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
codes = st.text("ABCxyz0123456789.", min_size=1, max_size=8)
dimensions = st.lists(st.tuples(st.just("sex"), st.sampled_from("fm")), max_size=2)
figures = st.builds(
    FigureTold, st.one_of(st.sampled_from(Silence), st.integers(0, 10**6).map(str), st.text(min_size=1, max_size=9)),
    st.sampled_from(["", "KZ", "KG"]), dimensions, words,
)  # fmt: skip
periods = st.builds(PeriodFigures, days, days, st.lists(figures, max_size=2), st.lists(figures, max_size=3))
indicators = st.builds(
    IndicatorFigures, codes, words, st.sampled_from(["output", "outcome", "impact", "process"]),
    st.sampled_from(["unit", "percent", "nominal", "ordinal", "qualitative"]), st.booleans(), words,
    st.none() | days, st.lists(figures, max_size=2), st.lists(periods, max_size=2),
)  # fmt: skip
bodies = st.builds(Organisation, words, st.sampled_from(["10", "22", "40", "80"]), st.sampled_from("124"))
tags = st.lists(st.builds(Tag, codes, words), max_size=3)
countries = st.sampled_from(
    [[("KZ", "Kazakhstan")], [("KZ", "Kazakhstan"), ("KG", "Kyrgyzstan")], [("KZ", "K"), ("AF", "A")]]
)
activities = st.builds(
    Activity, codes.map("XM-DAC-41122-{}".format), words, words, st.sampled_from("1234"), days, countries,
    st.none() | days, st.lists(bodies, max_size=3), tags, tags, st.sampled_from(["", "https://example.org/a?b=c"]),
    st.sampled_from(["", "XM-DAC-41122-p"]), st.lists(codes, max_size=3), st.lists(indicators, max_size=3),
)  # fmt: skip


@SETTINGS
@given(st.lists(activities, min_size=1, max_size=4), st.sampled_from(["", "https://example.org/vocabulary"]))
def test_any_plan_is_right_by_the_schema(found, vocabulary):
    read = etree.fromstring(as_iati(found, US, vocabulary=vocabulary, made=MADE))
    assert schema().validate(read)
    assert len(read) == len(found)
    assert read.get("version") == "2.03"


@SETTINGS
@given(figures, indicators)
def test_a_value_that_is_not_there_is_left_out_with_why_and_never_zero(figure, indicator):
    period = PeriodFigures(date(2024, 1, 1), date(2024, 12, 31), (), [figure])
    told = IndicatorFigures(**{**vars(indicator), "periods": [period]})
    activity = Activity(
        "XM-DAC-41122-1", Wording({"en": "A"}), Wording(), "2", date(2024, 1, 1), [("KZ", "K")], indicators=[told]
    )
    (actual,) = etree.fromstring(as_iati([activity], US, vocabulary="", made=MADE)).iter("actual")
    if isinstance(figure.value, Silence):
        assert actual.get("value") is None
        assert actual.findtext("comment/narrative") == figure.value.value
    elif told.measure == "qualitative":
        assert actual.get("value") is None
    elif figure.value.isprintable():
        assert actual.get("value") == figure.value


@pytest.mark.django_db
class TestOfAPlan:
    def make(self):
        by = worker("secretariat")
        draft = plan()
        un, ministry, ngo = (
            actions.add_body(by, code=code, name=Wording({"en": code}), kind=kind, contact="Ms Name, +998 1")
            for code, kind in (("un", 2), ("ministry", 1), ("ngo", 4))
        )
        first = draft.actions.get(code="1.1.1")
        part = ActionBody.Part
        actions.name_bodies(by, first, parts={part.LEAD: [ministry], part.FUNDER: [un], part.CONSULTED: [ngo]})
        return actions.adopt_plan(by, draft, on=date(2022, 3, 3))

    def read(self, made):
        content = iati_of(made, reporter="un", identifier="XM-DAC-41122")
        root = etree.fromstring(content)
        assert schema().validate(root)
        return content.decode(), root

    def test_plan_and_actions_are_activities_that_point_at_each_other(self):
        _text, root = self.read(self.make())
        whole, *parts = root
        assert [one.findtext("iati-identifier") for one in parts] == [
            f"XM-DAC-41122-jpoa-{code}" for code in ("1.1.1", "1.1.2", "4.1.1")
        ]
        assert {one.get("ref") for one in whole.iter("related-activity")} == {
            one.findtext("iati-identifier") for one in parts
        }
        roles = [(one.get("role"), one.findtext("narrative")) for one in parts[0].iter("participating-org")]
        assert sorted(roles) == [("1", "un"), ("2", "ministry")]
        assert parts[0].find("activity-date").attrib == {"type": "1", "iso-date": "2022-03-03"}
        assert parts[0].find("recipient-region").get("code") == "619"
        assert parts[0].find("tag").attrib == {"vocabulary": "99", "code": "I"}

    def test_no_contact_leaves(self):
        text, root = self.read(self.make())
        assert "Ms Name" not in text
        assert root.find(".//contact-info") is None

    def test_what_is_not_adopted_is_not_handed_out(self):
        with pytest.raises(PlanNotPublic):
            iati_of(plan(), reporter="un", identifier="XM-DAC-41122")

    @pytest.mark.parametrize("identifier", ["", "41122", "xm-dac-41122", "XM-DAC-", "XM-DAC-<a>"])
    def test_who_reports_is_known(self, identifier):
        made = self.make()
        with pytest.raises(ReporterUnknown):
            iati_of(made, reporter="un", identifier=identifier)
        with pytest.raises(Unknown):
            iati_of(made, reporter="nobody", identifier="XM-DAC-41122")


def test_a_plan_takes_few_queries(db, django_assert_max_num_queries):
    actions.add_body(worker("secretariat"), code="un", name=Wording({"en": "UN"}), kind=2)
    made = adopted()
    with django_assert_max_num_queries(12):
        iati_of(made, reporter="un", identifier="XM-DAC-41122")
