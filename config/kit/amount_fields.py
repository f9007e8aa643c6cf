"""A form field that reads an amount as offices type it and as imports read it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.money import yuan
from config.kit.read_back import ReadsBack
from config.kit.sheets.amounts import read_amount, refuse_not_money
from config.kit.sheets.questions import Asked
from config.kit.sheets.values import refuse, says_nothing
from config.kit.text_cleaning import clean

LONGEST = 60  # characters


class MoneyInput(forms.TextInput):
    """A line of text: a browser's number field swallows full-width digits, commas and 元 without a word."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class MoneyFormField(ReadsBack, forms.DecimalField):
    """An amount in yuan: 200元, ￥1,000.00, 贰佰元整, 1.2万. One that may be two amounts is read back."""

    def __init__(self, **kwargs):
        super().__init__(**({"decimal_places": 2, "max_digits": 13} | kwargs | {"widget": MoneyInput}))

    def read(self, text):
        if says_nothing(text):
            return None, ""
        if len(text) > LONGEST:
            refuse_not_money(clean(text[:20]) + "…")
        try:
            return read_amount(text), ""
        except Asked as asked:
            return asked.value, _("%(amount)s yuan") % {"amount": yuan(asked.value)}
        except ValidationError as refusal:
            if refusal.code == "two_amounts_in_cell":
                # The sentence of an import speaks of cells and rows.
                refuse(
                    refusal.code,
                    _("“%(value)s” is more than one amount. Type one of them, like 100.00."),
                    value=clean(text),
                )
            raise
