"""Announced holidays come in once and never beyond their years; spans of days are counted as the handbook's vectors say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from branches.calendar import WorkingCalendar, notice_days, seed_holidays
from branches.models import Holiday

pytestmark = pytest.mark.django_db


def test_days_off_and_exchange_days_of_a_year_are_put_in_once():
    assert seed_holidays([2018]) == seed_holidays([2018]) + Holiday.objects.count()

    assert Holiday.objects.get(day=date(2018, 10, 1)).name == "国庆节"
    assert Holiday.objects.get(day=date(2018, 9, 29)).is_makeup


def test_a_day_the_office_entered_stays_as_it_is():
    Holiday.objects.create(day=date(2018, 10, 1), name="自己写的")

    seed_holidays([2018])

    assert Holiday.objects.get(day=date(2018, 10, 1)).name == "自己写的"


def test_a_year_that_is_not_announced_is_refused_and_nothing_is_stored():
    with pytest.raises(ValidationError) as refusal:
        seed_holidays([2018, 2099])

    assert refusal.value.code == "not_announced"
    assert not Holiday.objects.exists()
    with pytest.raises(CommandError, match="2099"):
        call_command("seed_holidays", 2099)


def test_the_command_says_how_many(capsys):
    call_command("seed_holidays", 2018)

    assert str(Holiday.objects.count()) in capsys.readouterr().out


def test_seven_working_days_from_the_day_of_posting():
    days = WorkingCalendar().days_from(date(2018, 7, 10), 7)

    assert (days[0], days[-1]) == (date(2018, 7, 10), date(2018, 7, 18))


def test_working_days_skip_holidays_and_take_exchange_days():
    seed_holidays([2018])

    assert notice_days(date(2018, 9, 28), 4) == (date(2018, 9, 28), date(2018, 10, 8))
    calendar = WorkingCalendar.read(date(2018, 9, 28), date(2018, 10, 8))
    days = [(day.month, day.day) for day in calendar.days_from(date(2018, 9, 28), 4)]
    assert days == [(9, 28), (9, 29), (9, 30), (10, 8)]


def test_working_days_between_two_days_count_both_and_swap_with_weekends_worked_in_exchange():
    tuesday, next_wednesday = date(2018, 7, 10), date(2018, 7, 18)

    assert WorkingCalendar().days_between(tuesday, next_wednesday) == 7
    assert WorkingCalendar(holidays={date(2018, 7, 12)}).days_between(tuesday, next_wednesday) == 6
    assert WorkingCalendar(makeup_days={date(2018, 7, 14)}).days_between(tuesday, next_wednesday) == 8
    assert WorkingCalendar().days_between(tuesday, tuesday) == 1
    assert WorkingCalendar().days_between(next_wednesday, tuesday) == 0
