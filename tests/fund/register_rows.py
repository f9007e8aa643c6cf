"""Rows of a donation register, and what was read of them."""

from fund.donations.reading import read_donations
from tests.kit.workbooks import xlsx

HEADER = ["收据号", "捐款日期", "捐款人(单位)", "类别", "捐款方式", "金额(元)", "公开意愿", "经手人", "备注"]


def gift(number=1, **cells):
    row = {
        "receipt": f"2018-{number:04}",
        "day": "2018-06-28",
        "donor": "韦怀德",
        "source": "党员捐款",
        "method": "现金",
        "amount": 100,
        "publicity": "实名",
        "handler": "潘某",
        "remark": None,
    }
    return list((row | cells).values())


def read(*rows, header=HEADER, **shape):
    return read_donations("捐款.xlsx", xlsx([header, *rows], **shape), refuse_day=lambda day: None)
