"""Sums of the ledger by month: one row an account and month, kept with every entry; their nets are query set methods."""

from django.db import connection, models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from config.kit.dates import month_start
from config.kit.money import MoneyField, from_fen


class MonthTotalQuerySet(models.QuerySet):
    """A net is debit less credit in yuan; `Account.Kind.worth` says what it means to people."""

    def between(self, first=None, last=None):
        """Totals of the months from that of `first` to that of `last`, both included; None leaves an end open."""
        rows = self if first is None else self.filter(month__gte=month_start(first))
        return rows if last is None else rows.filter(month__lte=month_start(last))

    def net(self):
        """The net of all rows; one query."""
        sums = self.order_by().aggregate(debit=Sum("debit"), credit=Sum("credit"))
        return (sums["debit"] or from_fen(0)) - (sums["credit"] or from_fen(0))

    def net_by(self, *fields):
        """`{value: net}` by a field, `{(value, …): net}` by several; one query."""
        rows = self.order_by().values_list(*fields).annotate(Sum("debit"), Sum("credit"))
        return {tuple(key) if len(fields) > 1 else key[0]: debit - credit for *key, debit, credit in rows}

    def net_before(self, pot, day, accounts=None):
        """The net of accounts of a pot (of its assets) before a day: months, then entries of that month; three queries."""
        start, accounts = month_start(day), pot.assets() if accounts is None else accounts
        entries = pot.entries.filter(booked_on__gte=start, booked_on__lt=day).order_by()
        debit = entries.filter(debit__in=accounts).aggregate(sum=Sum("amount"))["sum"] or from_fen(0)
        credit = entries.filter(credit__in=accounts).aggregate(sum=Sum("amount"))["sum"] or from_fen(0)
        return self.filter(account__in=accounts, month__lt=start).net() + debit - credit

    def add(self, cursor, *, debit, credit, month, fen, movements, persons):
        """Add a movement of so many fen to the month of both accounts; the caller holds the pot.

        One statement for both rows, new or not: the ORM would need four, on the path of every booking.
        """
        day = connection.ops.adapt_datefield_value(month)
        cursor.execute(
            "INSERT INTO fund_monthtotal (account_id, month, debit, credit, movements, persons)"
            " VALUES (%s, %s, %s, 0, %s, %s), (%s, %s, 0, %s, %s, %s)"
            " ON CONFLICT (account_id, month) DO UPDATE SET debit = fund_monthtotal.debit + excluded.debit,"
            " credit = fund_monthtotal.credit + excluded.credit,"
            " movements = fund_monthtotal.movements + excluded.movements,"
            " persons = fund_monthtotal.persons + excluded.persons",
            [debit.pk, day, fen, movements, persons, credit.pk, day, fen, movements, persons],
        )


class MonthTotal(models.Model):
    """What moved in an account in a month: derived from the entries in the same transaction, recomputed by `verify`.

    A reversal takes away the movement and the people of the entry it reverses.
    """

    account = models.ForeignKey("fund.Account", models.PROTECT, related_name="month_totals", db_index=False)
    month = models.DateField()
    debit = MoneyField(default=0)
    credit = MoneyField(default=0)
    movements = models.IntegerField(default=0)
    persons = models.IntegerField(default=0)

    objects = MonthTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("month total")
        verbose_name_plural = _("month totals")
        ordering = ["account_id", "month"]
        constraints = [
            models.UniqueConstraint("account", "month", name="month_total_once"),
            models.CheckConstraint(name="month_total_not_negative", condition=Q(debit__gte=0, credit__gte=0)),
        ]

    def __str__(self):
        return f"{self.account_id} {self.month:%Y-%m}"
