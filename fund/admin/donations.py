"""Donations and fund members in the office: a gift is booked when it is saved, then looked at, returned or unnamed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from config.kit.money import yuan
from config.kit.scoped_admin import ScopedAdmin
from config.kit.workflow.admin import TransitionsAdmin
from fund import actions
from fund.admin.imports import DonationImportPages
from fund.admin.joining import JoiningPages
from fund.admin.papers import RECEIPT, PrintsPapers
from fund.forms.donations import DonationForm
from fund.models import Donation, FundMember
from fund.transitions.donations import GIFTS


class CountedFilter(admin.SimpleListFilter):
    title = _("how far it is")
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [("waiting", _("waits for counting")), ("booked", _("booked")), ("refused", _("refused"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.filter(entry=None, refusal="")
        if self.value() == "booked":
            return queryset.exclude(entry=None)
        return queryset.exclude(refusal="") if self.value() == "refused" else queryset


@admin.register(Donation)
class DonationAdmin(PrintsPapers, DonationImportPages, TransitionsAdmin, ScopedAdmin):
    papers = (RECEIPT,)
    form = DonationForm
    list_display = ["number", "donated_on", "donor", "source", "amount", "publicity", "is_returned", "pot"]
    list_filter = [CountedFilter, "pot", "source", "publicity", "method"]
    list_select_related = ["pot"]
    search_fields = ["donor", "receipt_no", "remark"]
    search_help_text = _("Donor or receipt number")
    date_hierarchy = "donated_on"
    autocomplete_fields = ["donor_member"]
    fieldsets = [
        (None, {"fields": ["pot", "donated_on", "donor", "donor_member", "source", "method", "amount", "goods"]}),
        (_("The donor's wish"), {"fields": ["publicity", "consent", "purpose", "phone"]}),
        (_("Paper"), {"fields": ["handler", "remark", "once"]}),
    ]
    registered = ["handler", "remark", "collection", "registered_by", "counted_by", "refusal"]
    settled_paper = (_("Paper"), {"fields": ["receipt_no", "spoilt", *registered, "entry", "returned_entry"]})
    transitions = GIFTS

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets[:-1], self.settled_paper] if obj and not obj.waits_for_counting else fieldsets

    def get_readonly_fields(self, request, obj=None):
        shown = [
            "spoilt",
            "collection",
            "registered_by",
            "counted_by",
            "refusal",
            "entry",
            "returned_entry",
            "receipt_no",
        ]
        return [*super().get_readonly_fields(request, obj), *shown]

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.waits_for_counting) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # A gift taken down stays in the register; it is refused instead.
        return False

    @admin.display(description=_("receipt number"), ordering="receipt_no")
    def number(self, obj):
        return str(obj)

    @admin.display(description=_("void receipts"))
    def spoilt(self, obj):
        return ", ".join(f"{void.number} ({void.reason})" for void in obj.void_receipts.all()) or "—"

    @admin.display(description=_("returned"), boolean=True)
    def is_returned(self, obj):
        return obj.returned_entry_id is not None

    def facts_of(self, record):
        return [
            *([(_("receipt number"), record.receipt_no)] if record.receipt_no else []),
            (_("donor"), record.donor),
            (_("amount (yuan)"), yuan(record.amount)),
        ]

    def save_model(self, request, obj, form, change):
        registered = actions.register_donation(obj, by=request.user, key=None if change else form.key)
        obj.__dict__.update(registered.__dict__)


@admin.register(FundMember)
class FundMemberAdmin(JoiningPages, ScopedAdmin):
    list_display = ["name", "kind", "joined_on", "left_on", "pot"]
    list_filter = ["pot", "kind"]
    list_select_related = ["pot"]
    search_fields = ["name"]
    date_hierarchy = "joined_on"
    autocomplete_fields = ["member"]
