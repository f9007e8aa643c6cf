"""What the office sees of honours, role models and the education point."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from honours.models import BookTitle, EducationPoint, Honour, RoleModel, Section, VisitGroup


@admin.register(RoleModel)
class RoleModelAdmin(ScopedAdmin):
    list_display = ["name", "organization", "retired_on", "consented_on", "consent_withdrawn_on"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["member"]


@admin.register(Honour)
class HonourAdmin(ScopedAdmin):
    list_display = ["awarded", "title", "level", "winner", "awarded_by", "state"]
    list_display_links = ["title"]
    list_filter = ["level", "state", "is_collective", "organization"]
    search_fields = ["title", "winner", "awarded_by", "document_no"]
    date_hierarchy = "awarded_on"

    @admin.display(description=_("awarded in"), ordering="awarded_on")
    def awarded(self, obj):
        return f"{obj.awarded_on:%Y.%m}"


class SectionInline(ScopedTabularInline):
    model = Section


@admin.register(EducationPoint)
class EducationPointAdmin(ScopedAdmin):
    list_display = ["name", "organization", "address", "opening_hours"]
    list_select_related = ["organization"]
    search_fields = ["name", "address"]
    inlines = [SectionInline]


@admin.register(BookTitle)
class BookTitleAdmin(ScopedAdmin):
    list_display = ["book_no", "title", "author", "subject", "copies"]
    list_display_links = ["title"]
    list_filter = ["subject", "point"]
    search_fields = ["book_no", "title", "author", "isbn"]


@admin.register(VisitGroup)
class VisitGroupAdmin(ScopedAdmin):
    list_display = ["day", "group", "kind", "visitors", "guide"]
    list_display_links = ["group"]
    list_filter = ["kind", "point"]
    search_fields = ["group", "guide"]
    date_hierarchy = "day"
