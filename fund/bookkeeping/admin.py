"""Pots and their books in the office: day book, account view, budget, cash counts, the bank's lists."""

import calendar
import re
from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from config.kit.admin.base import ScopedAdmin, ScopedPlainAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly
from config.kit.dates import year_in
from config.kit.lists.states import StateWords
from config.kit.lists.totals import ListTotal
from config.kit.money import ZERO
from config.kit.money_columns import money_display
from config.kit.refusals import sentences
from config.kit.workflow.admin import TransitionsAdmin
from fund.bookkeeping import queries
from fund.bookkeeping.actions import count_cash, fits, free_entries, match_line, take_bank_list, unmatch_line
from fund.bookkeeping.forms import BankListForm, BudgetForm, CashCountForm
from fund.bookkeeping.models import BankLine, BankStatement, Budget, CashCount
from fund.bookkeeping.transitions import CASH_COUNTS
from fund.ledger.actions import add_standard_accounts
from fund.ledger.models import Account, Entry, Pot


def asked_span(query, newest):
    """First and last day of the month (`2018-06`) or year (`2018`) an address asks for, else of the newest month."""
    text = query.get("span", "")
    named, _dash, month = text.partition("-")
    year = year_in(named)
    if year:
        if re.fullmatch(r"[0-9]{1,2}", month) and 1 <= int(month) <= 12:
            return month_span(year, int(month))
        if not month:
            return date(year, 1, 1), date(year, 12, 31)
    return month_span(newest.year, newest.month)


def month_span(year, month):
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


class BookPages(admin.ModelAdmin):
    """What `PotAdmin` takes on: pages of a pot's books, for whoever may read its entries."""

    def get_urls(self):
        def page(address, view, name):
            return path(address, self.admin_site.admin_view(view), name=f"fund_pot_{name}")

        return [
            page("<int:pk>/day-book/", self.day_book_view, "day_book"),
            page("<int:pk>/account/<int:account>/", self.account_view, "account"),
            page("<int:pk>/budget/", self.budget_view, "budget"),
            *super().get_urls(),
        ]

    def _pot(self, request, pk):
        if not request.user.has_perm("fund.view_entry"):
            raise PermissionDenied
        pot = Pot.objects.at_desk_of(request.user).filter(pk=pk).first()
        if pot is None:
            raise Http404
        return pot

    def book_links(self, request, pot):
        """`(words, address)` of the books of a pot."""
        if not request.user.has_perm("fund.view_entry") or not Pot.objects.at_desk_of(request.user).filter(pk=pot.pk):
            return []
        return [
            (_("Day book"), reverse("admin:fund_pot_day_book", args=[pot.pk])),
            (_("Budget beside what moved"), reverse("admin:fund_pot_budget", args=[pot.pk])),
            *(
                (
                    _("Account: %(account)s") % {"account": account.label},
                    reverse("admin:fund_pot_account", args=[pot.pk, account.pk]),
                )
                for account in pot.accounts.all()
            ),
        ]

    def _span_context(self, pot, query):
        newest = Entry.objects.filter(pot=pot).order_by("-booked_on").values_list("booked_on", flat=True).first()
        first, last = asked_span(query, newest or pot.opened_on)
        years = range((newest or pot.opened_on).year, pot.opened_on.year - 1, -1)
        return {
            "first": first,
            "last": last,
            "span": query.get("span", "")[:7] or f"{first:%Y-%m}",
            "years": years,
            "months": [
                (f"{first.year}-{month:02}", date_format(date(first.year, month, 1), "YEAR_MONTH_FORMAT"))
                for month in range(1, 13)
            ],
        }

    def _page(self, request, template, pot, **context):
        base = self.admin_site.each_context(request)
        return TemplateResponse(request, template, {**base, "opts": self.opts, "pot": pot, **context})

    def day_book_view(self, request, pk):
        pot = self._pot(request, pk)
        span = self._span_context(pot, request.GET)
        book = queries.day_book(pot, span["first"], span["last"])
        return self._page(
            request, "fund/admin/book.html", pot, title=_("Day book"), book=book, is_day_book=True, **span
        )

    def account_view(self, request, pk, account):
        pot = self._pot(request, pk)
        chosen = pot.accounts.filter(pk=account).first()
        if chosen is None:
            raise Http404
        span = self._span_context(pot, request.GET)
        return self._page(
            request,
            "fund/admin/book.html",
            pot,
            title=_("Account: %(account)s") % {"account": chosen.label},
            book=queries.account_book(chosen, span["first"], span["last"]),
            **span,
        )

    def budget_view(self, request, pk):
        pot = self._pot(request, pk)
        span = self._span_context(pot, request.GET)
        lines = queries.budget_of(pot, span["first"].year)
        return self._page(
            request,
            "fund/admin/budget.html",
            pot,
            title=_("Budget beside what moved"),
            sides=[
                (_("Income"), [line for line in lines if line.is_income]),
                (_("Spending"), [line for line in lines if not line.is_income]),
            ],
            year=span["first"].year,
            years=span["years"],
            may_plan=request.user.has_perm("fund.add_budget"),
        )


