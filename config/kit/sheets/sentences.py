"""Why an upload as a whole cannot be read, and what to do about it; each sentence has its one home here."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def refusal(code, message, **params):
    return ValidationError(message, code=code, params=params or None)


def listed(words, most):
    """The first of some words in a row, and how many more there are."""
    shown = _(", ").join(map(str, words[:most]))
    if len(words) <= most:
        return shown
    return ngettext("%(words)s and %(count)s more", "%(words)s and %(count)s more", len(words) - most) % {
        "words": shown,
        "count": f"{len(words) - most:,}",
    }


def damaged():
    return refusal("damaged", _("The file is damaged. Open it in Excel or WPS, save it as .xlsx and upload that."))


def not_a_workbook():
    return refusal("not_a_workbook", _("This file is no workbook. Upload the roster as .xlsx, .xls or .csv."))


def has_macros():
    return refusal("macros", _("The workbook holds macros. Save it as .xlsx, which holds none, and upload that."))


def has_password():
    return refusal(
        "password", _("The workbook is protected by a password. Take the password off, save and upload again.")
    )


def save_as_xlsx(code, what):
    return refusal(
        code,
        _("The file is %(what)s. Open it in Excel or WPS, choose “Save as”, type .xlsx, and upload that.")
        % {"what": what},
    )
