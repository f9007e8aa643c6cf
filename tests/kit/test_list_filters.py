"""Selects of one form become one address: pieces put together, empty ones left out, days that exist."""

import pytest
from django.http import QueryDict

from config.kit.lists.filters import LONG_NUMBER, picked_query


def address_of(query, date_hierarchy=None):
    return picked_query(QueryDict(query), date_hierarchy).urlencode()


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("q=&pick=&pick=", ""),
        ("q=%E9%9F%A6&pick=state__exact%3Dpaid&pick=branch__isnull%3DTrue", "q=%E9%9F%A6&state__exact=paid&branch__isnull=True"),
        ("o=-1&p=3&pick=sex__exact%3D1", "o=-1&sex__exact=1"),
        ("pick=pick%3Dpick%253Dx%26a%3D1", "a=1"),
        ("pick=novalue&pick=%00", ""),
    ],
)  # fmt: skip
def test_an_address_holds_what_was_picked_and_nothing_empty(sent, address):
    assert address_of(sent) == address


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("pick=day__year%3D2018&pick=day__month%3D6", "day__year=2018&day__month=6"),
        ("pick=&pick=day__month%3D6&pick=day__day%3D3", ""),
        ("pick=day__year%3D2018&pick=day__month%3D2&pick=day__day%3D30", "day__year=2018&day__month=2"),
        ("pick=day__year%3D2018&pick=day__month%3D&pick=day__day%3D3", "day__year=2018"),
        ("pick=day__year%3Dx&pick=day__day%3Dy", "day__year=x"),
    ],
)
def test_a_month_needs_its_year_and_a_day_its_month(sent, address):
    assert address_of(sent, "day") == address


@pytest.mark.parametrize("text", ["459999194003150014", "1400 0000 001", "０７７０００００００", "(0770)-0000000x"])
def test_numbers_of_cards_and_phones_are_recognised(text):
    assert LONG_NUMBER.search(text)


@pytest.mark.parametrize("text", ["2018-0031", "韦怀德", "2018年10月31日"])
def test_receipts_names_and_days_are_no_such_numbers(text):
    assert not LONG_NUMBER.search(text)
