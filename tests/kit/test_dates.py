"""Days are counted as the handbook's vectors say."""

from datetime import date

import pytest

from config.kit.dates import (
    FIRST_DAY,
    LAST_DAY,
    THURSDAY,
    day_in,
    month_end,
    nth_weekday,
    quarter_bounds,
    refuse_day_out_of_range,
    whole_years,
    year_in,
)
from config.kit.months import MonthField, month_text
from tests.make import refusal_of


@pytest.mark.parametrize(
    ("full_since", "years"), [(date(1968, 7, 1), 50), (date(1968, 7, 2), 49), (date(2016, 2, 29), 2)]
)
def test_standing_is_whole_years(full_since, years):
    assert whole_years(full_since, date(2018, 7, 1)) == years


def test_second_thursdays_of_2018():
    days = [nth_weekday(2018, month, THURSDAY, 2).day for month in range(1, 13)]

    assert days == [11, 8, 8, 12, 10, 14, 12, 9, 13, 11, 8, 13]


def test_quarters_and_months_end_where_the_calendar_says():
    assert quarter_bounds(2018, 2) == (date(2018, 4, 1), date(2018, 6, 30))
    assert month_end(date(2016, 2, 3)) == date(2016, 2, 29)


def test_a_month_is_kept_as_its_first_day_and_written_without_it():
    kept = MonthField().to_python(date(2012, 3, 5))

    assert kept == MonthField().to_python("2012-03-05") == date(2012, 3, 1)
    assert month_text(kept) == "2012.03"


@pytest.mark.parametrize("text", ["", "0", "1", "0000", "1899", "2200", "9999", "10000", "-2018", "２０１８", "2018.0"])
def test_a_year_outside_the_range_is_no_year(text):
    assert year_in(text) is None


def test_the_range_of_days_has_two_ends():
    assert (year_in("1900"), year_in("2199")) == (1900, 2199)
    assert (day_in("1900-01-01"), day_in("2199-12-31")) == (FIRST_DAY, LAST_DAY)
    for text in ("1899-12-31", "2200-01-01", "9999-12-31", "2018-02-30", "2018-W01-1", "２０１８-01-01", "20180101"):
        assert day_in(text) is None
    for day in (date(1899, 12, 31), date(9999, 12, 31)):
        assert refusal_of(refuse_day_out_of_range, day) == "odd_year"
