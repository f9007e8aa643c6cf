"""How a name is found however it is typed: with another middle dot or none, with or without spaces.

`Q(winner__spelled=words)` asks like `icontains`, but compares Chinese words without dots and spaces on both sides.
`spelled_fields` makes an admin ask so wherever its `search_fields` lead to a name.
"""

import re

from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Lookup, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import IContains

from config.kit.person.fields import ReadField
from config.kit.person.names import read_name
from config.kit.text_cleaning import with_one_dot

HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
NOTHING = Value("")
DOT_LIKE = "·•・‧∙．。"
# A name with a dot has at least so many characters; shorter words are looked for as they stand, which is quicker.
FEWEST = 4


def read_words(words):
    """Words of a search as a name is kept: `买买提 • 吐尔逊` is `买买提·吐尔逊`, `买买提.` the first part of it."""
    return with_one_dot(read_name(words)).strip(DOT_LIKE + ". ")


def bare(words):
    """The same with nothing between the parts of a name."""
    return re.sub(r"[·\s]", "", read_words(words))


@models.CharField.register_lookup
@models.TextField.register_lookup
class Spelled(Lookup):
    lookup_name = "spelled"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, words = self.lhs, read_words(self.rhs)
        if HAN.search(words):
            # Names are kept in one spelling, so of theirs the dot alone may be missing; other texts stand as they were typed.
            is_name = isinstance(column.output_field, ReadField)
            if not is_name or ("·" not in words and len(words) >= FEWEST):
                words = bare(self.rhs)
                for sign in "·" if is_name else DOT_LIKE + " \u3000":
                    column = Replace(column, Value(sign), NOTHING, output_field=models.CharField())
        return compiler.compile(IContains(column, words))


def contains(words, *fields):
    """A condition that one of the text fields holds the words as they are typed, or as the name they may be."""
    lookups = ("icontains", "spelled") if HAN.search(words) else ("icontains",)
    return Q.create([(f"{field}__{lookup}", words) for field in fields for lookup in lookups], connector=Q.OR)


def contains_read(words, field):
    """The same for long tables, which would be slow to compare without dots: the words as typed, or as a name is kept."""
    return Q(**{f"{field}__icontains": words}) | Q(**{f"{field}__icontains": read_words(words) or words})


def spelled_fields(model, search_fields):
    """The same fields to search, those of names by `spelled`."""
    return [f"{name}__spelled" if _is_name(model, name) else name for name in search_fields]


def _is_name(model, path):
    try:
        field = get_fields_from_path(model, path)[-1]
    except FieldDoesNotExist:
        return False
    return isinstance(field, ReadField) and isinstance(field, models.CharField)


def spelling_of(name):
    """A pattern that finds a name in a text however its dots and spaces are typed."""
    between = rf"[\s{DOT_LIKE}･⋅˙●.]*"
    return re.compile(between.join(map(re.escape, re.sub(r"[·\s]", "", name))))
