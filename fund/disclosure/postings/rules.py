"""Why the record of a notice on the wall is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_other_pots_statement(*, pot_id, statement_pot_id):
    if pot_id != statement_pot_id:
        raise ValidationError(_("This statement belongs to another pot."), code="wrong_pot")


def refuse_posted_before_publication(*, posted_on, published_on):
    if published_on is None or posted_on < published_on:
        raise ValidationError(_("It was not published yet on that day."), code="too_early")
