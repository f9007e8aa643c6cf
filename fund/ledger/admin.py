"""Entries in the office: booked and reversed, never edited."""

from django.contrib import admin
from django.db.models import Case, ExpressionWrapper, F, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from config.kit.admin.base import ScopedPlainAdmin
from config.kit.lists.totals import ListTotal
from config.kit.money import MoneyField
from config.kit.money_columns import money_display
from config.kit.workflow.admin import TransitionsAdmin
from fund.ledger.actions import book_by_hand
from fund.ledger.forms import EntryForm
from fund.ledger.models import Account, Entry
from fund.ledger.transitions import ENTRIES


def _net(adding, taking, kind):
    """Yuan of an entry as its accounts of a kind see it: added on one side, taken away on the other."""
    taken = ExpressionWrapper(F("amount") * -1, MoneyField())
    return Case(
        When(**{f"{adding}__kind": kind}, then="amount"),
        When(**{f"{taking}__kind": kind}, then=taken),
        output_field=MoneyField(),
    )


@admin.register(Entry)
class EntryAdmin(TransitionsAdmin, ScopedPlainAdmin):
    form = EntryForm
    list_display = ["number", "booked_on", "what", "summary", "moved", "pot"]
    list_counted = ngettext_lazy("%(count)s entry", "%(count)s entries", "count")
    add_label = _("Book an entry")
    # A red entry takes away what it reverses; money that only changes its place is neither.
    list_totals = [
        ListTotal(_("income %(sum)s yuan, less what was reversed"), _net("credit", "debit", Account.Kind.INCOME)),
        ListTotal(_("spending %(sum)s yuan, less what was reversed"), _net("debit", "credit", Account.Kind.EXPENSE)),
    ]
    list_totals_within = ["pot"]
    list_filter = ["pot"]
    list_select_related = ["pot", "debit", "credit"]
    search_fields = ["summary"]
    search_help_text = _("Words of the summary")
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
    def what(self, obj):
        for account in (obj.credit, obj.debit):
            if not account.is_asset:
                side = account.get_kind_display()
                side = _("%(kind)s reversed") % {"kind": side} if obj.reverses_id else side
                return _("%(label)s: %(value)s") % {"label": side, "value": account.label}
        return _("moved inside the pot")

    @money_display(description=_("amount (yuan)"), ordering="amount")
    def moved(self, obj):
        """A red entry stands below zero, as in the day book."""
        return -obj.amount if obj.reverses_id else obj.amount

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
