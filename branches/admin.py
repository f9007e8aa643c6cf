"""Admin of organisations, branches, posts, venues and equipment."""

from django.contrib import admin
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from branches.assignments import Assignment
from branches.calendar import Holiday
from branches.committees import CommitteeSeat, CommitteeTerm
from branches.county_forms import CountyForm
from branches.equipment import Equipment
from branches.organisations import Branch, Nameplate, Organization
from branches.venues import Venue
from config.kit.admin.base import OfficeAdmin, ScopedAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly
from config.kit.money_columns import money_display


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    list_display = ["name", "kind", "parent", "supervision_phone"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "full_name"]
    found_values = ["name", "full_name"]
    first_fields = ("kind", "name", "full_name", "parent")
    fieldsets = [
        (None, {"fields": ["kind", "name", "full_name", "parent"]}),
        (
            _("On notices and pages"),
            {"fields": ["address", "office_hours", "supervision_phone", "suggestion_box", "campaign_name"]},
        ),
    ]


@admin.register(Branch)
class BranchAdmin(ScopedAdmin):
    list_display = ["name", "organization", "kind", "founded_on", "office_phone"]
    list_filter = ["organization", "kind"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    found_values = ["name", "organization__name"]


class CommitteeSeatInline(ScopedTabularInline):
    model = CommitteeSeat


@admin.register(CommitteeTerm)
class CommitteeTermAdmin(ScopedAdmin):
    list_display = ["branch", "term_no", "elected_on", "term_end"]
    list_filter = ["branch"]
    list_select_related = ["branch"]
    search_fields = ["branch__name", "seats__name"]
    inlines = [CommitteeSeatInline]


@admin.register(Assignment)
class AssignmentAdmin(ScopedAdmin):
    list_display = ["user", "role", "organization", "branch", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "organization", "branch"]
    search_fields = ["user__username", "whole_name"]
    autocomplete_fields = ["user"]

    def get_queryset(self, request):
        # 黄志文 is kept as 黄 and 志文, and looked for as one word.
        return super().get_queryset(request).alias(whole_name=Concat("user__last_name", "user__first_name"))


@admin.register(Nameplate)
class NameplateAdmin(ScopedAdmin):
    list_display = ["code", "organization", "head", "hung_on"]
    list_filter = ["organization"]
    list_select_related = ["organization"]
    search_fields = ["head"]


@admin.register(Venue)
class VenueAdmin(ScopedAdmin):
    list_display = ["name", "organization", "address", "area", "opening_hours"]
    list_filter = ["organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "address"]
    found_values = ["name", "address"]
    first_fields = ("name", "address", "area", "opening_hours", "office_phone")


@admin.register(Equipment)
class EquipmentAdmin(ScopedAdmin):
    list_display = ["asset_no", "name", "quantity", "unit", "price", "total", "place", "state"]
    list_filter = ["state", "organization"]
    search_fields = ["asset_no", "name", "place"]
    found_values = ["asset_no", "name", "place"]
    first_fields = ("asset_no", "name", "quantity", "unit", "unit_price", "bought_on", "place")

    @money_display(description=_("unit price (yuan)"), ordering="unit_price")
    def price(self, obj):
        return obj.unit_price

    @money_display(description=_("amount (yuan)"))
    def total(self, obj):
        return obj.amount


@admin.register(Holiday)
class HolidayAdmin(OfficeAdmin):
    list_display = ["day", "name", "is_makeup"]
    list_filter = ["is_makeup"]
    search_fields = ["name"]
    date_hierarchy = "day"


@admin.register(CountyForm)
class CountyFormAdmin(ViewOnly, ScopedAdmin):
    """Forms are uploaded, filled and replaced on a page of their own under the reports."""

    list_display = ["name", "organization", "uploaded_by", "uploaded_at", "page"]
    list_filter = ["organization"]
    list_select_related = ["organization", "uploaded_by"]
    search_fields = ["name"]
    fields = ["name", "organization", "uploaded_by", "uploaded_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("where it is filled in"))
    def page(self, obj):
        return format_html('<a href="{}">{}</a>', reverse("admin:county_form", args=[obj.pk]), _("Open the form"))
