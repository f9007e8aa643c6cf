"""The donation register of a year (捐款登记表), in the form that `import_donations` reads back."""

from datetime import date

from django.db.models import DateField
from django.utils.translation import gettext as _

from config.kit.excel import Column
from config.kit.excel_cells import DATE, MONEY, NUMBER, TEXT
from config.kit.money import MoneyField
from fund.donations.models import Donation, FundMember
from fund.donations.reading import COLUMNS, SHORT

# The fields of a gift in the order of the register, and the width of their columns (characters).
REGISTER = {"receipt_no": 13, "donated_on": 12, "donor": 20, "source": 11, "method": 9, "amount": 13, "goods": 13, "purpose": 13, "phone": 14, "publicity": 9, "handler": 10, "remark": 16}  # fmt: skip


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
        *(_column(key, width, ref) for key, width in REGISTER.items()),
    ]


def _column(key, width, ref):
    """The column that holds a field of a gift, under the label that it is read by."""
    label, field, words = str(COLUMNS.by_key[key].label), Donation._meta.get_field(key), SHORT.get(key, {})

    def value(row):
        held = getattr(row[1], key)
        return words.get(held, held)

    if isinstance(field, MoneyField):
        return Column(label, value, MONEY, width, total=True, ref=ref)
    return Column(label, value, DATE if isinstance(field, DateField) else TEXT, width)


def fund_members_on(day, *, pots):
    """Members of the fund on a day (persons)."""
    return FundMember.objects.filter(pot__in=pots, joined_on__lte=day).exclude(left_on__lte=day)
