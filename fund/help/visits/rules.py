"""Why a condolence round is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_listed_twice(names):
    """Nobody is visited twice in one round; two people of one name are told apart by branch or unit."""
    if names:
        raise ValidationError(
            _(
                "On this list more than once: %(names)s. Take out the line that is too much; if they are two people, write "
                "the branch or unit of each."
            ),
            code="listed_twice",
            params={"names": "、".join(names)},
        )


def refuse_missing_signatures(*, count):
    if count:
        raise ValidationError(
            _("%(count)s people have not signed yet. Record each signature, or why the money was not handed over."),
            code="unsigned",
            params={"count": count},
        )
