"""What the office sees of volunteers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.volunteers.forms import VolunteerForm
from activities.volunteers.models import ServiceCertificate, ServiceRecord, Volunteer, stars_of
from activities.volunteers.transitions import CERTIFICATES, VOLUNTEERS
from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly
from config.kit.hours import hours_of
from config.kit.workflow.admin import TransitionsAdmin


class ServiceRecordInline(ViewOnly, ScopedTabularInline):
    model = ServiceRecord
    fields = ["on", "activity", "hours", "taken_back", "checked_by"]
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("activity", "checked_by", "reverses", "reversal")

    @admin.display(description=_("hours"))
    def hours(self, obj):
        return hours_of(obj.minutes)

    @admin.display(description=_("remark"))
    def taken_back(self, obj):
        if obj.reverses_id:
            return _("takes back what was wrong")
        return _("taken back") if hasattr(obj, "reversal") else ""


class CertificateInline(ViewOnly, ScopedTabularInline):
    model = ServiceCertificate
    fields = ["number", "period_from", "period_to", "given", "issued_on", "revoked_on"]
    readonly_fields = fields
    extra = 0
    show_change_link = True

    @admin.display(description=_("hours"))
    def given(self, obj):
        return obj.hours


@admin.register(Volunteer)
class VolunteerAdmin(TransitionsAdmin, ScopedAdmin):
    transitions = VOLUNTEERS
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
    inlines = [CertificateInline, ServiceRecordInline]
    readonly_fields = ["hours_given"]
    first_fields = ("kind", "member", "name", "phone")
    today_fields = ("registered_on",)

    @admin.display(description=_("service on record here"))
    def hours_given(self, obj):
        """Hours and stars of this platform; not the certificate of the regional one."""
        minutes = obj.minutes_given()
        stars = stars_of(minutes)
        parts = {"hours": hours_of(minutes), "stars": stars}
        if stars:
            return _("%(hours)s hours, %(stars)s star (recorded on this platform)") % parts
        return _("%(hours)s hours (recorded on this platform)") % parts

    def get_fields(self, request, obj=None):
        """Somebody new has given no hours yet."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name != "hours_given"]

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []


@admin.register(ServiceCertificate)
class ServiceCertificateAdmin(TransitionsAdmin, ViewOnly, ScopedAdmin):
    transitions = CERTIFICATES
    list_display = ["number", "name", "given", "period_from", "period_to", "revoked_on"]
    list_counted = ngettext_lazy("%(count)s certificate", "%(count)s certificates", "count")
    list_filter = ["organization"]
    list_select_related = ["organization"]
    date_hierarchy = "issued_on"
    search_fields = ["number", "name", "volunteer__latin_keys"]
    found_values = ["number", "name"]
    search_help_text = _("Number or name")
    own_numbers = ("number",)
    fields = [
        "organization", "number", "volunteer", "name", "period_from", "period_to", "given", "on_record_now", "issued_on",
        "issued_by", "code", "revoked_on", "revoked_by", "revoked_because",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("hours"), ordering="minutes")
    def given(self, obj):
        return obj.hours

    @admin.display(description=_("hours on record now"))
    def on_record_now(self, obj):
        """Hours of the period as the records stand now: sheets may have been corrected after it was issued."""
        days = (obj.period_from, obj.period_to)
        minutes = obj.volunteer.service_records.filter(on__range=days).minutes_total()
        if minutes == obj.minutes:
            return obj.hours
        return _("%(hours)s: a sheet was corrected after it was issued. Revoke it and issue another one.") % {
            "hours": hours_of(minutes)
        }
