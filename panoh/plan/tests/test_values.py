"""A value passes from hand to hand: entered, locked, decided on by another, frozen once public."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.plan.actions.indicators import Measured, add_indicator, edit_indicator, set_level
from panoh.plan.actions.publishing import answer_oddity, publish_period
from panoh.plan.actions.reporting import (
    approve_value,
    enter_value,
    feed_value,
    remark_on_value,
    return_value,
    submit_value,
)
from panoh.plan.figures import Total, across_countries, across_periods, of_value
from panoh.plan.models import GateAnswer, Indicator, Publication, Remark, Value
from panoh.plan.queries.gate import oddities
from panoh.plan.queries.indicators import indicator_for, indicator_shown
from panoh.plan.refusals_values import (
    AnotherCountrys,
    GateNotPassed,
    IndicatorInUse,
    IndicatorNumberTaken,
    NothingToDecide,
    NotOnTheList,
    OnlyNumbersTogether,
    PeriodPublished,
    ReasonMissing,
    SourceMissing,
    SubmittedByYou,
    ValueEmpty,
    ValueLocked,
    ValueNotFitting,
    ValueOfRelease,
)
from panoh.plan.tests.make import adopted, english, worker
from panoh.plan.tests.measured import approved, entry, indicator, period, second, submitted, target, value

pytestmark = pytest.mark.django_db
State = Value.State


def test_a_period_asks_each_country_for_each_indicator_and_nothing_is_reported_yet() -> None:
    plan = adopted()
    early, asked = indicator(plan), period(plan)
    late = indicator(plan, "1.1.1-b")
    assert asked.values.count() == 6
    assert {one.state for one in asked.values.all()} == {State.NO_DATA}
    assert {one.indicator_id for one in asked.values.all()} == {early.pk, late.pk}


def test_a_value_is_entered_with_a_source_submitted_returned_with_a_reason_and_approved_by_another() -> None:
    plan = adopted()
    indicator(plan)
    asked, by, other = period(plan), worker("focal_point", "UZ"), worker("secretariat")
    owed = value(asked, "UZ")
    with pytest.raises(ValueEmpty):
        submit_value(by, owed)
    with pytest.raises(SourceMissing):
        enter_value(by, owed, entry(5, source=""))
    assert enter_value(by, owed, entry(5)).state == State.IN_PROGRESS
    assert enter_value(by, owed, entry(None)).state == State.NO_DATA
    enter_value(by, owed, entry(7))
    assert submit_value(by, owed).state == State.SUBMITTED
    with pytest.raises(ValueLocked):
        enter_value(by, owed, entry(8))
    with pytest.raises(ReasonMissing):
        return_value(other, owed, reason=" ")
    assert return_value(other, owed, reason="Which schools?").state == State.RETURNED
    with pytest.raises(NothingToDecide):
        approve_value(other, owed)
    enter_value(by, owed, entry(9))
    submit_value(by, owed)
    remark_on_value(by, owed, text="Those of the list.")
    assert approve_value(other, owed).figure == 9
    assert [one.get_kind_display() for one in owed.remarks.all()] == [
        "submitted", "returned", "submitted", "said", "approved",
    ]  # fmt: skip


def test_who_submitted_does_not_approve_neither_by_a_step_nor_in_the_database() -> None:
    plan = adopted()
    indicator(plan)
    by, other, owed = worker("secretariat"), second(), value(period(plan), "UZ")
    submit_value(by, enter_value(by, owed, entry(5)))
    with pytest.raises(SubmittedByYou):
        approve_value(by, owed)
    with acting_for(by.staff_id), pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        Value.objects.filter(pk=owed.pk).update(state=State.APPROVED, decided_by_id=by.staff_id)
    with acting_for(by.staff_id), pytest.raises(DatabaseError, match="who may"), transaction.atomic():
        Value.objects.filter(pk=owed.pk).update(state=State.APPROVED, decided_by_id=other.staff_id)
    assert approve_value(other, owed).state == State.APPROVED


def test_a_country_enters_its_own_values_alone() -> None:
    plan = adopted()
    of = indicator(plan)
    owed, stranger = value(period(plan), "UZ"), worker("focal_point", "KZ")
    with pytest.raises(AnotherCountrys):
        enter_value(stranger, owed, entry(5))
    with pytest.raises(AnotherCountrys):
        set_level(stranger, of, kind=2, country="UZ", year=2025, number=Decimal(3))
    with pytest.raises(AnotherCountrys):
        set_level(stranger, of, kind=2, country="", year=2025, number=Decimal(3))
    with acting_for(stranger.staff_id):
        assert Value.objects.filter(pk=owed.pk).update(note="By the back door") == 0
        assert Value.objects.filter(pk=owed.pk).exists()
    with pytest.raises(NotAllowed):
        enter_value(worker("observer"), owed, entry(5))
    assert set_level(stranger, of, kind=2, country="KZ", year=2025, number=Decimal(3)).country == "KZ"


def test_a_submitted_value_and_what_was_said_are_locked_in_the_database_too() -> None:
    plan = adopted()
    indicator(plan)
    owed, other = submitted(period(plan), "UZ"), second()
    with acting_for(worker("focal_point", "UZ").staff_id):
        for change in ({"number": 6}, {"source": "Other"}, {"submitted_by_id": other.staff_id}):
            with pytest.raises(DatabaseError, match=r"locked|stays"), transaction.atomic():
                Value.objects.filter(pk=owed.pk).update(**change)
        with pytest.raises(DatabaseError, match="who may"), transaction.atomic():
            Value.objects.filter(pk=owed.pk).update(state=State.RETURNED)
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            Remark.objects.filter(value=owed).update(text="Other")
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            owed.delete()


def test_a_value_of_a_signed_release_is_changed_by_the_next_release_alone() -> None:
    plan = adopted()
    indicator(plan)
    by, owed = worker("focal_point", "UZ"), value(period(plan), "UZ")
    feed_value(by, owed, entry(5), digest="a" * 64)
    return_value(worker("secretariat"), owed, reason="An older release.")
    with pytest.raises(ValueOfRelease):
        enter_value(by, owed, entry(6))
    with acting_for(by.staff_id), pytest.raises(DatabaseError, match="by a release"), transaction.atomic():
        Value.objects.filter(pk=owed.pk).update(number=6)
    assert feed_value(by, owed, entry(6), digest="b" * 64).figure == 6


def test_the_gate_holds_until_all_is_mended_or_answered_and_then_the_figures_are_frozen() -> None:
    plan = adopted()
    of, by = indicator(plan), worker("secretariat")
    approved(period(plan, 2024), "UZ", 10)
    asked = period(plan)
    approved(asked, "UZ", 30)
    submitted(asked, "KZ", 4)
    kinds = {(odd.key.split(":")[0], odd.value.country) for odd in oddities(asked)}
    assert kinds == {("jump", "UZ"), ("unapproved", "KZ"), ("missing", "TJ"), ("target", "KZ")}
    uz_level = {"kind": 2, "country": "UZ", "year": 2025, "number": Decimal(40)}
    set_level(by, of, **uz_level)
    kinds = {(odd.key.split(":")[0], odd.value.country) for odd in oddities(asked)}
    assert {kind for kind in kinds if kind[0] in ("target", "level-source")} == {
        ("target", "KZ"), ("target", "TJ"), ("level-source", "UZ"),
    }  # fmt: skip
    set_level(by, of, **uz_level, source="Annex")
    target(of)
    with pytest.raises(GateNotPassed):
        publish_period(by, asked)
    with pytest.raises(NotOnTheList):
        answer_oddity(by, asked, key="jump:V-0000-0000", text="Because.")
    for odd in oddities(asked):
        answer_oddity(by, asked, key=odd.key, text="Asked; it is so.")
    publish_period(by, asked)
    uz = value(asked, "UZ")
    for step in (lambda: return_value(second(), uz, reason="Late"), lambda: publish_period(by, asked)):
        with pytest.raises(PeriodPublished):
            step()
    with acting_for(by.staff_id):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            asked.values.update(note="Later")
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            GateAnswer.objects.filter(period=asked).delete()
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            Publication.objects.filter(period=asked).delete()


def test_a_percentage_above_100_and_a_part_above_the_whole_are_odd() -> None:
    plan = adopted()
    percent = indicator(plan, "p", measure=Indicator.Measure.PERCENT, over_countries=4)
    counted = indicator(plan, "n", breakdowns=("girls",))
    asked = period(plan)
    submitted(asked, "UZ", 101, percent)
    by = worker("focal_point", "UZ")
    enter_value(by, value(asked, "UZ", counted), entry(5, parts={"girls": "6"}))
    kinds = {odd.key.split(":")[0] for odd in oddities(asked) if odd.value.country == "UZ"}
    assert kinds == {"percent", "parts", "unapproved"}


@pytest.mark.parametrize(
    ("how", "given"),
    [
        ({"measure": 1}, {"number": None, "words": "many"}),
        ({"measure": 5, "over_countries": 4}, {"number": 3}),
        ({"over_countries": 3}, {"number": 3}),
        ({"over_countries": 3}, {"number": None, "numerator": Decimal(1), "denominator": Decimal(0)}),
        ({"over_countries": 3}, {"number": None, "numerator": Decimal(1)}),
        ({}, {"number": 3, "parts": {"boys": "1"}}),
    ],
)
def test_what_is_not_of_the_indicators_kind_is_refused(how: dict, given: dict) -> None:
    plan = adopted()
    indicator(plan, **how)
    with pytest.raises(ValueNotFitting):
        enter_value(worker("focal_point", "UZ"), value(period(plan), "UZ"), entry(**given))


def test_an_indicator_that_was_reported_keeps_how_it_is_counted() -> None:
    plan, by = adopted(), worker("secretariat")
    of = indicator(plan)
    asked = period(plan)
    edit_indicator(by, of, Measured("1.1.1-a", english("Schools"), breakdowns=("girls",)))
    submitted(asked, "UZ")
    with pytest.raises(IndicatorInUse):
        edit_indicator(by, of, Measured("1.1.1-a", english("Schools"), over_periods=1, breakdowns=("girls",)))
    assert str(edit_indicator(by, of, Measured("1.1.1-x", english("All schools"), breakdowns=("girls",))).number)
    with pytest.raises(IndicatorNumberTaken):
        indicator(plan, "1.1.1-x")
    with pytest.raises(OnlyNumbersTogether):
        add_indicator(by, plan, Measured("q", english("How"), measure=5, over_countries=1), of=of.action)


def test_countries_are_put_together_by_the_formula_and_the_sum_says_how_many_reported() -> None:
    plan = adopted()
    of, ratio = indicator(plan), indicator(plan, "r", measure=2, over_countries=3, over_periods=1)
    before, asked = period(plan, 2024), period(plan)
    approved(before, "UZ", 4, of)
    approved(asked, "UZ", 5, of)
    submitted(asked, "KZ", 0, of)
    shown = indicator_shown(worker("observer"), of)
    assert [(point.label, point.value, point.total.reported, point.total.of) for point in shown.points] == [
        ("2024", 4, 1, 3), ("2025", 5, 2, 3),
    ]  # fmt: skip
    assert (shown.overall.figure, shown.overall.reported, shown.overall.of) == (5, 2, 3)
    assert {row.label: row.value for row in shown.countries} == {"UZ": 5, "KZ": 0, "TJ": None}
    for country, numerator, denominator in (("UZ", 1, 2), ("KZ", 9, 10)):
        by = worker("focal_point", country)
        told = entry(None, numerator=Decimal(numerator), denominator=Decimal(denominator))
        submit_value(by, enter_value(by, value(asked, country, ratio), told))
    total = indicator_shown(worker("observer"), ratio).points[-1].total
    assert round(total.figure, 2) == Decimal("83.33")
    assert of_value(value(asked, "UZ", ratio), approved_only=True) == Total(None, 0, 1)


def test_an_indicators_page_asks_the_database_no_oftener_for_many_values(
    django_assert_max_num_queries,
) -> None:
    plan = adopted()
    of = indicator(plan)
    for year in range(2020, 2026):
        asked = period(plan, year)
        for country in ("UZ", "KZ", "TJ"):
            submitted(asked, country, year)
    observer = worker("observer")
    with django_assert_max_num_queries(4):
        indicator_shown(observer, indicator_for(of.code))
    with django_assert_max_num_queries(5):
        oddities(asked)


TOTALS = st.lists(
    st.one_of(st.none(), st.integers(-1000, 1000)).map(
        lambda n: Total(None, 0, 1) if n is None else Total(Decimal(n), 1, 1)
    )
)


@settings(deadline=None)
@given(TOTALS, st.sampled_from(Indicator.OverPeriods.values), st.sampled_from((1, 2)))
def test_what_was_not_reported_changes_no_figure(totals, over_periods, over_countries) -> None:
    of = Indicator(over_periods=over_periods, over_countries=over_countries, measure=1)
    said = [total for total in totals if total.figure is not None]
    for together in (across_countries, across_periods):
        whole, told = together(of, totals), together(of, said)
        assert whole.figure == told.figure
        if together is across_countries or over_periods != Indicator.OverPeriods.LATEST:
            assert (whole.reported, whole.of) == (len(said), len(totals))
        assert (whole.figure is None) == (not said)