class AccountInline(ViewOnly, ScopedTabularInline):
    model = Account
    fields = ["kind", "label"]
    readonly_fields = ["label"]

    @admin.display(description=_("name of the account"))
    def label(self, obj):
        return obj.label


@admin.register(Pot)
class PotAdmin(BookPages, ScopedAdmin):
    # No sum: what lies in one pot is never added to another.
    list_display = ["name", "kind", "organization", "branch", "opened_on", "holds"]
    list_counted = ngettext_lazy("%(count)s pot", "%(count)s pots", "count")
    add_label = _("Open a pot")
    list_filter = ["kind", "organization"]
    list_select_related = ["organization", "branch"]
    search_fields = ["name", "code"]
    found_values = ["name", "code"]
    search_help_text = pgettext_lazy("search", "Name")
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

    @money_display(description=_("balance (yuan)"))
    def holds(self, obj):
        return (obj.moved_in or ZERO) - (obj.moved_out or ZERO)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            add_standard_accounts(obj)


@admin.register(Budget)
class BudgetAdmin(ScopedAdmin):
    form = BudgetForm
    list_display = ["account", "year", "amount", "remark", "pot"]
    list_counted = ngettext_lazy("%(count)s budget line", "%(count)s budget lines", "count")
    add_label = _("Add a budget line")
    list_totals = [
        ListTotal(_("planned income %(sum)s yuan"), "amount", Q(account__kind=Account.Kind.INCOME)),
        ListTotal(_("planned spending %(sum)s yuan"), "amount", Q(account__kind=Account.Kind.EXPENSE)),
    ]
    list_totals_within = ["pot", "year"]
    list_filter = ["year", "pot"]
    list_select_related = ["pot", "account"]


@admin.register(CashCount)
class CashCountAdmin(TransitionsAdmin, ScopedAdmin):
    form = CashCountForm
    today_fields = ("counted_on",)
    # No sums here and of bank statements: each amount is what lay there on its day.
    list_display = ["counted_on", "amount", "book_amount", "differs_by", "counters", "pot"]
    list_counted = ngettext_lazy("%(count)s cash count", "%(count)s cash counts", "count")
    add_label = _("Count the cash box")
    list_filter = ["pot"]
    list_select_related = ["pot"]
    date_hierarchy = "counted_on"
    fields = ["pot", "counted_on", "amount", "reason"]
    counted_fields = ["pot", "counted_on", "amount", "book_amount", "differs_by", "reason", "first_by", "second_by"]
    transitions = CASH_COUNTS

    def get_fields(self, request, obj=None):
        return self.counted_fields if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        shown = ["book_amount", "differs_by", "first_by", "second_by"] if obj else []
        return [*super().get_readonly_fields(request, obj), *shown]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @money_display(description=_("differs by (yuan)"))
    def differs_by(self, obj):
        return obj.difference

    @admin.display(description=_("who counted"))
    def counters(self, obj):
        if obj.second_by_id:
            return StateWords("done", _("two people"))
        return StateWords("open", _("waits for the second"))

    def facts_of(self, record):
        return [(_("counted on"), record.counted_on), (_("pot"), record.pot)]

    def save_model(self, request, obj, form, change):
        count_cash(obj, by=request.user)


@admin.register(BankStatement)
class BankStatementAdmin(ScopedPlainAdmin):
    list_display = ["__str__", "closing", "waiting", "uploaded_at", "pot"]
    list_counted = ngettext_lazy("%(count)s bank statement", "%(count)s bank statements", "count")
    add_label = _("Upload a bank statement")
    list_filter = ["pot"]
    list_select_related = ["pot"]
    fields = ["pot", "first_day", "last_day", "closing", "uploaded_by", "uploaded_at"]
    change_form_template = "fund/admin/bank_statement.html"

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        # A wrong file is taken away while nobody has matched a line of it by hand or machine.
        return (obj is None or not obj.lines.exclude(entry=None).exists()) and super().has_delete_permission(
            request, obj
        )

    def get_queryset(self, request):
        waiting = Count("lines", filter=Q(lines__entry=None))
        return super().get_queryset(request).annotate(open_lines=waiting).order_by("-last_day", "-id")

    @admin.display(description=_("lines that wait"))
    def waiting(self, obj):
        return obj.open_lines

    def get_urls(self):
        match = path(
            "<int:pk>/line/<int:line>/", self.admin_site.admin_view(self.line_view), name="fund_bankstatement_line"
        )
        return [match, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        typed = (request.POST, request.FILES) if request.method == "POST" else ()
        form = BankListForm(*typed, user=request.user)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                statement = take_bank_list(form.cleaned_data["pot"], upload.name, upload.read(), by=request.user)
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    form.add_error("file", sentence)
            else:
                messages.success(request, _("The list is stored; lines that only one entry fits are matched."))
                return HttpResponseRedirect(reverse("admin:fund_bankstatement_change", args=[statement.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Upload a list of the bank"),
            "form": form,
        }
        return TemplateResponse(request, "fund/admin/bank_upload.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        statement = self.get_object(request, object_id)
        context = {}
        if statement:
            context = {
                "bank_lines": statement.lines.select_related("entry"),
                "table": queries.reconcile(statement),
                "may_match": request.user.has_perm("fund.match_bankstatement"),
            }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def line_view(self, request, pk, line):
        """One line beside the entries that fit it; a match is made and taken back here."""
        statement = self.get_object(request, str(pk))
        row = (
            BankLine.objects.filter(statement=statement, pk=line).select_related("entry").first() if statement else None
        )
        if row is None:
            raise Http404
        if not request.user.has_perm("fund.match_bankstatement"):
            raise PermissionDenied
        back = reverse("admin:fund_bankstatement_change", args=[statement.pk])
        bank = statement.pot.bank
        fitting = [entry for entry in free_entries(statement, [row]) if fits(row, entry, bank)]
        if request.method == "POST":
            chosen = request.POST.get("entry", "")
            try:
                if row.entry_id:
                    unmatch_line(row, by=request.user)
                else:
                    entry = next((fit for fit in fitting if str(fit.pk) == chosen), None)
                    if entry is None:
                        raise ValidationError(_("Choose one of the entries."))
                    match_line(row, entry, by=request.user)
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    messages.error(request, sentence)
            else:
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": statement,
            "title": _("Line %(row)s of the bank") % {"row": row.row},
            "line": row,
            "fitting": fitting,
            "back": back,
        }
        return TemplateResponse(request, "fund/admin/bank_line.html", context)
