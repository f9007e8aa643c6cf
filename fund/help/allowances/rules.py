"""Why a month's list is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_month_before_rule(*, month, starts_on):
    if month < starts_on:
        raise ValidationError(
            _("The rule begins in %(first)s; there is no allowance before."),
            code="before_rule",
            params={"first": f"{starts_on:%Y-%m}"},
        )


def refuse_month_twice(*, is_made, month):
    if is_made:
        raise ValidationError(
            _("There is a list for %(month)s already. Open it in the list of runs."),
            code="month_twice",
            params={"month": f"{month:%Y-%m}"},
        )


def refuse_nothing_missing(*, count):
    if not count:
        raise ValidationError(_("Every month that is due has its list."), code="nothing_missing")
