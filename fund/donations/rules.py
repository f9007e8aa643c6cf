"""Why a gift, its count or its return is refused; who may not count it stands in `transitions.py`."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_booked_donation(*, is_booked):
    if is_booked:
        raise ValidationError(_("This donation is booked already."), code="already_booked")


def refuse_named_without_consent(*, is_named, consent):
    """个人信息保护法 art. 25: no publication of a name without a consent of its own."""
    if is_named and not consent:
        raise ValidationError(
            _("For the full name in notices, say how the donor agreed; otherwise choose part of the name."),
            code="consent_missing",
        )


def refuse_goods_without_words(*, is_goods, goods):
    if is_goods and not goods.strip():
        raise ValidationError(_("Write what was given, for instance 10 bags of rice."), code="goods_missing")


def refuse_pot_without_gifts(*, takes_gifts):
    if not takes_gifts:
        raise ValidationError(_("This pot takes no donations. Choose a mutual-aid fund."), code="wrong_pot")


def refuse_settled_donation(*, is_refused):
    if is_refused:
        raise ValidationError(_("This gift was refused; nothing is booked for it."), code="refused")


def refuse_unreturnable(*, is_booked, is_returned):
    if not is_booked:
        raise ValidationError(_("This donation is not booked yet; correct or delete it instead."), code="not_booked")
    if is_returned:
        raise ValidationError(_("This donation has been returned already."), code="already_returned")
