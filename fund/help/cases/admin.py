"""Assistance cases in the office: the file of each, how far it is, who must act next; and who is recused from whose."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from branches.models import Assignment
from config.kit import clock
from config.kit.admin.base import ScopedAdmin
from config.kit.downloads import download
from config.kit.lists.totals import ListTotal
from config.kit.money_columns import money_display
from config.kit.workflow.waiting import next_words
from fund.help.cases import forms as case_forms
from fund.help.cases.attachments import log_full_view
from fund.help.cases.earlier import cases_in_a_year_before, facts_of_check
from fund.help.cases.models import PAID_STATES, URGENT_WAY, USUAL_WAY, AssistanceCase, CasePaper, CaseState
from fund.help.cases.recusals import Recusal
from fund.help.cases.transitions import ATTACH, CASES, OBJECTED
from fund.help.list_admin import PathAdmin
from fund.ledger.models import Pot, branches_served_by


def path_of(case):
    """How far a case is: (words, style) for each state of its way, done, now and to come."""
    way = list(URGENT_WAY if case.is_emergency else USUAL_WAY)
    if case.state not in way:
        # Off the usual way: the states it went through, then where it stands.
        walked = [step.from_state for step in case.steps.all()]
        way = [*dict.fromkeys(walked), case.state]
    here = way.index(case.state)
    return [
        (CaseState(state).label, "path-done" if place < here else "path-now" if place == here else "path-todo")
        for place, state in enumerate(way)
    ]


def _forget_files(papers):
    """Remove the files of papers once their rows are gone for good."""
    files = [(paper.file.storage, paper.file.name) for paper in papers]
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])


# Of every transition that a file may hold; an objection is one of them and no button.
WORDS = {row.name: row.label for row in (*CASES, OBJECTED)}


PROPOSAL_FIELDS = ["case_no", "state", "proposed_by"]
# The file of a case as its page shows it, block by block.
BLOCKS = [
    (_("Applicant"), ["pot", "applied_on", "applicant", *case_forms.APPLICANT_FIELDS[2:]]),
    (_("Application"), [*case_forms.APPLICATION_FIELDS, *PROPOSAL_FIELDS]),
    (
        _("Branch review and check"),
        [
            "reviewed_on", "votes", "agreed_amount", "reviewed_by", "checked_on", "checked_balance",
            "checked_highest", "checked_recent", "exclusions", "checked_by",
        ],
    ),
    (
        _("Approval and notice"),
        [
            "approved_amount", "approved_on", "approved_by", "approved_second_by", "rejection", "notice_from",
            "notice_to",
        ],
    ),
    (
        _("Payment and archive"),
        [
            "paid_on", "paid_by", "entry", "signed_on", "signature", "spot_checked_on", "spot_check_way",
            "spot_checked_by", "file_no", "closed_on",
        ],
    ),
]  # fmt: skip
# What no form writes: those and everything from the branch review on.
WRITTEN_BY_TRANSITIONS = ["applicant", *PROPOSAL_FIELDS, *(name for _title, names in BLOCKS[2:] for name in names)]


# Money that left the pot and was not taken back by a red entry, and money that a case waits for.
PAID = Q(state__in=PAID_STATES, entry__reversed_by=None)
PROMISED = Q(state__in=[CaseState.APPROVED, CaseState.IN_NOTICE, CaseState.PAYABLE])
CASE_STATES = {
    CaseState.DRAFT: "open",
    CaseState.APPLIED: "doing",
    CaseState.BRANCH_AGREED: "doing",
    CaseState.CHECKED: "doing",
    CaseState.APPROVED: "doing",
    CaseState.IN_NOTICE: "doing",
    CaseState.UNDER_REVIEW: "late",
    CaseState.PAYABLE: "doing",
    CaseState.PAID: "done",
    CaseState.RECEIPTED: "done",
    CaseState.CLOSED: "done",
    CaseState.REJECTED: "void",
    CaseState.WITHDRAWN: "void",
}


@admin.register(AssistanceCase)
class AssistanceCaseAdmin(PathAdmin):
    full_view_permission = "fund.view_private_assistancecase"
    form = case_forms.CaseForm
    edited_by_block = False
    first_fields = (
        "beneficiary_member", "beneficiary", "category", "hardship", "reason", "applied_amount", "method",
    )  # fmt: skip
    today_fields = ("applied_on",)
    list_display = ["number", "applicant", "branch", "applied_on", "amount", "state"]
    list_counted = ngettext_lazy("%(count)s case", "%(count)s cases", "count")
    add_label = _("Add an assistance case")
    list_states = {"state": CASE_STATES}
    list_totals = [
        ListTotal(_("paid %(rows)s, %(sum)s yuan"), "entry__amount", PAID),
        ListTotal(_("approved, not paid yet %(rows)s, %(sum)s yuan"), "approved_amount", PROMISED),
    ]
    list_totals_within = ["pot"]
    list_filter = ["state", "is_emergency", "pot", "branch", "category"]
    list_select_related = ["branch", "pot"]
    search_fields = [
        "case_no", "file_no", "unit", "beneficiary_member__name", "beneficiary_member__latin_keys",
    ]  # fmt: skip
    search_help_text = _("Case number, or a member's name")
    found_values = ["case_no", "state", "applied_on", "branch__name"]
    date_hierarchy = "applied_on"
    autocomplete_fields = ["beneficiary_member"]
    transitions = (*CASES, ATTACH)
    progress = WRITTEN_BY_TRANSITIONS
    fieldsets = [(title, {"fields": fields}) for title, fields in BLOCKS]

    def known_values(self, request):
        """The fund too, where this user sees one that helps people."""
        funds = list(Pot.objects.visible_to(request.user).filter(kind=Pot.Kind.MUTUAL_AID).order_by()[:2])
        return super().known_values(request) | ({"pot": funds[0].pk} if len(funds) == 1 else {})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "pot":
            kwargs["queryset"] = Pot.objects.filter(kind=Pot.Kind.MUTUAL_AID)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """The name is typed in an encrypted field and read beside it; blocks that nothing stands in yet are left out."""
        fieldsets = super().get_fieldsets(request, obj)
        dropped = "applicant" if obj is None else "beneficiary_recorded"
        fieldsets = [
            (title, options | {"fields": [field for field in options["fields"] if field != dropped]})
            for title, options in fieldsets
        ]
        return [fieldsets[0], fieldsets[1], *(block for block in fieldsets[2:] if self._has_begun(block, obj))]

    def _has_begun(self, block, obj):
        first = block[1]["fields"][0]
        return obj is not None and (getattr(obj, first) is not None or (first == "approved_amount" and obj.rejection))

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/papers/<int:paper>/", view(self.paper_view), name="fund_assistancecase_paper"),
            *super().get_urls(),
        ]

    def _case(self, request, pk):
        """A case this user may see in full, or an answer that says no."""
        case = self.get_object(request, str(pk))
        if case is None:
            raise Http404
        if not request.user.has_perm("fund.view_private_assistancecase"):
            raise PermissionDenied
        return case

    def record_context(self, request, record):
        if not record:
            return {}
        return {
            "path": path_of(record),
            "next": next_words(CASES, record),
            "steps": [(WORDS.get(step.act, step.act), step) for step in record.steps.select_related("by")],
            "papers": record.papers.select_related("added_by"),
        }

    def full_view_fields(self):
        names = ["beneficiary", "citizen_id", "address", "phone", "hardship", "reason", "emergency_reason"]
        return [*names, "signed_by", "spot_check_finding"]

    def log_full_view(self, request, record, reason):
        log_full_view(record, by=request.user, reason=reason)

    def paper_view(self, request, pk, paper):
        """A paper of a case, to whoever may see the case in full; every look is written down."""
        case = self._case(request, pk)
        row = case.papers.filter(pk=paper).first()
        if row is None or not row.file.storage.exists(row.file.name):
            raise Http404
        log_full_view(case, by=request.user, reason=_("opened a paper"), what=f"#{row.pk}")
        return download(row.file.open("rb"), f"{case.case_no or case.pk}-{row.pk}.{row.kind}")

    def delete_model(self, request, obj):
        """A draft takes its papers with it, from the disk too."""
        _forget_files(obj.papers.all())
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        _forget_files(CasePaper.objects.filter(case__in=queryset))
        super().delete_queryset(request, queryset)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "branch" in form.base_fields:
            form.base_fields["branch"].queryset = branches_served_by(request.user)
        return form

    @admin.display(description=_("case number"), ordering="case_no")
    def number(self, obj):
        return str(obj)

    @admin.display(description=_("applicant"))
    def applicant(self, obj):
        return obj.beneficiary or "—"

    @money_display(description=_("amount (yuan)"))
    def amount(self, obj):
        return obj.approved_amount or obj.agreed_amount or obj.applied_amount

    @admin.display(description=_("votes: for, against, abstained"))
    def votes(self, obj):
        return f"{obj.votes_for} / {obj.votes_against} / {obj.votes_abstained}"

    @admin.display(description=_("exclusions found"))
    def exclusions(self, obj):
        return pgettext("between parts", ", ").join(obj.excluded_words) or _("none found")

    @admin.display(description=_("signature or slip"))
    def signature(self, obj):
        return obj.slip_no or (_("recorded") if obj.signed_by else "—")

    def facts_of(self, record):
        facts = [
            (_("applicant"), record.beneficiary),
            (_("category"), record.get_category_display()),
            (_("amount (yuan)"), self.amount(record)),
            (_("how it is paid"), record.get_method_display()),
        ]
        if record.is_emergency:
            facts.append((_("emergency"), _("paid at once, notice afterwards")))
        if record.notice_to:
            facts.append((_("notice to"), f"{record.notice_to:%Y-%m-%d}"))
        if record.state == CaseState.BRANCH_AGREED:
            check = facts_of_check(record, recent=cases_in_a_year_before(record, clock.today())[0])
            facts += [
                (_("balance of the pot now (yuan)"), check["checked_balance"]),
                (
                    _("highest amount of one case (yuan)"),
                    _("not set") if check["checked_highest"] is None else check["checked_highest"],
                ),
                (_("cases of this person in the 12 months before"), check["checked_recent"]),
            ]
        return facts


@admin.register(Recusal)
class RecusalAdmin(ScopedAdmin):
    list_display = ["user", "relation", "organization", "branch"]
    list_counted = ngettext_lazy("%(count)s recusal", "%(count)s recusals", "count")
    add_label = _("Register a recusal")
    list_filter = ["relation", "organization"]
    list_select_related = ["user", "organization", "branch"]
    autocomplete_fields = ["member"]
    fields = ["organization", "user", "relation", "member", "name", "branch", "unit", "remark"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            colleagues = Assignment.objects.visible_to(request.user).values("user")
            users = (
                get_user_model().objects.all()
                if request.user.is_superuser
                else get_user_model().objects.filter(pk__in=colleagues)
            )
            kwargs["queryset"] = users.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
