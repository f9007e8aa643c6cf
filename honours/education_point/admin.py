"""What the office sees of the education point and its visits."""

from django.contrib import admin

from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from honours.education_point.models import EducationPoint, Section, VisitGroup


class SectionInline(ScopedTabularInline):
    model = Section


@admin.register(EducationPoint)
class EducationPointAdmin(ScopedAdmin):
    list_display = ["name", "organization", "address", "opening_hours"]
    list_select_related = ["organization"]
    search_fields = ["name", "address"]
    inlines = [SectionInline]


@admin.register(VisitGroup)
class VisitGroupAdmin(ScopedAdmin):
    list_display = ["day", "group", "kind", "visitors", "guide"]
    list_display_links = ["group"]
    list_filter = ["kind", "point"]
    search_fields = ["group", "guide"]
    found_values = ["group", "day"]
    first_fields = ("day", "starts_at", "group", "kind", "visitors", "leader", "phone")
    date_hierarchy = "day"
