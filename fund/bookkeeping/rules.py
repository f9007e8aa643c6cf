"""Why a count of the cash box, or the matching of a bank's line, is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.money import yuan


def refuse_counted_below_zero(*, amount):
    if amount < 0:
        raise ValidationError(_("A cash box cannot hold less than nothing. Check the amount."), code="negative")


def refuse_unexplained_difference(*, difference, reason):
    """长款、短款: cash that differs from the books is written down with its reason at once."""
    if difference and not reason.strip():
        raise ValidationError(
            _("The box and the books differ by %(difference)s yuan. Count again, or write why they differ."),
            code="difference",
            params={"difference": yuan(abs(difference))},
        )


def refuse_unlike_line(*, same):
    if not same:
        raise ValidationError(
            _("This entry moved another amount, or the other way. Choose one that fits the line."), code="unlike"
        )


def refuse_covered_days(*, covered):
    """Every day of the bank is in one list; `covered` is the list that has some of these days already."""
    if covered is not None:
        raise ValidationError(
            _("The list of %(covered)s holds some of these days already. Export the days after it and upload those."),
            code="covered",
            params={"covered": covered},
        )


def refuse_foreign_account(*, pot_id, account_pot_id, is_asset):
    """A budget is planned for a source or a use of its own pot."""
    if account_pot_id != pot_id or is_asset:
        raise ValidationError(_("Choose a source or a use of this pot."), code="wrong_pot")


def refuse_second_plan(*, is_planned):
    if is_planned:
        raise ValidationError(_("This is planned for the year already; change that line."), code="unique")
