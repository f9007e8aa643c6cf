"""Template tags on Django's own admin markup, which is made in Python and reaches the templates ready."""

from django import forms, template
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist

from config.kit.lists import columns, filters, totals
from config.kit.money import yuan
from config.kit.money_columns import amount_of, is_money
from config.kit.ui import called

register = template.Library()

register.filter(columns.without_icons)


def _is_account(opts, name):
    try:
        return getattr(opts.get_field(name), "related_model", None) is get_user_model()
    except FieldDoesNotExist:
        return False


@register.filter
def shown(field):
    """What a read-only field of an admin form holds; the admin itself writes money as a bare number, people as accounts."""
    name, instance = field.field["field"], field.form.instance
    if isinstance(name, str) and _is_account(field.model_admin.opts, name):
        # A person's name, and no way to the account: few may see accounts.
        user = getattr(instance, name)
        return called(user) if user else "—"
    contents = columns.without_icons(field.contents())
    amount = amount_of(name, instance, field.model_admin) if is_money(name, field.model_admin) else None
    return contents if amount is None else yuan(amount)


@register.simple_tag
def list_table(cl, headers, results):
    """The table of an admin list: see `config.kit.lists.columns`."""
    return columns.list_table(cl, headers, results)


@register.simple_tag
def list_controls(cl):
    """The selects over an admin list: see `config.kit.lists.filters`."""
    return filters.controls_of(cl)


@register.simple_tag
def list_count(cl):
    """How many rows a list has, with their measure word."""
    return totals.counted(cl.model_admin.list_counted, cl.result_count)


@register.simple_tag
def list_sums(cl):
    """The sums of all rows of a list as a sentence; "" for a list without sums."""
    return cl.model_admin.sums_in_words(cl)


@register.filter
def needs_width(field):
    """Whether a field of an admin form takes a whole line: long texts and choices of many."""
    if field.is_readonly:
        return False
    widget = field.field.field.widget
    widget = getattr(widget, "widget", widget)
    return isinstance(widget, forms.Textarea | forms.SelectMultiple | forms.CheckboxSelectMultiple | forms.MultiWidget)
