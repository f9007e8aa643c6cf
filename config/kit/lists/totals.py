"""Sums at the foot of a list: of all rows that its search and filters leave, from the query that counts them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.money import yuan


@dataclass(frozen=True)
class ListTotal:
    """One sum of a list.

    `of` is what is added up, a field's name or an expression; `when` are the rows it is made of (None: all); `words` say
    what it is, with `%(sum)s` and, where it tells how many rows it is made of, `%(rows)s`.
    """

    words: str | Promise
    of: Any
    when: Q | None = None


class Counted(int):
    """A number of rows that picks its plural as a number and is written with its thousands apart."""

    def __str__(self):
        return f"{int(self):,}"


def counted(words, count):
    """How many rows, with their measure word; `words` is a lazy plural over `%(count)s`."""
    return words % {"count": Counted(count)}


class TotalsPaginator(Paginator):
    """Counts the rows of a list and adds them up in one query.

    `within` are fields whose values are never added together: what lies in one pot is no part of another.
    """

    def __init__(self, *args, totals=(), within=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.totals, self.within = totals, within
        self.sums: dict[str, Any] = {}

    @cached_property
    def count(self):
        asked = {"rows": Count("pk")}
        for name in self.within:
            asked[f"within_{name}"] = Count(name, distinct=True)
        for place, total in enumerate(self.totals):
            asked[f"sum_{place}"] = Sum(total.of, filter=total.when)
            asked[f"rows_{place}"] = Count("pk", filter=total.when)
        self.sums = self.object_list.order_by().aggregate(**asked)
        return self.sums["rows"]

    def in_words(self, row_words, within_labels):
        """The sums as a sentence, or why there are none; "" for an empty list.

        `row_words` count rows (see `counted`); `within_labels` name the fields of `within`.
        """
        if not self.count:
            return ""
        mixed = [
            str(label)
            for name, label in zip(self.within, within_labels, strict=True)
            if self.sums[f"within_{name}"] > 1
        ]
        if mixed:
            return _("Each %(label)s is added up by itself: choose one above to see its sum.") % {
                "label": pgettext("between parts", ", ").join(mixed)
            }
        parts = [
            total.words % {"sum": _written(self.sums[f"sum_{place}"]), "rows": counted(row_words, rows)}
            for place, total in enumerate(self.totals)
            if (rows := self.sums[f"rows_{place}"])
        ]
        return pgettext("between sums", "; ").join(parts)


def _written(value):
    value = value or 0
    return yuan(value) if isinstance(value, Decimal) else f"{value:,}"
