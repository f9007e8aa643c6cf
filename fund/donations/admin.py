"""Gifts and collection days in the office: registered by one, counted by another, then booked."""

import re
from dataclasses import replace
from uuid import uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BooleanField, Case, Count, Q, Sum, When
from django.forms import formset_factory
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit import clock
from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly
from config.kit.lists.states import StateWords
from config.kit.lists.totals import ListTotal
from config.kit.money import ZERO
from config.kit.money_columns import money_display
from config.kit.refusals import sentences
from config.kit.workflow.admin import TransitionsAdmin
from fund.donations.actions import register_collection, register_donation, sum_to_count
from fund.donations.forms import CollectionStartForm, DonationForm, FundMemberForm, GiftForm
from fund.donations.import_admin import DonationImportPages
from fund.donations.joining import JoiningPages
from fund.donations.models import Collection, Donation, FundMember
from fund.donations.transitions import COLLECTIONS, GIFTS, counts_blind
from members.models import Member

# Where a gift stands: its money came, went back, waits on the table, or was never taken.
BOOKED, WAITING, KEPT = Q(entry__isnull=False), Q(entry=None, refusal=""), Q(returned_entry=None)


# The sum of what waits, and the rows alone of what its reader is to count.
UNCOUNTED, TO_COUNT = _("waiting to be counted %(rows)s, %(sum)s yuan"), _("for you to count: %(rows)s")

BEFORE_COUNT = _("not shown before the count")


class CountsBlind(admin.ModelAdmin):
    """Admin mixin: a list tells no amount of what its reader may count and another took down; `waiting` says what waits."""

    waiting = WAITING

    def get_queryset(self, request):
        may_count = request.user.has_perm(self.transitions["count"].permission)
        blind = self.waiting & ~Q(registered_by=request.user.pk) if may_count else Q(pk__in=())
        blind = Case(When(blind, then=True), default=False, output_field=BooleanField())
        return super().get_queryset(request).annotate(is_blind=blind)

    def totals_for(self, request):
        seen = [
            replace(row, when=row.when & Q(is_blind=False)) if row.words is UNCOUNTED else row
            for row in super().totals_for(request)
        ]
        return [*seen, ListTotal(TO_COUNT, seen[0].of, Q(is_blind=True))]


