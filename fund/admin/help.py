"""Cases, condolence rounds and allowance runs in the office: each shows who must act next."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from config.kit.money import ZERO, yuan
from config.kit.refusals import ShowsRefusals
from config.kit.scoped_admin import ScopedAdmin, ScopedTabularInline
from fund import actions
from fund.admin.acts import Act, ActsAdmin
from fund.forms import CaseForm
from fund.models import AllowanceLine, AllowanceRun, AssistanceCase, CondolenceRound, CondolenceVisit
from fund.models.help import Step
from members.forms import FullViewForm


def act_of(name):
    def run(record, by, **data):
        actions.act(record, name, by=by, on=data.get("day"), amount=data.get("amount"))

    return run


def reject(record, by, *, reason):
    actions.reject(record, by=by, reason=reason)


def at(state):
    return lambda record: record.state == state


def proposer(record):
    return (record.proposed_by_id,)


def proposer_and_approver(record):
    return (record.proposed_by_id, record.approved_by_id)


def path_acts(model, *, approve_asks=()):
    """The steps that cases, rounds and runs share."""

    def right(act):
        return f"fund.{act}_{model._meta.model_name}"

    return (
        Act(
            name="propose",
            label=_("Hand in"),
            permission=right("propose"),
            explains=_("It can no longer be edited then. You will neither approve nor pay it."),
            offered=at(Step.DRAFT),
            run=act_of("propose"),
        ),
        Act(
            name="approve",
            label=_("Approve"),
            permission=right("approve"),
            explains=_("Somebody else will pay it."),
            offered=at(Step.PROPOSED),
            run=act_of("approve"),
            asks=approve_asks,
            initial=lambda record: {"amount": getattr(record, "applied_amount", None)},
            hands=proposer,
        ),
        Act(
            name="reject",
            label=_("Reject"),
            permission=right("approve"),
            explains=_("The reason is kept."),
            offered=at(Step.PROPOSED),
            run=reject,
            asks=("reason",),
            hands=proposer,
        ),
        Act(
            name="pay",
            label=_("Pay"),
            permission=right("pay"),
            explains=_("The money leaves the pot and stands in the ledger at once."),
            offered=at(Step.APPROVED),
            run=act_of("pay"),
            asks=("day",),
            hands=proposer_and_approver,
        ),
    )


class PathAdmin(ShowsRefusals, ActsAdmin, ScopedAdmin):
    """A record is edited while it is being written; from then on only its steps change it."""

    progress = ["state", "proposed_by", "approved_by", "rejection", "paid_by", "paid_on", "entry"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.progress]

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.state == Step.DRAFT) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return (obj is None or obj.state == Step.DRAFT) and super().has_delete_permission(request, obj)


@admin.register(AssistanceCase)
class AssistanceCaseAdmin(PathAdmin):
    form = CaseForm
    list_display = ["number", "applicant", "branch", "applied_on", "amount", "state"]
    list_filter = ["state", "pot", "branch", "category"]
    list_select_related = ["branch", "pot"]
    search_fields = ["case_no", "unit"]
    search_help_text = _("Case number")
    date_hierarchy = "applied_on"
    autocomplete_fields = ["beneficiary_member"]
    acts = path_acts(AssistanceCase, approve_asks=("day", "amount"))
    progress = ["case_no", "applicant", "state", "proposed_by", "approved_amount", "approved_on", "approved_by"] + [
        "rejection",
        "paid_by",
        "paid_on",
        "entry",
    ]
    fieldsets = [
        (
            _("Applicant"),
            {"fields": ["pot", "applied_on", "applicant", "beneficiary", "beneficiary_member", "branch", "unit"]},
        ),
        (_("Application"), {"fields": ["category", "hardship", "reason", "phone", "applied_amount", "method"]}),
        (_("How far it is"), {"fields": ["case_no", *progress[2:]]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """The name is typed in an encrypted field and read beside it; whoever only reads needs the second alone."""
        fieldsets = super().get_fieldsets(request, obj)
        dropped = "applicant" if obj is None else "beneficiary_recorded"
        return [
            (title, options | {"fields": [field for field in options["fields"] if field != dropped]})
            for title, options in fieldsets
        ]

    def get_urls(self):
        full = path("<int:pk>/full/", self.admin_site.admin_view(self.full_view), name="fund_assistancecase_full")
        return [full, *super().get_urls()]

    def record_context(self, request, record):
        if record and request.user.has_perm("fund.view_private_assistancecase"):
            return {"full_address": reverse("admin:fund_assistancecase_full", args=[record.pk])}
        return {}

    def full_view(self, request, pk):
        """The difficulty in full: asks for a reason, writes it down, shows once."""
        case = self.get_object(request, str(pk))
        if case is None:
            raise Http404
        if not request.user.has_perm("fund.view_private_assistancecase"):
            raise PermissionDenied
        form = FullViewForm(request.POST or None)
        shown = []
        if request.method == "POST" and form.is_valid():
            actions.log_full_view(case, by=request.user, reason=form.cleaned_data["reason"])
            shown = [
                (_("applicant"), case.beneficiary),
                (_("phone"), case.phone),
                (_("kind of difficulty"), case.get_hardship_display()),
                (_("difficulty and reasons"), case.reason),
            ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": case,
            "title": _("Private data of %(case)s") % {"case": case},
            "form": form,
            "shown": shown,
            "back": self.address_after(request, case),
        }
        response = TemplateResponse(request, "admin/full_view.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    @admin.display(description=_("case number"), ordering="case_no")
    def number(self, obj):
        return str(obj)

    @admin.display(description=_("applicant"))
    def applicant(self, obj):
        return obj.beneficiary or "—"

    @admin.display(description=_("amount (yuan)"))
    def amount(self, obj):
        return yuan(obj.approved_amount or obj.applied_amount)

    def facts_of(self, record):
        return [
            (_("applicant"), record.beneficiary),
            (_("category"), record.get_category_display()),
            (_("amount (yuan)"), yuan(record.approved_amount or record.applied_amount)),
            (_("how it is paid"), record.get_method_display()),
        ]


class ListInline(ScopedTabularInline):
    """The people of a list: edited while the list is being written."""

    def _is_open(self, request, obj):
        return obj is None or obj.state == Step.DRAFT

    def has_add_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_delete_permission(request, obj)


class CondolenceVisitInline(ListInline):
    model = CondolenceVisit
    fields = ["who", "name", "member", "category", "branch", "unit", "amount"]
    readonly_fields = ["who"]
    autocomplete_fields = ["member"]

    def get_fields(self, request, obj=None):
        # The name is typed in an encrypted field and read beside it.
        fields = super().get_fields(request, obj)
        return fields if self._is_open(request, obj) else [field for field in fields if field != "name"]

    @admin.display(description=_("who"))
    def who(self, obj):
        return obj.name or "—"


def sums(people):
    amounts = [one.amount for one in people]
    return [(_("how many people"), len(amounts)), (_("amount (yuan)"), yuan(sum(amounts, ZERO)))]


@admin.register(CondolenceRound)
class CondolenceRoundAdmin(PathAdmin):
    list_display = ["season", "visited_on", "state", "paid_on", "pot"]
    list_filter = ["state", "season", "pot"]
    list_select_related = ["pot"]
    date_hierarchy = "visited_on"
    inlines = [CondolenceVisitInline]
    acts = path_acts(CondolenceRound)
    fieldsets = [
        (None, {"fields": ["pot", "season", "visited_on", "visitors", "method", "remark"]}),
        (_("How far it is"), {"fields": PathAdmin.progress}),
    ]

    def facts_of(self, record):
        return [(_("occasion"), record.get_season_display()), *sums(record.visits.all())]


class AllowanceLineInline(ListInline):
    model = AllowanceLine
    fields = ["name", "branch", "post", "amount"]


@admin.register(AllowanceRun)
class AllowanceRunAdmin(PathAdmin):
    list_display = ["month", "state", "paid_on", "pot"]
    list_filter = ["state", "pot"]
    list_select_related = ["pot"]
    inlines = [AllowanceLineInline]
    acts = path_acts(AllowanceRun)
    fieldsets = [
        (None, {"fields": ["pot", "month", "method"]}),
        (_("How far it is"), {"fields": PathAdmin.progress}),
    ]

    def facts_of(self, record):
        return [(_("month"), str(record)), *sums(record.lines.all())]
