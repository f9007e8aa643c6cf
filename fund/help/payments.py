"""How help is paid: what an account can still pay, the entry of a payment, and the list that three people carry."""

from django.db import transaction
from django.db.models import Sum

from config.kit import clock
from config.kit.money import ZERO
from fund.help.records import PROMISED
from fund.help.rules import refuse_unpayable
from fund.ledger.actions import least_balance_from, lock_and_refresh, post
from fund.ledger.models import ASSET_OF, Account
from fund.ledger.rules import refuse_earlier, refuse_future_day, refuse_long, refuse_without_reason


def refuse_unpayable_record(record, *, amount):
    """Whether the account that a record will be paid from holds an amount (yuan) beside what is approved and not yet
    paid from it; code `overdraft`."""
    account = record.pot.account(Account.Kind.ASSET, ASSET_OF[record.method])
    refuse_unpayable(
        amount=amount,
        balance=least_balance_from(account, clock.today()),
        promised=promised_from(account, but=record),
        account=account.label,
    )


def promised_from(account, *, but):
    """Yuan that are approved to leave an account and have not left it, without a record's own; a query a kind of help."""
    methods = [method for method, code in ASSET_OF.items() if code == account.code]
    total = ZERO
    for model, (path, conditions) in PROMISED.items():
        records = model.objects.filter(pot=account.pot_id, method__in=methods, **conditions)
        if isinstance(but, model):
            records = records.exclude(pk=but.pk)
        total += records.aggregate(sum=Sum(path))["sum"] or ZERO
    return total


def book_payment(record, *, by, on, amount, use, persons, summary, key):
    """The entry of a payment: out of the cash box, the bank or the goods in stock, as the record says it is paid."""
    return post(
        pot=record.pot,
        debit=record.pot.use(use),
        credit=record.pot.account(Account.Kind.ASSET, ASSET_OF[record.method]),
        amount=amount,
        booked_on=on,
        summary=summary,
        by=by,
        key=key,
        persons=persons,
    )


def pay_list(workflow, record, *, by, on, **payment):
    """Pay a list in its own table's order: the entry and the state change together or not at all."""
    row = workflow.begin(record, "pay", by=by)
    entry = book_payment(record, by=by, on=on, **payment)
    return row.move(record, by=by, paid_by=by, paid_on=on, entry=entry)


@transaction.atomic
def reject_list(workflow, record, *, by, reason):
    """Reject a proposed list; the reason is kept."""
    lock_and_refresh(record)
    refuse_without_reason(reason)
    refuse_long(reason, most=record._meta.get_field("rejection").max_length)
    return workflow.begin(record, "reject", by=by).move(record, by=by, approved_by=by, rejection=reason)


def day_signed(day, *, paid_on):
    refuse_future_day(day=day, today=clock.today())
    refuse_earlier(day=day, earlier=paid_on)
    return day


def sign_list(record, row, *, by, on):
    day = day_signed(on or clock.today(), paid_on=record.paid_on)
    record._history_user = by
    record.state, record.signed_on = row.target, day
    record.save(update_fields=["state", "signed_on"])
    return record
