"""Amounts in the admin: columns and read-only fields hold Decimal yuan, which pages and files write in their own way."""

from decimal import Decimal

from django.contrib import admin
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import FieldDoesNotExist

from config.kit.money import MoneyField


def money_display(*, description, ordering=None, empty_value=None):
    """`admin.display` for a method that returns Decimal yuan, or None, which `empty_value` puts into words."""

    def decorated(method):
        method.is_money = True
        return admin.display(method, description=description, ordering=ordering, empty_value=empty_value)

    return decorated


def is_money(name, model_admin):
    """Whether a column or read-only field of an admin is a MoneyField or a method under `money_display`."""
    try:
        return isinstance(model_admin.opts.get_field(name), MoneyField)
    except FieldDoesNotExist:
        return getattr(getattr(model_admin, str(name), None), "is_money", False)


def amount_of(name, record, model_admin) -> Decimal | None:
    """The yuan that a money column holds for a record."""
    return lookup_field(name, record, model_admin)[2]
