"""What the ledger refuses: amounts, accounts, days, balances, reversals; and counts that are held against them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.money import to_fen, yuan


def refuse_unless_positive(amount):
    """The amount in fen; a fraction of a fen and anything not above zero are refused."""
    fen = to_fen(amount)
    if fen <= 0:
        raise ValidationError(_("Enter an amount above zero."), code="not_positive")
    return fen


def refuse_wrong_pot(*, pot_id, account_pot_ids):
    """Money of one pot never moves in another (专款专用)."""
    if any(other != pot_id for other in account_pot_ids):
        raise ValidationError(
            _("This account belongs to another pot; money is never moved between pots. Choose an account of this pot."),
            code="wrong_pot",
        )


def refuse_odd_accounts(*, debit, credit):
    """Money comes from a source into the cash box or bank, leaves it for a use, or moves between the two."""
    if debit.pk == credit.pk:
        raise ValidationError(_("Money moves between two different accounts."), code="same_account")
    if not (debit.is_asset or credit.is_asset):
        raise ValidationError(
            _("One side of a movement is the cash box, the bank or the goods in stock."), code="wrong_accounts"
        )


def refuse_day_before_opening(*, day, opened_on):
    if day < opened_on:
        raise ValidationError(
            _("The pot was opened on %(opened)s; %(day)s lies before. Check the day."),
            code="before_opening",
            params={"opened": opened_on.isoformat(), "day": day.isoformat()},
        )


def refuse_day_outside(*, booked_on, opened_on, closed_until, today, happened_on=None):
    """Booked from the opening day to today, and after the last period a published statement covers."""
    refuse_day_before_opening(day=booked_on, opened_on=opened_on)
    if booked_on > today:
        raise ValidationError(
            _("The day %(day)s lies in the future. Book the movement on the day it happens."),
            code="in_future",
            params={"day": booked_on.isoformat()},
        )
    if closed_until and booked_on <= closed_until:
        raise ValidationError(
            _("The account up to %(closed)s is published and closed. Give a day from %(first)s on."),
            code="closed_period",
            params={
                "closed": closed_until.isoformat(),
                "first": (closed_until + timedelta(days=1)).isoformat(),
            },
        )
    if happened_on and happened_on > booked_on:
        raise ValidationError(_("It cannot have happened after the day it is booked on."), code="happened_later")


def refuse_future_day(*, day, today):
    if day > today:
        raise ValidationError(_("This day lies in the future. Check the day."), code="in_future")


def refuse_overdraft(*, amount, balance):
    """`balance` is the least the account holds from the day of the payment on, in yuan."""
    if amount > balance:
        raise ValidationError(
            _(
                "The account holds %(balance)s yuan; %(amount)s yuan cannot be paid. Lower the amount, or record the income first."
            ),
            code="overdraft",
            params={"balance": yuan(balance), "amount": yuan(amount)},
        )


def refuse_long_text(*, summary, key):
    """What the columns hold; a longer text would be refused by one database and cut by none."""
    if len(summary) > 120 or len(key or "") > 100:
        raise ValidationError(_("The summary has 120 characters at most. Shorten it."), code="too_long")


def refuse_long(text, *, most):
    """What a column of the books cannot hold whole; nothing that is kept is ever cut."""
    if len(text) > most:
        raise ValidationError(
            _("The text has %(count)s characters; %(most)s fit. Shorten it by %(over)s, so that nothing is cut off."),
            code="too_long",
            params={"count": len(text), "most": most, "over": len(text) - most},
        )


def refuse_other_content(*, same):
    """A repeated key stands for the same movement, or for a mistake."""
    if not same:
        raise ValidationError(
            _("Another movement was booked under the same key. Nothing was booked again; check which one is right."),
            code="key_reused",
        )


def refuse_second_reversal(*, is_reversed, is_reversal):
    if is_reversed:
        raise ValidationError(_("This entry has been reversed already."), code="already_reversed")
    if is_reversal:
        raise ValidationError(
            _("A reversal is not reversed again. Book the movement anew if it was right."), code="is_reversal"
        )


def refuse_long_list(*, count, at_most):
    """A list of the bank is read line by line by a person; a longer one comes in parts."""
    if count > at_most:
        raise ValidationError(
            _("The list holds %(count)s lines; at most %(at_most)s are read at once. Export it month by month."),
            code="long_list",
            params={"count": count, "at_most": at_most},
        )


def refuse_without_reason(reason):
    if not str(reason).strip():
        raise ValidationError(_("Write the reason; it stays in the books."), code="reason_missing")


def refuse_empty_list(count):
    if not count:
        raise ValidationError(_("The list is empty. Add at least one person."), code="empty_list")


def refuse_earlier(*, day, earlier):
    """Steps of one record follow one another in time."""
    if earlier and day < earlier:
        raise ValidationError(
            _("The step before was on %(earlier)s; %(day)s lies before it. Check the day."),
            code="too_early",
            params={"earlier": earlier.isoformat(), "day": day.isoformat()},
        )


def refuse_wrong_count(*, counted, registered):
    """What was counted is what was registered, to the fen; the second count is blind, so no figure is told."""
    if counted != registered:
        raise ValidationError(
            _(
                "What you counted differs from what is registered; nothing was booked. Count again. If you find the same "
                "once more, let whoever registered it look at the register."
            ),
            code="count_differs",
        )
