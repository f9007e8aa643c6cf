"""Which texts of an address or a form can be the primary key of a record, the key of one opened form, a part of a record."""

import re
from uuid import uuid4

KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
_FORM_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_PART = re.compile(r"all|[0-9]{1,2}|line-[0-9]", re.ASCII)
# What stands before the name of a transition, whose form is a part of its record too.
ACT = "act-"


def is_key(text):
    """Whether a text can be the primary key of a record in any of the databases."""
    return KEY.fullmatch(str(text)) is not None


def is_form_key(text):
    """Whether a text can be the key that one opened form carries."""
    return _FORM_KEY.fullmatch(text) is not None


def form_key(text):
    """The key a form came with, or a new one."""
    return text if is_form_key(text) else uuid4().hex


def part_of(text):
    """The part of a record that `?edit=` names: `0` (a block), `line-0` (its lines), `all`, also for what names none."""
    return text if _PART.fullmatch(text) else "all"
