"""The text of a refusal: the sentences of a ValidationError, or of a constraint that the database refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def sentences(error):
    """The sentences of a ValidationError, each once, in order."""
    return list(dict.fromkeys(str(message) for message in error.messages))


def sentence_of_database(error, models):
    """What an IntegrityError means: the sentence of the constraint it names, if one of the models has it."""
    for model in models:
        for constraint in model._meta.constraints:
            if constraint.name in str(error) and constraint.violation_error_message:
                return str(constraint.get_violation_error_message())
    return _("A record like this stands already, or was changed at the same moment. Open the list and look.")


def refuse_by_field(checks):
    """Call `(field, rule)` pairs; ValidationError with what each field's rule refuses, its first refusal where it has more."""
    errors: dict = {}
    for field, rule in checks:
        try:
            rule()
        except ValidationError as refusal:
            errors.setdefault(field, refusal)
    if errors:
        raise ValidationError(errors)
