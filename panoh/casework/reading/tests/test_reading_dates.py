from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.casework.reading.dates import order_of, read_date

TODAY = date(2026, 3, 1)

WRITTEN = [
    # text, year, month, day, precision, doubt
    ("31.12.2014", 2014, 12, 31, "day", None),
    ("2014/3/1", 2014, 3, 1, "day", None),
    ("1/2/2014", 2014, 2, 1, "day", None),
    ("31. 12. 2014 г.", 2014, 12, 31, "day", None),
    ("2014-05-01 00:00:00", 2014, 5, 1, "day", None),
    ("2014-05-01T00:00:00Z", 2014, 5, 1, "day", None),
    ("20140131", 2014, 1, 31, "day", None),
    ("3О.12.2О14", 2014, 12, 30, "day", None),  # letters O for zeros
    ("ок. 2015", 2015, None, None, "about", None),
    ("около 2015 г.", 2015, None, None, "about", None),
    ("прим. 2015", 2015, None, None, "about", None),
    ("approx 2015", 2015, None, None, "about", None),
    ("~2015", 2015, None, None, "about", None),
    ("2015?", 2015, None, None, "about", None),
    ("2014-2015", 2014, None, None, "about", None),
    ("taxminan 2015", 2015, None, None, "about", None),
    ("шамамен 2015", 2015, None, None, "about", None),
    ("болжол менен 2015", 2015, None, None, "about", None),
    ("тахминан 2015", 2015, None, None, "about", None),
    ("takmynan 2015", 2015, None, None, "about", None),
    ("حوالي ٢٠١٥", 2015, None, None, "about", None),
    ("2015 y.", 2015, None, None, "year", None),
    ("2015 г.р.", 2015, None, None, "year", None),
    ("2015 жыл", 2015, None, None, "year", None),
    ("٢٠١٤/٣/١٥", 2014, 3, 15, "day", None),
    ("۱۲-۰۵-۲۰۱۴", 2014, 5, 12, "day", None),
    ("12 марта 2014", 2014, 3, 12, "day", None),
    ("12 mart 2014", 2014, 3, 12, "day", None),
    ("2014-yil 12-mart", 2014, 3, 12, "day", None),
    ("2014 жылғы 12 наурыз", 2014, 3, 12, "day", None),
    ("2014-жылдын 12-марты", 2014, 3, 12, "day", None),
    ("12-nji mart 2014", 2014, 3, 12, "day", None),
    ("15 شباط 2014", 2014, 2, 15, "day", None),
    ("3 فبراير 2014", 2014, 2, 3, "day", None),
    ("3 كانون الأول 2014", 2014, 12, 3, "day", None),
    ("March 2014", 2014, 3, None, "month", None),
    ("2014-05", 2014, 5, None, "month", None),
    ("05.2014", 2014, 5, None, "month", None),
    ("??.05.2014", 2014, 5, None, "month", None),
    ("00.00.2014", 2014, None, None, "year", None),
    ("41999", 2014, 12, 26, "day", None),
    ("7 лет", 2019, None, None, "about", None),
    ("7 years", 2019, None, None, "about", None),
    ("٧ سنوات", 2019, None, None, "about", None),
    ("5 oy", 2025, None, None, "about", None),
    ("01.01.2014", 2014, 1, 1, "year", "year_only"),
    ("31.02.2016", 2016, None, None, "year", "impossible"),
    ("45.13.2014", 2014, None, None, "year", "impossible"),
    ("12.05.14", 2014, 5, 12, "day", "two_digits"),
    ("15 г.р.", 2015, None, None, "year", "two_digits"),
    ("12.31.2014", 2014, 12, 31, "day", "ambiguous_order"),
    ("05.05.2041", 2041, 5, 5, "day", "future"),
    ("1435", 2014, None, None, "about", "islamic_year"),
    ("1390", None, None, None, "unknown", "islamic_year"),
    ("01.01.1800", None, None, None, "unknown", "too_old"),
    ("garbage", None, None, None, "unknown", "not_a_date"),
    ("-", None, None, None, "unknown", None),
    ("нет", None, None, None, "unknown", None),
    ("белгісіз", None, None, None, "unknown", None),
    ("", None, None, None, "unknown", None),
]  # fmt: skip


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case[0] or "blank")
def test_a_date_is_read_as_people_write_it(case):
    text, *expected = case
    found = read_date(text, today=TODAY)
    assert [found.year, found.month, found.day, found.precision, found.doubt] == expected
    assert found.written == text


@pytest.mark.parametrize(
    ("number", "is_age", "expected"),
    [(41999.0, False, (2014, 12, 26)), (2014.0, False, (2014, None, None)), (7.0, True, (2019, None, None))],
)
def test_a_number_cell_is_a_serial_day_a_year_or_an_age(number, is_age, expected):
    found = read_date(str(number), today=TODAY, number=number, is_age=is_age)
    assert (found.year, found.month, found.day) == expected


def test_the_order_of_day_and_month_is_that_of_the_column():
    assert order_of(["13.05.2014", "05.06.2014"]) == "day first"
    assert order_of(["05/13/2014", "05/06/2014"]) == "month first"
    assert order_of(["05/13/2014", "13/05/2014"]) == "mixed"
    assert read_date("05/06/2014", today=TODAY, order="month first").month == 5
    assert read_date("05/06/2014", today=TODAY, order="mixed").doubt == "ambiguous_order"


PIECES = st.sampled_from(
    [*"0123456789./- ~?٠١٥۱۲", "ок. ", "2014", "1435", " лет", "марта ", "كانون ", "00", "xx.", "\u200f"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)), st.booleans())
def test_any_text_at_all_has_an_answer_that_keeps_what_was_written(text, is_age):
    found = read_date(text, today=TODAY, is_age=is_age)
    assert found.written == text
    assert (found.year is None) == (found.precision == "unknown")
    if found.precision == "day" and found.year:
        assert date(found.year, found.month, found.day)


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_any_number_at_all_has_an_answer(number, is_age):
    read_date(str(number), today=TODAY, number=number, is_age=is_age)


@given(st.dates(date(1920, 1, 2), TODAY), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d %m %Y"]))
def test_a_day_written_out_is_that_day(day, form):
    found = read_date(f"{day:{form}}", today=TODAY)
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)
