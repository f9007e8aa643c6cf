"""How records are found by a few characters: in the box on top of every office page, and where a form chooses a record.

An admin class takes part in the box when it names `found_values`. What is found is what its list would find: the same
`search_fields`, the same records in scope.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst

from config.kit.admin.choosing import WHOLE
from config.kit.numbering import read_office_number, spellings
from config.kit.stored_words import words_of
from config.kit.text_cleaning import squeezed

# Records of one kind that the box shows; the list of that kind shows the rest.
OF_EACH = 8
# A title and what tells it from others: every kind gives the database so many columns.
COLUMNS = 4


@dataclass(frozen=True)
class FoundRecord:
    """One record found: its name, what tells it from others of that name, and its page."""

    title: str
    note: str
    address: str
    rank: int = 0


def join_notes(*notes):
    return " · ".join(note for note in notes if note)


class FindsRecords:
    """Admin mixin: gives the box its records, and a choice of a form its labels."""

    # Names of fields or expressions: the title first, then up to three notes. Empty: the box does not look here.
    found_values: list = []
    # The fields that hold year and number of `〔2018〕3 号`, where records are numbered so.
    office_number_fields: tuple = ()

    def get_search_results(self, request, queryset, search_term):
        number = self._read_office_number(search_term)
        if number:
            return queryset.filter(**dict(zip(self.office_number_fields, number, strict=True))), False
        finds = [
            super(FindsRecords, self).get_search_results(request, queryset, words) for words in spellings(search_term)
        ]
        return reduce(or_, [rows for rows, _may_repeat in finds]), any(may_repeat for _rows, may_repeat in finds)

    def _read_office_number(self, words):
        """Year and number of one of these records, in whatever spelling; None where the words are none."""
        numbers = map(read_office_number, spellings(words) if self.office_number_fields else ())
        return next(filter(None, numbers), None)

    def ranked(self, queryset, words):
        """The records annotated with `found_rank`; those of the lowest come first."""
        return queryset.annotate(found_rank=Value(WHOLE + 1, output_field=IntegerField()))

    def found(self, request, words):
        """Records in scope whom the list would find by these words, best first."""
        found, may_repeat = self.get_search_results(request, self.get_queryset(request), words)
        if may_repeat:
            found = self.model._default_manager.filter(pk__in=found.order_by().values("pk"))
        return self.best_first(found, words)

    def best_first(self, queryset, words):
        """Records in the order in which they are offered, with what their labels name."""
        related = self.list_select_related or [None]
        rows = self.ranked(queryset, words).select_related(*related)
        return rows.order_by("found_rank", *self.model._meta.ordering)

    def found_rows(self, request, words, *, kind):
        """`(kind, key, rank, title, notes…)` of the first found, in columns that are the same for every model.

        A union takes no limit in its parts on SQLite, so the limit stands in a subquery of keys.
        """
        first = self.found(request, words).values("pk")[: OF_EACH + 1]
        rows = self.ranked(self.model._default_manager.filter(pk__in=first).order_by(), words)
        values = [*self.found_values, *[Value("")] * (COLUMNS - len(self.found_values))]
        columns = {f"found_{place}": Cast(value, TextField()) for place, value in enumerate(values)}
        return rows.annotate(found_kind=Value(kind, output_field=CharField()), **columns).values_list(
            "found_kind", "pk", "found_rank", *columns
        )

    def found_words(self, title, *notes):
        """Title and note of a record in words, from the values of `found_values` as text."""
        words = [self.words_of_value(value, text) for value, text in zip(self.found_values[1:], notes, strict=False)]
        return title, join_notes(*words)

    def words_of_value(self, value, text):
        """The text of one value as people read it: the word of a choice, a day."""
        try:
            field = self.opts.get_field(value) if isinstance(value, str) else None
        except FieldDoesNotExist:
            field = None
        return words_of(field, field.to_python(text)) if field and text else text

    def found_record(self, words, key, rank, *values):
        """A row of `found_rows` in words; its rank is WHOLE too where the words are its whole title."""
        title, note = self.found_words(*values[: len(self.found_values)])
        wholes = {squeezed(spelling).casefold() for spelling in spellings(words)}
        if squeezed(title or "").casefold() in wholes or self.read_whole(words):
            rank = WHOLE
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])
        return FoundRecord(capfirst(title or self.opts.verbose_name), note, address, rank)

    def read_whole(self, words):
        """Whether the words can only be a whole number of these records."""
        return self._read_office_number(words) is not None

    def label_of_choice(self, record):
        """How a record is called where a form chooses one."""
        return str(record)
