"""Why a statement is refused; facts come in as arguments."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.money import yuan


def refuse_period(*, period_from, period_to, opened_on, last_closed, today):
    """Periods follow one another without a gap or an overlap, and a period is over before it is accounted for."""
    if period_to < period_from:
        raise ValidationError(_("The period ends before it begins."), code="period_order")
    if period_to >= today:
        raise ValidationError(
            _("The period ends on %(to)s and is not over yet."), code="not_over", params={"to": period_to.isoformat()}
        )
    if last_closed is None:
        if period_from > opened_on:
            raise ValidationError(
                _("The first statement begins on the opening day %(opened)s."),
                code="gap",
                params={"opened": opened_on.isoformat()},
            )
        return
    expected = last_closed + timedelta(days=1)
    if period_from != expected:
        raise ValidationError(
            _("The last statement ends on %(last)s, so this one begins on %(expected)s."),
            code="gap" if period_from > expected else "overlap",
            params={"last": last_closed.isoformat(), "expected": expected.isoformat()},
        )


def refuse_unbalanced(*, opening, last_closing, income, expense, closing):
    """期初＝上期期末 and 期初＋收入－支出＝期末, in yuan; otherwise nothing is drafted or published."""
    if opening != last_closing:
        raise ValidationError(
            _("The opening balance %(opening)s is not the last closing balance %(last)s. Have the books verified."),
            code="opening",
            params={"opening": yuan(opening), "last": yuan(last_closing)},
        )
    if opening + income - expense != closing:
        raise ValidationError(
            _("%(opening)s + %(income)s − %(expense)s is not %(closing)s. Have the books verified."),
            code="unbalanced",
            params={
                "opening": yuan(opening),
                "income": yuan(income),
                "expense": yuan(expense),
                "closing": yuan(closing),
            },
        )


def refuse_changed_ledger(*, same):
    if not same:
        raise ValidationError(
            _("The ledger has changed since the draft was made. Return the statement and have it drafted again."),
            code="ledger_changed",
        )


def refuse_second_draft(*, in_hand):
    if in_hand:
        raise ValidationError(
            _("Another statement of this pot is on its way. Publish or return it first."), code="already_drafted"
        )


def refuse_returned(*, is_open):
    if not is_open:
        raise ValidationError(_("Only a statement on its way can be returned."), code="wrong_step")


def refuse_correction(*, same_pot, is_published, is_corrected, same_period):
    """A correction answers one published statement of the same pot and period, once; a second one corrects the first."""
    if not (same_pot and is_published and same_period):
        raise ValidationError(
            _("A correction answers a published statement of the same pot and period."), code="correction"
        )
    if is_corrected:
        raise ValidationError(
            _("This statement is corrected already; correct the newer one."), code="already_corrected"
        )


def refuse_published_before(*, day, period_to):
    if day <= period_to:
        raise ValidationError(_("A statement is published after its period."), code="not_over")
