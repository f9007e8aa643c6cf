"""Which texts of an address or a form can be the primary key of a record."""

import re

KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


def is_key(text):
    """Whether a text can be the primary key of a record in any of the databases."""
    return KEY.fullmatch(str(text)) is not None
