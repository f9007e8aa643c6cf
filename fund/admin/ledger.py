"""Pots, accounts and entries in the office: entries are booked and reversed, never edited."""

from django.contrib import admin
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from config.kit.money import ZERO, yuan
from config.kit.scoped_admin import ScopedAdmin, ScopedPlainAdmin, ScopedTabularInline, ViewOnly
from config.kit.workflow.admin import TransitionsAdmin
from fund import actions
from fund.admin.books import BookPages
from fund.admin.papers import VOUCHER, PrintsPapers
from fund.forms.books import EntryForm
from fund.models import Account, Entry, Pot
from fund.transitions.bookkeeping import ENTRIES


class AccountInline(ViewOnly, ScopedTabularInline):
    model = Account
    fields = ["kind", "label"]
    readonly_fields = ["label"]

    @admin.display(description=_("name of the account"))
    def label(self, obj):
        return obj.label


@admin.register(Pot)
class PotAdmin(BookPages, ScopedAdmin):
    list_display = ["name", "kind", "organization", "branch", "opened_on", "holds"]
    list_filter = ["kind", "organization"]
    list_select_related = ["organization", "branch"]
    search_fields = ["name", "code"]
    # Sums beside the rows make the database forget the order of the model.
    ordering = ["organization_id", "id"]
    fields = ["name", "kind", "organization", "branch", "code", "opened_on", "rhythm", "notice_prefix"]
    inlines = [AccountInline]

    def get_queryset(self, request):
        held = Q(accounts__kind=Account.Kind.ASSET)
        return (
            super()
            .get_queryset(request)
            .annotate(
                moved_in=Sum("accounts__month_totals__debit", filter=held),
                moved_out=Sum("accounts__month_totals__credit", filter=held),
            )
        )

    def get_readonly_fields(self, request, obj=None):
        # Entries and statements are chained to these; another pot is opened instead.
        fixed = ["kind", "organization", "branch", "code", "opened_on"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pot = self.get_object(request, object_id)
        links = self.book_links(request, pot) if pot else []
        return super().change_view(request, object_id, form_url, {"links": links, **(extra_context or {})})

    @admin.display(description=_("balance (yuan)"))
    def holds(self, obj):
        return yuan((obj.moved_in or ZERO) - (obj.moved_out or ZERO))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            actions.add_standard_accounts(obj)


@admin.register(Entry)
class EntryAdmin(PrintsPapers, TransitionsAdmin, ScopedPlainAdmin):
    papers = (VOUCHER,)
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
                    "pot",
                    "number",
                    "credit",
                    "debit",
                    "amount",
                    "persons",
                    "booked_on",
                    "happened_on",
                    "summary",
                ]
            },
        ),
        (_("Proof"), {"fields": ["reverses", "recorded_by", "recorded_at", "previous_digest", "digest"]}),
    ]
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
            (_("amount (yuan)"), yuan(record.amount)),
        ]

    def save_model(self, request, obj, form, change):
        entry = actions.book_by_hand(
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
