"""What a list of the office declares of itself: its measure word, its button, its states, its sums, what many rows may do.

A list adds nothing to the rows it shows: deleting many at once goes from every list but those that say `deletes_many`. It
would take away records whose history, papers and entries are the reason why they are kept, and one page that asks once is
no match for a hundred ticked boxes. A record that was a mistake is deleted on its own page.
"""

from collections.abc import Mapping, Sequence

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from config.kit.lists.filters import PICK, picked_query
from config.kit.lists.totals import ListTotal, TotalsPaginator


class OfficeLists(admin.ModelAdmin):
    """Admin mixin: the change list of an admin class, by its attributes."""

    # How many rows, with the measure word of the record: "48 人". Plural over `%(count)s`.
    list_counted: Promise = ngettext_lazy("%(count)s record", "%(count)s records", "count")
    # What the add button says: "增加一名党员".
    add_label: str | Promise = ""
    # Where records are added that this list adds none of: (words, name of the page).
    added_elsewhere: tuple[str | Promise, str] | None = None
    # `{column: {stored value: kind of sign}}`; a method says it by itself with `StateWords`.
    list_states: Mapping[str, Mapping] = {}
    # Sums of all rows that search and filters leave, and the fields whose values are never added together.
    list_totals: Sequence[ListTotal] = ()
    list_totals_within: Sequence[str] = ()
    deletes_many = False
    show_full_result_count = False

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not self.deletes_many:
            actions.pop("delete_selected", None)
        return actions

    def get_changelist_instance(self, request):
        request.counts_rows = True
        return super().get_changelist_instance(request)

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        # Suggestions for a field ask for a paginator too, and no sums.
        if not self.list_totals or not getattr(request, "counts_rows", False):
            return super().get_paginator(request, queryset, per_page, orphans, allow_empty_first_page)
        return TotalsPaginator(
            queryset,
            per_page,
            orphans,
            allow_empty_first_page,
            totals=self.totals_for(request),
            within=self.list_totals_within,
        )

    def totals_for(self, request):
        """The sums of the list that this user may read."""
        return self.list_totals

    def sums_in_words(self, changelist):
        """The sums of a list as a sentence; "" for a list that has none."""
        if not self.list_totals:
            return ""
        labels = [self.opts.get_field(name).verbose_name for name in self.list_totals_within]
        return changelist.paginator.in_words(self.list_counted, labels)

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST" and PICK in request.GET:
            query = picked_query(request.GET, self.date_hierarchy).urlencode()
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        return super().changelist_view(request, extra_context)
