"""Admin of organisations, branches, posts, venues and equipment."""

from django.contrib import admin
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from branches.assignments import Assignment
from branches.calendar import Holiday
from branches.committees import CommitteeSeat, CommitteeTerm
from branches.county_forms import CountyForm
from branches.equipment import Equipment
from branches.organisations import Branch, Nameplate, Organization
from branches.venues import Venue
from config.kit.admin.base import OfficeAdmin, ScopedAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly
from config.kit.lists.totals import ListTotal
from config.kit.money import MoneyField
from config.kit.money_columns import money_display


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    list_display = ["name", "kind", "parent", "supervision_phone"]
    list_counted = ngettext_lazy("%(count)s organisation", "%(count)s organisations", "count")
    add_label = _("Add an organisation")
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "full_name"]
    found_values = ["name", "full_name"]
    first_fields = ("kind", "name", "full_name", "parent")
    search_help_text = pgettext_lazy("search", "Name")
    fieldsets = [
        (None, {"fields": ["kind", "name", "full_name", "parent"]}),
        (
            _("On notices and pages"),
            {"fields": ["address", "office_hours", "supervision_phone", "suggestion_box", "campaign_name"]},
        ),
        (_("Days that come back"), {"fields": ["volunteer_day_rule", "study_day"]}),
    ]


@admin.register(Branch)
class BranchAdmin(ScopedAdmin):
    list_display = ["name", "organization", "kind", "founded_on", "office_phone"]
    list_counted = ngettext_lazy("%(count)s branch", "%(count)s branches", "count")
    add_label = _("Add a Party branch")
    list_filter = ["organization", "kind"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    found_values = ["name", "organization__name"]
    search_help_text = pgettext_lazy("search", "Name")


class CommitteeSeatInline(ScopedTabularInline):
    model = CommitteeSeat


@admin.register(CommitteeTerm)
class CommitteeTermAdmin(ScopedAdmin):
    list_display = ["branch", "term_no", "elected_on", "term_end"]
    list_counted = ngettext_lazy("%(count)s term", "%(count)s terms", "count")
    add_label = _("Add a committee term")
    list_filter = ["branch"]
    list_select_related = ["branch"]
    search_fields = ["branch__name", "seats__name"]
    search_help_text = _("Branch or committee member")
    inlines = [CommitteeSeatInline]


@admin.register(Assignment)
class AssignmentAdmin(ScopedAdmin):
    list_display = ["user", "role", "place", "starts_on", "ends_on"]
    list_counted = ngettext_lazy("%(count)s assignment", "%(count)s assignments", "count")
    add_label = _("Add an assignment")
    list_filter = ["role"]
    list_select_related = ["user", "organization", "branch"]
    search_fields = ["user__username", "whole_name"]
    search_help_text = _("Name or user name")
    autocomplete_fields = ["user"]

    def get_queryset(self, request):
        # 黄志文 is kept as 黄 and 志文, and looked for as one word.
        return super().get_queryset(request).alias(whole_name=Concat("user__last_name", "user__first_name"))

    @admin.display(description=_("branch or organisation"))
    def place(self, obj):
        return obj.branch or obj.organization


@admin.register(Nameplate)
class NameplateAdmin(ScopedAdmin):
    list_display = ["code", "organization", "head", "hung_on"]
    list_counted = ngettext_lazy("%(count)s nameplate", "%(count)s nameplates", "count")
    add_label = _("Add a nameplate")
    list_filter = ["organization"]
    list_select_related = ["organization"]
    search_fields = ["head"]
    search_help_text = _("Name of the head")


@admin.register(Venue)
class VenueAdmin(ScopedAdmin):
    list_display = ["name", "organization", "address", "area", "opening_hours"]
    list_counted = ngettext_lazy("%(count)s venue", "%(count)s venues", "count")
    add_label = _("Add a venue")
    list_filter = ["organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "address"]
    found_values = ["name", "address"]
    first_fields = ("name", "address", "area", "opening_hours", "office_phone")
    search_help_text = _("Name or address")


WORTH = ExpressionWrapper(F("quantity") * F("unit_price"), MoneyField())
SCRAPPED = Q(state=Equipment.State.SCRAPPED)


@admin.register(Equipment)
class EquipmentAdmin(ScopedAdmin):
    list_display = ["asset_no", "name", "quantity", "unit", "price", "total", "place", "state"]
    list_counted = ngettext_lazy("%(count)s register line", "%(count)s register lines", "count")
    add_label = _("Add a piece of equipment")
    list_states = {
        "state": {Equipment.State.IN_USE: "done", Equipment.State.REPAIR: "doing", Equipment.State.SCRAPPED: "void"}
    }
    list_totals = [
        ListTotal(_("in use or in repair %(rows)s, %(sum)s yuan"), WORTH, ~SCRAPPED),
        ListTotal(_("scrapped %(rows)s, %(sum)s yuan"), WORTH, SCRAPPED),
    ]
    list_filter = ["state", "organization"]
    search_fields = ["asset_no", "name", "place"]
    found_values = ["asset_no", "name", "place"]
    first_fields = ("asset_no", "name", "quantity", "unit", "unit_price", "bought_on", "place")
    search_help_text = _("Number, name or place")

    @money_display(description=_("unit price (yuan)"), ordering="unit_price")
    def price(self, obj):
        return obj.unit_price

    @money_display(description=_("amount (yuan)"))
    def total(self, obj):
        return obj.amount


@admin.register(Holiday)
class HolidayAdmin(OfficeAdmin):
    list_display = ["day", "name", "is_makeup"]
    list_counted = ngettext_lazy("%(count)s day", "%(count)s days", "count")
    add_label = _("Add a holiday")
    # A year that was announced anew is taken away at once; no record leans on a day, and the same days can be added again.
    deletes_many = True
    list_filter = ["is_makeup"]
    search_fields = ["name"]
    search_help_text = pgettext_lazy("search", "Name")
    date_hierarchy = "day"
    ordering = ["-day"]


@admin.register(CountyForm)
class CountyFormAdmin(ViewOnly, ScopedAdmin):
    """Forms are uploaded, filled and replaced on a page of their own under the reports."""

    list_display = ["name", "organization", "uploaded_by", "uploaded_at", "page"]
    list_counted = ngettext_lazy("%(count)s form", "%(count)s forms", "count")
    added_elsewhere = (_("Upload a county form"), "admin:county_forms")
    list_filter = ["organization"]
    list_select_related = ["organization", "uploaded_by"]
    search_fields = ["name"]
    search_help_text = pgettext_lazy("search", "Name")
    fields = ["name", "organization", "uploaded_by", "uploaded_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("where it is filled in"))
    def page(self, obj):
        return format_html('<a href="{}">{}</a>', reverse("admin:county_form", args=[obj.pk]), _("Open the form"))
