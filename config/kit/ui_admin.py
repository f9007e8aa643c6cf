"""Template tags on Django's own admin markup, which is made in Python and reaches the templates ready."""

import re

from django import forms, template
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from config.kit import money
from config.kit.ui import called

register = template.Library()

_ICON = re.compile(r'<img src="[^"]*icon-(yes|no|unknown)[^"]*"[^>]*>')
_BARE = re.compile(r"(?<=>)-?\d+\.\d\d(?=<)")


@register.filter
def without_icons(html):
    """Yes, no and unknown as words: the admin's little pictures say "True" to those who have them read aloud."""
    words = {"yes": gettext("yes"), "no": gettext("no"), "unknown": "—"}
    return mark_safe(_ICON.sub(lambda icon: words[icon[1]], html)) if "<img" in str(html) else html


def _is_money(opts, name):
    try:
        return isinstance(opts.get_field(name), money.MoneyField)
    except FieldDoesNotExist:
        return False


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
    contents = without_icons(field.contents())
    if isinstance(name, str) and _is_money(field.model_admin.opts, name):
        amount = getattr(instance, name)
        return contents if amount is None else money.yuan(amount)
    return contents


@register.simple_tag
def labelled_cells(cl, headers, cells):
    """The cells of one row of an admin list, each with its column's name for narrow screens, money as money."""
    labelled = []
    for place, cell in enumerate(cells):
        html = str(without_icons(cell))
        header = headers[place] if place < len(headers) else {"text": "", "class_attrib": ""}
        column = re.search(r"column-(\w+)", str(header["class_attrib"]))
        if column and _is_money(cl.opts, column[1]):
            html = _BARE.sub(lambda amount: money.yuan(amount[0]), html)
        if html.startswith("<th"):
            html = '<th scope="row"' + html[3:]
        elif html.startswith("<td") and header["text"] and "action-checkbox" not in html[:40]:
            html = format_html('<td data-label="{}"', capfirst(header["text"])) + html[3:]
        labelled.append(mark_safe(html))
    return labelled


@register.filter
def needs_width(field):
    """Whether a field of an admin form takes a whole line: long texts and choices of many."""
    if field.is_readonly:
        return False
    widget = field.field.field.widget
    widget = getattr(widget, "widget", widget)
    return isinstance(widget, forms.Textarea | forms.SelectMultiple | forms.CheckboxSelectMultiple | forms.MultiWidget)
