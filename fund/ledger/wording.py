"""How days, accounts and numbers of people are named in the reader's language."""

from django.utils.formats import date_format
from django.utils.translation import ngettext

from fund.ledger.models import Account


def day(value):
    return date_format(value, "DATE_FORMAT")


def account_label(code):
    return str(dict(Account.Code.choices).get(code, code))


def people(count):
    return ngettext("%(count)s person", "%(count)s persons", count) % {"count": f"{count:,}"}
