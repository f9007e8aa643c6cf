"""Why any help from the fund is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.money import ZERO, yuan


def refuse_other_kind_of_pot(*, fits):
    """专款专用: help is paid from a mutual-aid fund, an allowance from the pot for allowances."""
    if not fits:
        raise ValidationError(
            _("This pot holds money for another purpose; nothing of this kind is paid from it. Choose another pot."),
            code="wrong_pot",
        )


def refuse_branch_of_other_fund(*, serves):
    """A branch asks the fund of its own community or street, or that of the communities under its street."""
    if not serves:
        raise ValidationError(
            _("This fund is not there for that branch. Choose the fund of the branch's own community or street."),
            code="other_fund",
        )


def refuse_unpayable(*, amount, balance, account, promised=ZERO):
    """What is approved can be paid: the account it will leave holds it beside what was promised before (in yuan)."""
    if promised and balance >= amount > balance - promised:
        raise ValidationError(
            _(
                "%(account)s of this pot holds %(balance)s yuan, of which %(promised)s yuan are approved and not paid yet, so "
                "%(amount)s yuan could not be paid. Approve less, or record the income or move the money there first."
            ),
            code="overdraft",
            params={
                "account": account,
                "balance": yuan(balance),
                "promised": yuan(promised),
                "amount": yuan(amount),
            },
        )
    if amount > balance:
        raise ValidationError(
            _(
                "%(account)s of this pot holds %(balance)s yuan, so %(amount)s yuan could not be paid. Approve less, or "
                "record the income or move the money there first."
            ),
            code="overdraft",
            params={"account": account, "balance": yuan(balance), "amount": yuan(amount)},
        )


def refuse_unsigned(*, is_signed):
    if not is_signed:
        raise ValidationError(
            _("Enter who signed for the money, or why or how else it was handed over."), code="not_signed"
        )
