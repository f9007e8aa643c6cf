"""A form's day columns, and how the values of a model's fields are kept between a preview and its confirmation."""

from datetime import date
from decimal import Decimal

import pytest

from config.kit.sheets.days import as_day
from config.kit.sheets.header import Columns, ReadColumn
from config.kit.sheets.model_fields import from_json, text_lengths, to_json
from config.kit.sheets.records import read_records
from config.kit.sheets.values import as_name
from fund.donations.models import Donation
from tests.kit.workbooks import xlsx


def test_a_day_column_of_any_form_refuses_a_month_alone():
    columns = Columns([
        ReadColumn("name", "name", ("姓名",), as_name, required=True, identifies=True),
        ReadColumn("seen_on", "seen on", ("看望日期",), as_day),
    ])  # fmt: skip
    data = xlsx([["姓名", "看望日期"], ["韦德", "2018-06-28"], ["黄德", "2018-06"]])

    reading = read_records("a.xlsx", data, columns)

    assert [record.values for record in reading.accepted] == [{"name": "韦德", "seen_on": date(2018, 6, 28)}]
    assert [(record.row, reason.key, reason.code) for record in reading.refused for reason in record.reasons] == [
        (3, "seen_on", "day_missing")
    ]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("donated_on", date(2018, 6, 28), "2018-06-28"),
        ("amount", Decimal("100.50"), "100.50"),
        ("remark", "2018-06-28", "2018-06-28"),
        ("donated_on", None, None),
    ],
)
def test_a_value_comes_back_from_json_as_its_field_holds_it(name, value, kept):
    assert to_json(value) == kept
    assert from_json(Donation, name, kept) == value


def test_the_shortest_limit_of_a_text_counts():
    lengths = text_lengths(Donation)

    assert {name: lengths.get(name) for name in ("receipt_no", "donor", "phone")} == {
        "receipt_no": 20,
        "donor": 60,
        "phone": None,
    }
