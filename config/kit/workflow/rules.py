"""What every way of a record through its states refuses."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_wrong_step(*, fits):
    """A transition fits one step; a record that somebody else moved on in the meantime is left alone."""
    if not fits:
        raise ValidationError(_("This record is at another step by now. Open it again and look."), code="wrong_step")


def refuse_excluded_actor(*, acting, excluded, words):
    """Nobody does two things that are different people's work, whatever rights the account has. Arguments are user keys."""
    if acting in excluded:
        raise ValidationError(words, code="excluded_actor")
