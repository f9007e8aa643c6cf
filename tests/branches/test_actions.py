"""Announced holidays come from the calendar that the program brings, once, and never beyond its years."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from branches.actions import seed_holidays
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