class CountedFilter(admin.SimpleListFilter):
    title = _("how far it is")
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [("waiting", _("waits for counting")), ("booked", _("booked")), ("refused", _("refused"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.filter(WAITING)
        if self.value() == "booked":
            return queryset.filter(BOOKED)
        return queryset.exclude(refusal="") if self.value() == "refused" else queryset


@admin.register(Donation)
class DonationAdmin(DonationImportPages, CountsBlind, TransitionsAdmin, ScopedAdmin):
    form = DonationForm
    edited_by_block = False
    first_fields = ("donated_on", "donor_member", "donor", "source", "method", "amount", "publicity")
    list_display = ["number", "donated_on", "donor", "source", "seen_amount", "publicity", "stage", "pot"]
    list_counted = ngettext_lazy("%(count)s gift", "%(count)s gifts", "count")
    add_label = _("Register a gift")
    list_totals = [
        ListTotal(_("booked %(rows)s, %(sum)s yuan"), "amount", BOOKED & KEPT),
        ListTotal(UNCOUNTED, "amount", WAITING),
        ListTotal(_("returned %(rows)s, %(sum)s yuan"), "amount", BOOKED & ~KEPT),
        ListTotal(_("refused %(rows)s, %(sum)s yuan"), "amount", ~Q(refusal="")),
    ]
    list_totals_within = ["pot"]
    list_filter = [CountedFilter, "pot", "source", "publicity", "method"]
    list_select_related = ["pot"]
    search_fields = ["donor", "receipt_no", "remark", "donor_member__latin_keys"]
    found_values = ["receipt_no", "donor", "donated_on", "pot__name"]
    search_help_text = _("Donor or receipt number")
    date_hierarchy = "donated_on"
    autocomplete_fields = ["donor_member"]
    fieldsets = [
        (None, {"fields": ["pot", "donated_on", "donor", "donor_member", "source", "method", "amount", "goods"]}),
        (_("The donor's wish"), {"fields": ["publicity", "consent", "purpose", "phone"]}),
        (_("Paper"), {"fields": ["handler", "remark", "once"]}),
    ]
    registered = ["handler", "remark", "collection", "registered_by", "counted_by", "refusal"]
    # The key of a sending is for a new gift alone.
    waiting_paper = (_("Paper"), {"fields": ["handler", "remark"]})
    settled_paper = (_("Paper"), {"fields": ["receipt_no", "spoilt", *registered, "entry", "returned_entry"]})
    transitions = GIFTS

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        fieldsets = [*fieldsets[:-1], self.waiting_paper if obj.waits_for_counting else self.settled_paper]
        if not counts_blind(GIFTS, obj, request.user) or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, options | {"fields": [name for name in options["fields"] if name != "amount"]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        shown = [
            "spoilt", "collection", "registered_by", "counted_by", "refusal", "entry", "returned_entry",
            "receipt_no",
        ]  # fmt: skip
        return [*super().get_readonly_fields(request, obj), *shown]

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.waits_for_counting) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # A gift taken down stays in the register; it is refused instead.
        return False

    @admin.display(description=_("receipt number"), ordering="receipt_no")
    def number(self, obj):
        return str(obj)

    @money_display(description=_("amount (yuan)"), ordering="amount", empty_value=BEFORE_COUNT)
    def seen_amount(self, obj):
        return None if obj.is_blind else obj.amount

    @admin.display(description=_("void receipts"))
    def spoilt(self, obj):
        return ", ".join(f"{void.number} ({void.reason})" for void in obj.void_receipts.all()) or "—"

    @admin.display(description=_("how far it is"))
    def stage(self, obj):
        if obj.returned_entry_id:
            return StateWords("void", _("returned"))
        if obj.is_booked:
            return StateWords("done", _("booked"))
        return StateWords("void", _("refused")) if obj.refusal else StateWords("open", _("waits for counting"))

    def facts_of(self, record):
        return [
            *([(_("receipt number"), record.receipt_no)] if record.receipt_no else []),
            (_("donor"), record.donor),
            # Whoever counts does not read the figure before.
            *([] if record.waits_for_counting else [(_("amount (yuan)"), record.amount)]),
        ]

    def save_model(self, request, obj, form, change):
        registered = register_donation(obj, by=request.user, key=None if change else form.key)
        obj.__dict__.update(registered.__dict__)


@admin.register(FundMember)
class FundMemberAdmin(JoiningPages, ScopedAdmin):
    list_display = ["name", "kind", "joined_on", "left_on", "pot"]
    list_counted = ngettext_lazy("%(count)s person", "%(count)s persons", "count")
    add_label = _("Add a fund member")
    list_filter = ["pot", "kind"]
    list_select_related = ["pot"]
    search_fields = ["name", "member__latin_keys"]
    found_values = ["name", "kind", "joined_on", "pot__name"]
    search_help_text = _("Name")
    date_hierarchy = "joined_on"
    autocomplete_fields = ["member"]
    form = FundMemberForm


BLANK_LINES = 5
Gifts = formset_factory(GiftForm, extra=0, max_num=1000)


class GiftInline(ViewOnly, ScopedTabularInline):
    model = Donation
    fields = ["receipt", "donor", "amount", "method", "publicity"]
    readonly_fields = ["receipt"]
    summed = "amount"

    def get_queryset(self, request):
        # As they stand on the paper.
        return super().get_queryset(request).order_by("id")

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        is_blind = obj is not None and counts_blind(COLLECTIONS, obj, request.user)
        return [name for name in fields if name != "amount"] if is_blind else fields

    def is_summed(self, gift):
        return not gift.refusal and not gift.returned_entry_id

    @admin.display(description=_("receipt number"))
    def receipt(self, obj):
        return str(obj)


@admin.register(Collection)
class CollectionAdmin(CountsBlind, TransitionsAdmin, ScopedAdmin):
    list_display = ["collected_on", "branch", "gifts", "amount", "stage", "pot"]
    list_counted = ngettext_lazy("%(count)s collection", "%(count)s collections", "count")
    add_label = _("Register a collection")
    list_totals = [
        ListTotal(_("counted %(rows)s, %(sum)s yuan"), "gathered", Q(counted_by__isnull=False)),
        ListTotal(UNCOUNTED, "gathered", Q(counted_by=None)),
    ]
    list_totals_within = ["pot"]
    list_filter = ["pot", "branch"]
    list_select_related = ["pot", "branch"]
    date_hierarchy = "collected_on"
    fields = ["pot", "branch", "collected_on", "registered_by", "counted_by"]
    readonly_fields = ["registered_by", "counted_by"]
    inlines = [GiftInline]
    transitions = COLLECTIONS
    waiting = Q(counted_by=None)

    def get_queryset(self, request):
        """With how many gifts were taken on the day, and their yuan; neither refused nor returned ones."""
        taken = Q(donations__refusal="", donations__returned_entry=None)
        return (
            super()
            .get_queryset(request)
            .annotate(taken=Count("donations", filter=taken), gathered=Sum("donations__amount", filter=taken))
            .order_by(*self.opts.ordering)
        )

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("gifts"))
    def gifts(self, obj):
        return obj.taken

    @money_display(description=_("amount (yuan)"), empty_value=BEFORE_COUNT)
    def amount(self, obj):
        return None if obj.is_blind else obj.gathered or ZERO

    @admin.display(description=_("how far it is"))
    def stage(self, obj):
        return StateWords("done", _("counted")) if obj.is_counted else StateWords("open", _("waits for counting"))

    def facts_of(self, record):
        number, _sum = sum_to_count(record)
        return [(_("collection day"), record.collected_on), (_("branch"), record.branch or "—"), (_("gifts"), number)]

    def get_urls(self):
        lines = path("add/lines/", self.admin_site.admin_view(self.lines_view), name="fund_collection_lines")
        return [lines, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """First the branch and the day; the lines follow on the next page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CollectionStartForm(
            request.GET if "day" in request.GET else None, user=request.user, initial={"day": clock.today()}
        )
        if form.is_valid():
            asked = request.GET.copy()
            # Yesterday would be another day tomorrow.
            asked["day"] = form.cleaned_data["day"].isoformat()
            return HttpResponseRedirect(f"{reverse('admin:fund_collection_lines')}?{asked.urlencode()}")
        return self._page(request, "fund/admin/collection_start.html", title=_("Collection day"), form=form)

    def lines_view(self, request):
        """One line for each fund member of the branch and some blank ones; what has no amount is left out."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        start = CollectionStartForm(request.GET, user=request.user)
        if not start.is_valid():
            return HttpResponseRedirect(reverse("admin:fund_collection_add"))
        pot, branch, day = (start.cleaned_data[name] for name in ("pot", "branch", "day"))
        once = request.POST.get("once", "")
        if not re.fullmatch(r"\w{1,40}", once):
            # Not of this page: cut short it could be the key of other gifts.
            once = ""
        listed = set(self._members(pot, branch).values_list("member", flat=True))
        asked = {"listed": listed, "roster": self._roster(request, listed)}
        lines = Gifts(request.POST or None, initial=self._initial(pot, branch), form_kwargs=asked)
        if request.method == "POST" and lines.is_valid():
            gifts = [gift for gift in (line.gift() for line in lines) if gift]
            try:
                collection = register_collection(
                    Collection(pot=pot, branch=branch, collected_on=day),
                    gifts,
                    by=request.user,
                    key=f"collection-{once}" if once else None,
                )
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    messages.error(request, sentence)
            else:
                messages.success(request, _("Registered. Now a second person counts it and writes the sum."))
                return HttpResponseRedirect(reverse("admin:fund_collection_change", args=[collection.pk]))
        context = {"lines": lines, "pot": pot, "branch": branch, "day": day, "key": once or uuid4().hex}
        return self._page(request, "fund/admin/collection_lines.html", title=_("Gifts of the day"), **context)

    def _members(self, pot, branch):
        members = FundMember.objects.filter(pot=pot, left_on=None).select_related("member")
        return members.filter(member__branch=branch).order_by("name", "id") if branch else members.none()

    def _roster(self, request, listed):
        """Who may be meant by a name typed into a blank line: the people of the list, and whom this user sees on the roster."""
        known = Q(pk__in=listed)
        if request.user.has_perm("members.view_member"):
            known |= Q(pk__in=Member.objects.visible_to(request.user).on_roll().values("pk"))
        return Member.objects.filter(known)

    def _initial(self, pot, branch):
        known = [{"member": row.member_id, "donor": row.name} for row in self._members(pot, branch)]
        return known + [{} for _place in range(BLANK_LINES)]

    def _page(self, request, template, **context):
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )
