"""How a stored value reads: the label of a choice, yes or no, a date as people write it, names of records; never a code."""

from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import BinaryField, BooleanField, ManyToManyField, Model
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.money import MoneyField, yuan
from config.kit.months import MonthField
from config.kit.person.names import called

MASK = "****"


def words_of(field, value):
    """The words for a value of a model field; "" for nothing, a mask for what only some may read."""
    if isinstance(field, EncryptedTextField):
        return MASK if value else ""
    if value is None or value == "":
        return ""
    if isinstance(field, ManyToManyField):
        return pgettext("between names", ", ").join(map(_name_of, value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, BinaryField):
        return MASK
    if isinstance(field, MoneyField) and isinstance(value, (int, Decimal)):
        return yuan(value)
    if isinstance(field, MonthField) and isinstance(value, date):
        return date_format(value, "YEAR_MONTH_FORMAT")
    return _plain(field, value)


def _plain(field, value):
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return time_format(value, "TIME_FORMAT")
    if field.remote_field and not isinstance(value, Model):
        value = field.remote_field.model._base_manager.filter(pk=value).first() or _("a record that was deleted")
    return _name_of(value)


def _name_of(value):
    # Only a user has one of these; the model itself may be another.
    return called(value) if hasattr(value, "get_username") else str(value)


def time_words(moment):
    """A moment of today as its time, of another day with its date."""
    here = timezone.localtime(moment)
    return time_format(here, "H:i") if here.date() == clock.today() else date_format(here, "DATETIME_FORMAT")
