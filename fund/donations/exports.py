"""The donation register of a year (捐款登记表), in the form that `import_donations` reads back."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.excel import Column
from config.kit.excel_cells import DATE, MONEY, NUMBER
from fund.donations.models import Donation, FundMember
from fund.donations.reading import METHOD_SHORT, PUBLICITY_SHORT, SOURCE_SHORT


def _of_year(pot, year, last):
    span = (date(year, 1, 1), min(last, date(year, 12, 31)))
    return Donation.objects.filter(pot=pot, entry__isnull=False, donated_on__range=span)


def register_rows(pot, year, last):
    """`(number, donation)` of the gifts of a year that were booked and not given back, in the order of days."""
    rows = _of_year(pot, year, last).filter(returned_entry=None).order_by("donated_on", "receipt_no", "pk")
    return enumerate(rows.iterator(chunk_size=2000), 1)


def returned_gifts(pot, year, last):
    """How many gifts of a year were given back."""
    return _of_year(pot, year, last).exclude(returned_entry=None).count()


def register_columns(ref=""):
    """§3.3 of the handbook, 捐款登记表; code words as the office writes them."""

    return [
        Column(_("No."), lambda row: row[0], NUMBER, 6),
        Column(pgettext("donation register", "receipt number"), lambda row: row[1].receipt_no, width=13),
        Column(pgettext("donation register", "given on"), lambda row: row[1].donated_on, DATE, 12),
        Column(pgettext("donation register", "donor"), lambda row: row[1].donor, width=20),
        Column(pgettext("donation register", "source"), lambda row: SOURCE_SHORT[row[1].source], width=11),
        Column(pgettext("donation register", "how it was given"), lambda row: METHOD_SHORT[row[1].method], width=9),
        Column(
            pgettext("donation register", "amount (yuan)"), lambda row: row[1].amount, MONEY, 13, total=True, ref=ref
        ),
        Column(pgettext("donation register", "goods"), lambda row: row[1].goods, width=13),
        Column(pgettext("donation register", "wish of the donor"), lambda row: row[1].purpose, width=13),
        Column(pgettext("donation register", "phone"), lambda row: row[1].phone, width=14),
        Column(
            pgettext("donation register", "name in notices"), lambda row: PUBLICITY_SHORT[row[1].publicity], width=9
        ),
        Column(pgettext("donation register", "received by"), lambda row: row[1].handler, width=10),
        Column(pgettext("donation register", "remark"), lambda row: row[1].remark, width=16),
    ]


def fund_members_on(day, *, pots):
    """Members of the fund on a day (persons)."""
    return FundMember.objects.filter(pot__in=pots, joined_on__lte=day).exclude(left_on__lte=day)
