"""What the office sees of the bookroom."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit.admin.base import ScopedAdmin
from config.kit.lists.totals import ListTotal
from honours.bookroom.models import BookTitle


@admin.register(BookTitle)
class BookTitleAdmin(ScopedAdmin):
    list_display = ["book_no", "title", "author", "subject", "copies"]
    list_counted = ngettext_lazy("%(count)s title", "%(count)s titles", "count")
    add_label = _("Add a book title")
    list_totals = [ListTotal(_("%(sum)s copies"), "copies")]
    list_display_links = ["title"]
    list_filter = ["subject", "point"]
    search_fields = ["book_no", "title", "author", "isbn"]
    found_values = ["title", "author", "book_no"]
    first_fields = ("book_no", "title", "author", "isbn", "subject", "copies")
    search_help_text = _("Title, author or number")
