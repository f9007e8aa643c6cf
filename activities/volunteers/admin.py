"""What the office sees of volunteers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.volunteers.forms import VolunteerForm
from activities.volunteers.models import ServiceRecord, Volunteer, stars_of
from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly


class ServiceRecordInline(ViewOnly, ScopedTabularInline):
    model = ServiceRecord
    fields = ["on", "activity", "hours", "taken_back", "checked_by"]
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("activity", "checked_by", "reverses", "reversal")

    @admin.display(description=_("hours"))
    def hours(self, obj):
        return f"{obj.minutes / 60:g}"

    @admin.display(description=_("remark"))
    def taken_back(self, obj):
        if obj.reverses_id:
            return _("takes back what was wrong")
        return _("taken back") if hasattr(obj, "reversal") else ""


@admin.register(Volunteer)
class VolunteerAdmin(ScopedAdmin):
    list_display = ["name", "kind", "organization", "registered_on", "left_on"]
    list_counted = ngettext_lazy("%(count)s person", "%(count)s persons", "count")
    add_label = _("Add a volunteer")
    list_filter = ["kind", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "platform_no", "member__latin_keys"]
    found_values = ["name", "platform_no"]
    search_help_text = _("Name or platform number")
    autocomplete_fields = ["member"]
    form = VolunteerForm
    inlines = [ServiceRecordInline]
    readonly_fields = ["hours_given"]
    first_fields = ("kind", "member", "name", "phone")
    today_fields = ("registered_on",)

    @admin.display(description=_("service on record here"))
    def hours_given(self, obj):
        """Hours and stars of this platform; not the certificate of the regional one."""
        minutes = obj.minutes_given()
        stars = stars_of(minutes)
        parts = {"hours": f"{minutes / 60:g}", "stars": stars}
        if stars:
            return _("%(hours)s hours, %(stars)s star (recorded on this platform)") % parts
        return _("%(hours)s hours (recorded on this platform)") % parts

    def get_fields(self, request, obj=None):
        """Somebody new has given no hours yet."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name != "hours_given"]

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []
