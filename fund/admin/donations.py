"""Donations and fund members in the office: a gift is booked when it is saved, then looked at, returned or unnamed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from config.kit.money import yuan
from config.kit.refusals import ShowsRefusals
from config.kit.scoped_admin import ScopedAdmin
from fund import actions
from fund.admin.acts import Act, ActsAdmin
from fund.admin.imports import DonationImportPages
from fund.forms import DonationForm
from fund.models import Donation, FundMember


def return_gift(donation, by, *, day, reason):
    actions.return_donation(donation, by=by, on=day, reason=reason)
    return _("Receipt %(number)s: %(amount)s yuan returned.") % {
        "number": donation.receipt_no,
        "amount": yuan(donation.amount),
    }


def withdraw(donation, by):
    actions.withdraw_name(donation, by=by)
    return _("The full name has been taken off every statement.")


@admin.register(Donation)
class DonationAdmin(DonationImportPages, ShowsRefusals, ActsAdmin, ScopedAdmin):
    form = DonationForm
    list_display = ["receipt_no", "donated_on", "donor", "source", "amount", "publicity", "is_returned", "pot"]
    list_filter = ["pot", "source", "publicity", "method"]
    list_select_related = ["pot"]
    search_fields = ["donor", "receipt_no", "remark"]
    search_help_text = _("Donor or receipt number")
    date_hierarchy = "donated_on"
    autocomplete_fields = ["donor_member"]
    fieldsets = [
        (None, {"fields": ["pot", "donated_on", "donor", "donor_member", "source", "method", "amount", "goods"]}),
        (_("The donor's wish"), {"fields": ["publicity", "purpose", "phone"]}),
        (_("Paper"), {"fields": ["receipt_no", "handler", "remark", "booked_on", "once"]}),
    ]
    booked_paper = (_("Paper"), {"fields": ["receipt_no", "handler", "remark", "entry", "returned_entry"]})
    acts = (
        Act(
            name="return",
            label=_("Return this gift"),
            permission="fund.return_donation",
            explains=_("The receipt keeps its number; a red entry takes the money back."),
            offered=lambda donation: donation.is_booked and donation.returned_entry_id is None,
            run=return_gift,
            asks=("day", "reason"),
        ),
        Act(
            name="withdraw-name",
            label=_("Take the full name off the statements"),
            permission="fund.add_donation",
            explains=_(
                "The donor no longer wants the full name shown. Part of it stays, and every sheet still verifies."
            ),
            offered=lambda donation: donation.publicity == Donation.Publicity.NAMED,
            run=withdraw,
        ),
    )

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets[:-1], self.booked_paper] if obj and obj.is_booked else fieldsets

    def has_change_permission(self, request, obj=None):
        return (obj is None or not obj.is_booked) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return (obj is None or not obj.is_booked) and super().has_delete_permission(request, obj)

    @admin.display(description=_("returned"), boolean=True)
    def is_returned(self, obj):
        return obj.returned_entry_id is not None

    def facts_of(self, record):
        return [
            (_("receipt number"), record.receipt_no),
            (_("donor"), record.donor),
            (_("amount (yuan)"), yuan(record.amount)),
        ]

    def save_model(self, request, obj, form, change):
        booked = actions.receive_donation(
            obj, by=request.user, key=form.key, booked_on=form.cleaned_data.get("booked_on")
        )
        obj.__dict__.update(booked.__dict__)


@admin.register(FundMember)
class FundMemberAdmin(ScopedAdmin):
    list_display = ["name", "kind", "joined_on", "left_on", "pot"]
    list_filter = ["pot", "kind"]
    list_select_related = ["pot"]
    search_fields = ["name"]
    date_hierarchy = "joined_on"
    autocomplete_fields = ["member"]
