"""Words put together with the punctuation of the reader's language."""

from django.utils.translation import gettext_noop, pgettext

# Django's own colon after the label of a field, named here so that the catalogue of this project says it.
AFTER_FIELD_LABEL = gettext_noop(":")


def labelled(label, words):
    """`姓名：韦德`: what words are about, and the words."""
    colon = pgettext("after a label", ": ")
    return f"{label}{colon}{words}"
