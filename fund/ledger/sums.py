"""Income, spending and balance of pots over spans of whole months, in yuan, from month totals."""

from fund.ledger.models import Account
from fund.ledger.totals import MonthTotal


def _totals(kind, *, pots, first=None, last=None):
    return MonthTotal.objects.filter(account__kind=kind, account__pot__in=pots).between(first, last)


def income_between(first, last, *, pots):
    """Yuan received from the month of `first` (None: since the start) to the month of `last`, both included."""
    return Account.Kind.INCOME.worth(_totals(Account.Kind.INCOME, pots=pots, first=first, last=last).net())


def spending_between(first, last, *, pots):
    """Yuan spent in a span of whole months."""
    return _totals(Account.Kind.EXPENSE, pots=pots, first=first, last=last).net()


def balance_on(last, *, pots):
    """Yuan in all asset accounts at the end of the month of `last`."""
    return _totals(Account.Kind.ASSET, pots=pots, last=last).net()


def movements(pot, first, last):
    """`{kind: [(code, label, yuan)]}` of the sources and uses of a pot in a span, those without movement left out."""
    by_kind: dict[str, list] = {}
    accounts = {account.pk: account for account in pot.accounts.all()}
    for kind in (Account.Kind.INCOME, Account.Kind.EXPENSE):
        moved = _totals(kind, pots=[pot], first=first, last=last).net_by("account")
        by_kind[kind] = [(accounts[pk].code, str(accounts[pk].label), kind.worth(moved[pk])) for pk in sorted(moved)]
    return by_kind
