"""What the office sees of events."""

from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from activities.events.forms import PhotoForm
from activities.events.models import Activity, Photo
from config.kit.admin.base import ScopedAdmin, ScopedTabularInline


class PhotoInline(ScopedTabularInline):
    model = Photo
    form = PhotoForm
    fields = ["image", "alt", "consented"]


@admin.register(Activity)
class ActivityAdmin(ScopedAdmin):
    list_display = ["day", "title", "kind", "branch", "state", "present", "public_present"]
    list_display_links = ["title"]
    list_filter = ["kind", "state", "branch", "plates"]
    list_select_related = ["branch"]
    search_fields = ["title", "place", "summary"]
    found_values = ["title", "day", "kind", "place"]
    date_hierarchy = "day"
    # Five plates at most: boxes to tick are readable where two lists side by side are not.
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
    inlines = [PhotoInline]
    first_fields = ("kind", "title", "day", "starts_at", "ends_at", "place")
    fieldsets = [
        (None, {"fields": ["organization", "branch", "kind", "title", "state", "cancelled_because"]}),
        (_("When and where"), {"fields": ["day", ("starts_at", "ends_at"), "shifted_from", "place", "leader"]}),
        (
            _("Who came (persons) and what was done"),
            {"fields": ["expected", "present", "public_present", "served", "service_minutes", "summary", "plates"]},
        ),
        (_("Inside the branch"), {"fields": ["discussion", "cost", "recorder"]}),
    ]

    def known_values(self, request):
        """Place and hours of the last event in sight, which the next one usually shares."""
        last = self.get_queryset(request).exclude(place="").exclude(starts_at=None).order_by("-day", "-pk").first()
        hours = {"place": last.place, "starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}
        return super().known_values(request) | hours
