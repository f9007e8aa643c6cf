"""What the office sees of the bookroom."""

from django.contrib import admin

from config.kit.admin.base import ScopedAdmin
from honours.bookroom.models import BookTitle


@admin.register(BookTitle)
class BookTitleAdmin(ScopedAdmin):
    list_display = ["book_no", "title", "author", "subject", "copies"]
    list_display_links = ["title"]
    list_filter = ["subject", "point"]
    search_fields = ["book_no", "title", "author", "isbn"]
    found_values = ["title", "author", "book_no"]
    first_fields = ("book_no", "title", "author", "isbn", "subject", "copies")
