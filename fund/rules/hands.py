"""Whose hands may do it, at which step, and with which words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_without_reason(reason):
    if not str(reason).strip():
        raise ValidationError(_("Write the reason; it stays in the books."), code="reason_missing")


def refuse_recused(*, is_recused):
    if is_recused:
        raise ValidationError(
            _("You are registered as recused from this person's cases. Let somebody else act."), code="recused"
        )


def refuse_recused_hands(*, count):
    if count:
        raise ValidationError(
            _(
                "Somebody who acted on this case was registered as recused since. Withdraw it and have others hand it in "
                "anew."
            ),
            code="recused_hand",
        )


def refuse_own_case(*, account_name, beneficiary):
    """回避: the register may miss somebody, so the name itself is compared too."""
    own = "".join(account_name.split())
    if own and own == "".join(beneficiary.split()):
        raise ValidationError(
            _("The applicant bears your name; nobody acts on their own case. Let somebody else act."), code="own_case"
        )


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
