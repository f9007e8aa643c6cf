"""What the office sees of the education point and its visits."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.lists.totals import ListTotal
from honours.education_point.models import EducationPoint, Section, VisitGroup


class SectionInline(ScopedTabularInline):
    model = Section


@admin.register(EducationPoint)
class EducationPointAdmin(ScopedAdmin):
    list_display = ["name", "organization", "address", "opening_hours"]
    list_counted = ngettext_lazy("%(count)s education point", "%(count)s education points", "count")
    add_label = _("Add an education point")
    list_select_related = ["organization"]
    search_fields = ["name", "address"]
    search_help_text = _("Name or address")
    inlines = [SectionInline]


@admin.register(VisitGroup)
class VisitGroupAdmin(ScopedAdmin):
    list_display = ["day", "group", "kind", "visitors", "guide"]
    list_counted = ngettext_lazy("%(count)s visiting group", "%(count)s visiting groups", "count")
    add_label = _("Add a visit")
    list_totals = [ListTotal(_("visitors %(sum)s person-times"), "visitors")]
    list_display_links = ["group"]
    list_filter = ["kind", "point"]
    search_fields = ["group", "guide"]
    found_values = ["group", "day"]
    first_fields = ("day", "starts_at", "group", "kind", "visitors", "leader", "phone")
    search_help_text = _("Visiting group or guide")
    date_hierarchy = "day"
