"""Entries in the office: booked and reversed, never edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from config.kit.admin.base import ScopedPlainAdmin
from config.kit.workflow.admin import TransitionsAdmin
from fund.ledger.actions import book_by_hand
from fund.ledger.forms import EntryForm
from fund.ledger.models import Entry
from fund.ledger.transitions import ENTRIES


@admin.register(Entry)
class EntryAdmin(TransitionsAdmin, ScopedPlainAdmin):
    form = EntryForm
    list_display = ["number", "booked_on", "side", "what", "summary", "amount", "pot"]
    list_filter = ["pot"]
    list_select_related = ["pot", "debit", "credit"]
    search_fields = ["summary"]
    date_hierarchy = "booked_on"
    ordering = ["-booked_on", "-id"]
    fieldsets = [
        (None, {"fields": ["pot", "credit", "debit", "amount", "booked_on", "happened_on", "summary", "once"]}),
    ]
    booked_fieldsets = [
        (
            None,
            {
                "fields": [
                    "pot", "number", "credit", "debit", "amount", "persons", "booked_on", "happened_on",
                    "summary",
                ]
            },
        ),
        (_("Proof"), {"fields": ["reverses", "recorded_by", "recorded_at", "previous_digest", "digest"]}),
    ]  # fmt: skip
    transitions = ENTRIES

    def get_fieldsets(self, request, obj=None):
        return self.booked_fieldsets if obj else self.fieldsets

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("income or spending"))
    def side(self, obj):
        for account in (obj.debit, obj.credit):
            if not account.is_asset:
                return account.get_kind_display()
        return _("moved inside the pot")

    @admin.display(description=_("kind"))
    def what(self, obj):
        return next((account.label for account in (obj.credit, obj.debit) if not account.is_asset), "—")

    def facts_of(self, record):
        return [
            (_("number"), record.number),
            (pgettext("ledger", "summary"), record.summary),
            (_("amount (yuan)"), record.amount),
        ]

    def save_model(self, request, obj, form, change):
        entry = book_by_hand(
            pot=obj.pot,
            debit=obj.debit,
            credit=obj.credit,
            amount=obj.amount,
            booked_on=obj.booked_on,
            happened_on=obj.happened_on,
            summary=obj.summary,
            by=request.user,
            key=form.key,
        )
        obj.__dict__.update(entry.__dict__)
