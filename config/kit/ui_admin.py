"""Template tags on Django's own admin markup, which is made in Python and reaches the templates ready."""

from dataclasses import dataclass

from django import forms, template
from django.contrib.admin.utils import flatten, lookup_field
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext

from config.kit.lists import columns, filters, totals
from config.kit.money import ZERO, yuan
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
    if contents == f"{None}" and _gives_nothing(name, instance, field.model_admin):
        return field.model_admin.get_empty_value_display()
    amount = amount_of(name, instance, field.model_admin) if is_money(name, field.model_admin) else None
    return contents if amount is None else yuan(amount)


def _gives_nothing(name, instance, model_admin):
    """Whether a method that stands for a field gives None, which the admin writes as a word."""
    field, _attribute, value = lookup_field(name, instance, model_admin)
    return field is None and value is None


# So many fields of a block that hold nothing are named in one line; fewer keep a row each.
FOLDED_FROM = 3


@dataclass(frozen=True)
class ReadRows:
    """What a block of a record shows to a reader: `(name, label, contents)` a row, and the labels of what holds nothing."""

    filled: tuple
    empty: tuple


@register.simple_tag
def read_rows(fieldset):
    """The rows of a block that is only read."""
    rows = [(field.field["name"], field.field["label"], shown(field)) for line in fieldset for field in line]
    nothing = {"", str(fieldset.model_admin.get_empty_value_display()), gettext("not recorded")}
    empty = [row for row in rows if strip_tags(row[2]).strip() in nothing]
    if len(empty) < FOLDED_FROM:
        return ReadRows(tuple(rows), ())
    return ReadRows(
        tuple(row for row in rows if row not in empty), tuple(capfirst(str(label)) for _name, label, _contents in empty)
    )


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


@register.simple_tag
def line_sums(formset):
    """`(name, label, sum)` of each column of an inline whose `summed` names a money field it shows; nothing for others."""
    columns, summed = list(formset.fields()), getattr(formset.opts, "summed", "")
    if summed not in [column["name"] for column in columns]:
        return ()
    rows = [form.instance for form in formset.formset.initial_forms if formset.opts.is_summed(form.instance)]
    total = yuan(sum((getattr(row, summed) for row in rows), ZERO))
    return [(column["name"], column["label"], total if column["name"] == summed else "") for column in columns]


@register.filter
def needs_width(field):
    """Whether a field of an admin form takes a whole line: long texts and choices of many."""
    if field.is_readonly:
        return False
    widget = field.field.field.widget
    widget = getattr(widget, "widget", widget)
    return isinstance(widget, forms.Textarea | forms.SelectMultiple | forms.CheckboxSelectMultiple | forms.MultiWidget)


@register.filter
def has_errors(fieldset):
    """Whether a field of a block of an admin form is wrong, so that the block must be seen."""
    return any(name in fieldset.form.errors for name in flatten(fieldset.fields))


@dataclass(frozen=True)
class ErrorLine:
    """One thing that is wrong: the sentence, and the field to go to where it belongs to one."""

    sentence: str
    label: str = ""
    anchor: str = ""


@register.simple_tag
def error_lines(adminform, formsets):
    """What is wrong in an admin form and its lines, in the order of the page."""
    lines = [*_errors_of(adminform.form)]
    for formset in formsets:
        lines += [ErrorLine(sentence) for sentence in formset.formset.non_form_errors()]
        for number, form in enumerate(formset.formset.forms, 1):
            lines += _errors_of(
                form,
                prefix=gettext("%(lines)s, row %(number)s: ")
                % {
                    "lines": capfirst(formset.opts.verbose_name_plural),
                    "number": number,
                },
            )
    return lines


@register.simple_tag
def formset_errors(formset):
    """What is wrong in the lines of a page that has no other fields, row by row."""
    return [
        line
        for number, form in enumerate(formset.forms, 1)
        for line in _errors_of(form, prefix=gettext("Row %(number)s: ") % {"number": number})
    ]


def _errors_of(form, prefix=""):
    for name, errors in form.errors.items():
        for sentence in errors:
            if name in form.fields:
                bound = form[name]
                yield ErrorLine(sentence, f"{prefix}{capfirst(str(bound.label))}", bound.id_for_label)
            else:
                yield ErrorLine(f"{prefix}{sentence}")
