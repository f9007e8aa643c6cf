"""Words put together with the punctuation of the reader's language."""

from django.utils.translation import pgettext


def labelled(label, words):
    """`姓名：韦德`: what words are about, and the words."""
    colon = pgettext("after a label", ": ")
    return f"{label}{colon}{words}"
