"""The rule of the allowance and the lists of each month in the office."""

from django.contrib import admin
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from config.kit import clock
from config.kit.admin.base import ScopedAdmin
from config.kit.workflow.admin import TransitionsAdmin
from config.kit.workflow.transitions import Transition
from fund.help.allowances.actions import missing_months
from fund.help.allowances.models import AllowanceLine, AllowanceRule, AllowanceRun
from fund.help.allowances.transitions import ALLOWANCES
from fund.help.list_admin import ListInline, PathAdmin, PeopleColumns, sums

ALLOWANCE_RULES = (
    Transition(
        "prepare",
        _("Prepare the list of the oldest missing month"),
        _("One line for each secretary in post; look it through, then hand it in."),
        "fund.add_allowancerun",
        "fund.help.allowances.actions.prepare_oldest_missing",
        applies=lambda rule: bool(missing_months(rule, today=clock.today())),
        done=lambda run: (
            _("The list of %(month)s is made: %(count)s people.")
            % {"month": f"{run.month:%Y-%m}", "count": run.lines.count()}
        ),
    ),
)


@admin.register(AllowanceRule)
class AllowanceRuleAdmin(TransitionsAdmin, ScopedAdmin):
    list_display = ["pot", "starts_on", "amount", "full_month_day", "newest_list"]
    list_counted = ngettext_lazy("%(count)s rule", "%(count)s rules", "count")
    add_label = _("Add an allowance rule")
    list_select_related = ["pot__organization"]
    readonly_fields = ["missing"]
    transitions = ALLOWANCE_RULES

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["pot"] if obj else [])]

    def get_queryset(self, request):
        newest = Max("pot__allowance_runs__month", filter=~Q(pot__allowance_runs__state="rejected"))
        return super().get_queryset(request).annotate(newest_month=newest).order_by("pot")

    @admin.display(description=_("newest list"))
    def newest_list(self, obj):
        return f"{obj.newest_month:%Y-%m}" if obj.newest_month else "—"

    @admin.display(description=_("missing months"))
    def missing(self, obj):
        # As it is stored: a form that was refused shows this too, with whatever was typed into it.
        rule = AllowanceRule.objects.select_related("pot").filter(pk=obj.pk).first()
        months = missing_months(rule, today=clock.today()) if rule else []
        shown = pgettext("between parts", ", ").join(f"{month:%Y-%m}" for month in months[:6])
        return (f"{shown} …" if len(months) > 6 else shown) or "—"

    def facts_of(self, record):
        return [(_("missing months"), self.missing(record)), (_("yuan a month"), record.amount)]

    def address_after(self, request, record):
        return reverse("admin:fund_allowancerun_changelist")


class AllowanceLineInline(ListInline):
    model = AllowanceLine
    fields = ["name", "branch", "post", "amount"]


@admin.register(AllowanceRun)
class AllowanceRunAdmin(PeopleColumns):
    list_display = ["month", "how_many", "amount", "state", "paid_on", "pot"]
    list_counted = ngettext_lazy("%(count)s list", "%(count)s lists", "count")
    add_label = _("Prepare an allowance list")
    lines_of = (AllowanceLine, "run")
    list_filter = ["state", "pot"]
    list_select_related = ["pot"]
    inlines = [AllowanceLineInline]
    transitions = ALLOWANCES
    fieldsets = [
        (None, {"fields": ["pot", "month", "method"]}),
        (_("How far it is"), {"fields": PathAdmin.progress}),
    ]

    def facts_of(self, record):
        return [(_("month"), str(record)), *sums(record.lines.all())]
