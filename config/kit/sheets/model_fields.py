"""What the fields of a model say of a form's values: how long a text may be, and how a value is kept as JSON."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _

from config.kit.money import MoneyField


def text_lengths(model):
    """`{field: most characters}` of the fields that limit them; encrypted fields do not."""
    limits = {
        field.name: [each.limit_value for each in field.validators if isinstance(each, MaxLengthValidator)]
        for field in model._meta.fields
    }
    return {name: min(found) for name, found in limits.items() if found}


def refuse_long_texts(record, lengths):
    """Refuse each text of a record that is longer than `{key: most characters}` allows; code `too_long`."""
    for key, longest in lengths.items():
        if len(record.values.get(key, "")) > longest:
            sentence = _("the text has %(length)s characters; %(longest)s fit. Shorten it.") % {
                "length": len(record.values[key]),
                "longest": longest,
            }
            record.refuse(key, ValidationError(sentence, code="too_long"))


def to_json(value):
    """A date as ISO text, a Decimal as text, anything else unchanged."""
    return str(value) if isinstance(value, date | Decimal) else value


def from_json(model, name, value):
    """The value of a model's field of which `to_json` made `value`."""
    field = model._meta.get_field(name)
    return field.to_python(value) if isinstance(field, models.DateField | MoneyField) else value
