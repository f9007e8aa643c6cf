"""Why a sign-up, or a step of it, is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_closed(*, is_open):
    if not is_open:
        raise ValidationError(
            _("Sign-up for this event is not open. Ring the community if you want to come."), code="not_open"
        )


def refuse_twice(*, is_known):
    """One name and phone stands once on the list of an event."""
    if is_known:
        raise ValidationError(
            _(
                "This name with this phone is on the list already; nothing more is needed. To change how many come, ring the community."
            ),
            code="twice",
        )


def refuse_too_many(*, persons, capacity):
    if capacity is not None and persons > capacity:
        raise ValidationError(
            _("There are %(capacity)s places in all. Sign up for fewer, or ring the community."),
            code="too_many",
            params={"capacity": capacity},
        )


def refuse_minor_alone(*, is_minor, guardian, phone, note):
    """Who is under 18 comes with the word of a guardian, who can be rung."""
    if is_minor and not (guardian and phone and note):
        raise ValidationError(
            _("For somebody under 18, write the guardian's name, phone and a note that they agree."),
            code="guardian_missing",
        )
