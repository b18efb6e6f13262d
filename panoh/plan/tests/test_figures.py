"""The public record: what was published, rivals beside each other, nothing of a smaller place, nothing changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.entrances import Actor
from panoh.access.models import District
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.casework.never_built import violations
from panoh.plan import actions
from panoh.plan.actions import Published
from panoh.plan.days import RoughDay, day_said
from panoh.plan.models import Operation, PublishedFigure
from panoh.plan.queries import public_record
from panoh.plan.record_file import PUBLIC_RECORD, operations_read
from panoh.plan.refusals_figures import (
    AddsItself,
    DayUnreadable,
    FigureStruckOut,
    FigureThere,
    FileNotOfFigures,
    OperationThere,
    PlaceTooSmall,
    SourceMissing,
)
from panoh.plan.sums import Bound, Claim, Kind, Measure, Part, disagreements
from panoh.plan.tests.make import english, worker

ALL, MEN, WOMEN, CHILDREN = Measure.TOTAL, Measure.MEN, Measure.WOMEN, Measure.CHILDREN


def operation(code: str = "a-1", **given: object) -> Operation:
    return actions.add_operation(worker("secretariat"), code=code, country="KG", name=english("Meerim"), **given)


def published(value: int | None = 79, measure: int = ALL, source: str = "https://example.org/a", **more: object):
    return Published(measure, value, source=source, **more)


@pytest.fixture
def whole_record(db):
    actions.enter_record(worker("secretariat"), text=PUBLIC_RECORD.read_text(encoding="utf-8"))
    return {record.country: record for record in public_record()}


@pytest.mark.django_db
class TestEntering:
    def test_rivals_stand_side_by_side(self):
        meerim = operation()
        for value in (79, 81, 90):
            actions.record_figure(worker("secretariat"), meerim, published(value))
        (record,) = public_record()
        assert record.operations[0].cells[0][1] == ["79", "81", "90"]
        assert [remark.text for remark in record.remarks] == ["Meerim, all: published as 79 and 81 and 90."]

    def test_not_announced_is_no_zero(self):
        actions.record_figure(worker("secretariat"), operation(), published(None))
        (record,) = public_record()
        assert record.operations[0].cells[0][1] == ["not announced"]
        assert record.chart == []
        assert record.silent

    @pytest.mark.parametrize("words", [
        "31 of the children live in one village", "8 in Osh city", "4 go to school, 3 to kindergarten",
        "31 ребёнок живёт в одном селе", "8 детей в городе Ош", "4 ходят в школу", "бир айылда 31 бала",
    ])  # fmt: skip
    def test_a_figure_of_a_smaller_place_is_refused_with_the_reason(self, words):
        for told in ({"quote": words}, {"note": words}):
            with pytest.raises(PlaceTooSmall, match="points at them"):
                actions.record_figure(
                    worker("secretariat"), operation(f"x-{len(told)}-{next(iter(told))}"), published(**told)
                )
        with pytest.raises(PlaceTooSmall):
            actions.add_operation(worker("secretariat"), code="place", country="KG", name=english(words))

    def test_a_district_of_the_country_is_a_smaller_place(self):
        place = District.objects.exclude(country="").first()
        of = actions.add_operation(worker("secretariat"), code="a", country=place.country, name=english("Return"))
        with pytest.raises(PlaceTooSmall, match=place.label):
            actions.record_figure(worker("secretariat"), of, published(quote=f"3 in {place.label}."))

    def test_what_was_found_has_a_source_and_is_recorded_once(self):
        of = operation()
        with pytest.raises(SourceMissing):
            actions.record_figure(worker("secretariat"), of, published(source=""))
        actions.record_figure(worker("secretariat"), of, published())
        with pytest.raises(FigureThere):
            actions.record_figure(worker("secretariat"), of, published())

    def test_a_figure_is_struck_out_and_stays(self):
        by = worker("secretariat")
        figure = actions.record_figure(by, operation(), published())
        actions.strike_out_figure(by, figure, because="mistyped")
        assert public_record()[0].operations[0].cells[0][1] == []
        assert PublishedFigure.objects.count() == 1
        with pytest.raises(FigureStruckOut):
            actions.strike_out_figure(by, figure, because="mistyped")
        actions.record_figure(by, figure.operation, published())

    @pytest.mark.parametrize("change", [lambda of: of.update(value=1), lambda of: of.delete()])
    def test_the_database_lets_nobody_change_or_remove_what_was_published(self, change):
        by = worker("secretariat")
        actions.record_figure(by, operation(), published())
        with pytest.raises(DatabaseError, match="struck out"), acting_for(by.staff_id):
            change(PublishedFigure.objects.all())

    @pytest.mark.parametrize("role", ["expert", "observer", "focal_point"])
    def test_only_who_records_figures_enters_them(self, role):
        of = operation()
        with pytest.raises(NotAllowed):
            actions.record_figure(worker(role, "KZ"), of, published())

    def test_a_code_is_given_once_and_a_total_is_of_one_country(self):
        one = operation()
        with pytest.raises(OperationThere):
            operation()
        for scope in (Operation.Scope.ONE, Operation.Scope.SEVERAL):
            country = "KG" if scope == Operation.Scope.ONE else "KZ"
            with pytest.raises(AddsItself):
                actions.add_operation(
                    worker("secretariat"), code="t", country=country, name=english("T"), scope=scope, adds_up=[one]
                )


@pytest.mark.django_db
class TestTheWholeRecord:
    def test_it_says_where_it_disagrees(self, whole_record):
        said = {country: {(one.kind, one.operation.code) for one in of.remarks} for country, of in whole_record.items()}
        assert said["KG"] >= {(Kind.RIVALS, "kg-meerim"), (Kind.RIVALS, "kg-all")}
        assert said["TJ"] == {(Kind.RIVALS, "tj-2019")}
        assert said["UZ"] >= {(Kind.PARTS, "uz-all"), (Kind.OPERATIONS, "uz-mehr-1-4"), (Kind.RIVALS, "uz-mehr-1")}
        assert (Kind.REST, "kz-all") in said["KZ"]
        told = {one.text for one in whole_record["UZ"].remarks}
        assert "All returns to Uzbekistan, all: one source says 531, but its parts add up to 483." in told
        assert "Mehr 1 to 4, all: published as 438; its operations add up to 341 to 342." in told

    def test_a_translation_that_made_adults_of_minors_shows(self, whole_record):
        told = {one.text for one in whole_record["KG"].remarks}
        assert "All returns to Kyrgyzstan, children: published as 517; its operations add up to 79 to 394." in told

    def test_sums_that_hold_are_no_remark(self, whole_record):
        remarked = {one.operation.code for of in whole_record.values() for one in of.remarks}
        assert not remarked & {
            "kg-aikol-1-3",
            "kz-zhusan-1-3",
            "kz-zhusan-1-4",
            "kz-zhusan-1-5",
            "kz-rusafa",
            "tj-2022",
        }

    def test_a_state_that_says_nothing_is_there_with_nothing(self, whole_record):
        assert [shown.cells[0][1] for shown in whole_record["TM"].operations] == [["not announced"]]

    def test_every_figure_has_its_mark_and_what_was_found_its_source(self, whole_record):
        assert set(PublishedFigure.objects.values_list("mark", flat=True)) == {"F", "K", "D"}
        assert not PublishedFigure.objects.filter(mark="F", source="").exists()

    def test_entered_again_it_adds_nothing(self, whole_record):
        assert actions.enter_record(worker("secretariat"), text=PUBLIC_RECORD.read_text(encoding="utf-8")) == 0

    def test_it_takes_few_queries(self, whole_record, django_assert_num_queries):
        with django_assert_num_queries(3):
            public_record()


def test_the_file_has_no_word_that_is_never_built():
    assert violations([PUBLIC_RECORD.read_text(encoding="utf-8")]) == []


@pytest.mark.parametrize("text", ["", "x", "[[operation]]", 'operation = [{code="a"}]'])
def test_another_file_is_refused_with_what_is_the_matter(text):
    with pytest.raises(FileNotOfFigures):
        operations_read(text)


@pytest.mark.parametrize(("text", "said"), [
    ("2021-03-16", "16 March 2021"), ("2021-03", "March 2021"), ("2021", "2021"), ("", ""),
])  # fmt: skip
def test_a_day_is_shown_as_exactly_as_it_is_known(text, said):
    read = RoughDay.read(text)
    assert day_said(read.day, read.precision) == said


@pytest.mark.parametrize("text", ["16.03.2021", "2021-13", "2021-02-30", "soon", "٢٠٢١"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(DayUnreadable):
        RoughDay.read(text)


counts = st.integers(0, 500)


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=6))
def test_a_record_that_adds_up_has_no_remark(told):
    claims = [
        Claim(f"o{n}", measure, value, source="s")
        for n, parts in enumerate([*told, tuple(map(sum, zip(*told, strict=True)))])
        for measure, value in zip((ALL, MEN, WOMEN, CHILDREN), (sum(parts), *parts), strict=True)
    ]
    assert disagreements(claims, {f"o{len(told)}": [Part(f"o{n}") for n in range(len(told))]}) == []


@given(st.lists(counts, min_size=1, max_size=5), st.integers(1, 50))
def test_a_total_that_its_operations_do_not_reach_is_remarked(values, off):
    claims = [Claim(f"o{n}", ALL, value) for n, value in enumerate(values)]
    total = Claim("all", ALL, sum(values) + off)
    (found,) = disagreements([*claims, total], {"all": [Part(claim.operation) for claim in claims]})
    assert (found.kind, found.said, found.found) == (Kind.OPERATIONS, (total.value,), (sum(values),))


def test_an_operation_of_which_nothing_is_known_makes_the_sum_a_lower_bound():
    claims = [Claim("a", ALL, 5), Claim("all", ALL, 9)]
    assert disagreements(claims, {"all": [Part("a"), Part("b")]}) == []
    (found,) = disagreements([Claim("a", ALL, 10), claims[1]], {"all": [Part("a"), Part("b")]})
    assert found.found == (10,)


def test_a_running_total_of_a_day_counts_no_operation_that_came_later():
    parts = {"all": [Part("a", date(2020, 1, 1)), Part("b", date(2021, 1, 1))]}
    claims = [Claim("a", ALL, 5), Claim("b", ALL, 7)]
    assert disagreements([*claims, Claim("all", ALL, 5, as_of=date(2020, 6, 1))], parts) == []
    assert disagreements([*claims, Claim("all", ALL, 12)], parts) == []
    assert disagreements([*claims, Claim("all", ALL, 12, as_of=date(2020, 6, 1))], parts)


def test_more_than_and_about_leave_room():
    assert disagreements([Claim("a", ALL, 530, Bound.AT_LEAST), Claim("a", ALL, 599)], {}) == []
    assert disagreements([Claim("a", ALL, 100, Bound.ABOUT), Claim("a", ALL, 97)], {}) == []
    assert disagreements([Claim("a", ALL, 530, Bound.AT_LEAST), Claim("a", ALL, 500)], {})


def test_nobody_in_particular_records_nothing():
    assert not Actor.operator().may("figure.record")
