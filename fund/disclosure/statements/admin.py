"""Statements in the office: drafted from the ledger, reviewed twice, published, each in one step."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit.admin.base import ScopedAdmin
from config.kit.admin.finding import join_notes
from config.kit.admin.keys import is_key
from config.kit.lists.totals import ListTotal
from config.kit.workflow.admin import TransitionsAdmin
from fund.disclosure.periods import period_end
from fund.disclosure.statements.actions import draft_statement
from fund.disclosure.statements.forms import StatementForm
from fund.disclosure.statements.models import Statement
from fund.disclosure.statements.public import sheet_of
from fund.disclosure.statements.transitions import STATEMENTS
from fund.ledger.models import Pot

# Published and not corrected by another one since, which would tell the same months twice.
CORRECTIONS = Statement.objects.published().filter(corrects=OuterRef("pk"))
IN_FORCE = Q(state=Statement.State.PUBLISHED) & ~Q(Exists(CORRECTIONS))


@admin.register(Statement)
class StatementAdmin(TransitionsAdmin, ScopedAdmin):
    form = StatementForm
    list_display = ["period", "number_word", "income", "expense", "closing", "state", "pot"]
    list_counted = ngettext_lazy("%(count)s statement", "%(count)s statements", "count")
    add_label = _("Draft a statement")
    list_states = {
        "state": {
            Statement.State.DRAFT: "doing",
            Statement.State.FIRST_REVIEWED: "doing",
            Statement.State.SECOND_REVIEWED: "doing",
            Statement.State.RETURNED: "late",
            Statement.State.PUBLISHED: "done",
        }
    }
    list_totals = [
        ListTotal(_("in force %(rows)s, income %(sum)s yuan"), "income", IN_FORCE),
        ListTotal(_("spending %(sum)s yuan"), "expense", IN_FORCE),
    ]
    list_totals_within = ["pot"]
    list_filter = ["state", "pot"]
    list_select_related = ["pot"]
    search_fields = ["number", "short_code"]
    found_values = ["year", "year_number", "pot__name", "period_to"]
    office_number_fields = ("year", "year_number")
    search_help_text = _("Number or check code")
    date_hierarchy = "period_to"
    fieldsets = [
        (None, {"fields": ["pot", "period_from", "period_to"]}),
        (_("Only for a correction"), {"fields": ["corrects", "correction_reason"]}),
    ]
    drawn_fieldsets = [
        (None, {"fields": ["pot", "period_from", "period_to", "state", "return_reason"]}),
        (_("The sum"), {"fields": ["opening", "income", "expense", "closing"]}),
        (
            _("Hands"),
            {"fields": ["drafted_by", "first_reviewed_by", "second_reviewed_by", "published_by", "published_on"]},
        ),
        (_("Proof"), {"fields": ["number_word", "short_code", "digest", "previous", "corrects", "correction_reason"]}),
    ]
    transitions = STATEMENTS

    def get_fieldsets(self, request, obj=None):
        return self.drawn_fieldsets if obj else self.fieldsets

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "corrects":
            kwargs["queryset"] = Statement.objects.published()
        if db_field.name == "pot":
            kwargs["queryset"] = Pot.objects.at_desk_of(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """The period that is due: of the pot asked for, else of the first one."""
        pots = Pot.objects.at_desk_of(request.user).order_by("id")
        key = request.GET.get("pot", "")
        pot = (pots.filter(pk=int(key)).first() if is_key(key) else None) or pots.first()
        if pot is None:
            return {}
        last = Statement.objects.filter(pot=pot).in_chain().filter(corrects=None).first()
        first_day = last.period_to + timedelta(days=1) if last else pot.opened_on
        return {"pot": pot.pk, "period_from": first_day, "period_to": period_end(pot, first_day)}

    def record_context(self, request, record):
        return {"sheet": sheet_of(record)} if record else {}

    @admin.display(description=_("period"), ordering="period_to")
    def period(self, obj):
        return f"{obj.period_from:%Y-%m-%d} – {obj.period_to:%Y-%m-%d}"

    @admin.display(description=_("number"))
    def number_word(self, obj):
        return obj.office_number or "—"

    def found_words(self, year, number, pot, last_day):
        title = f"〔{year}〕{number} 号" if number else _("statement in hand")
        until = _("until %(day)s") % {"day": self.words_of_value("period_to", last_day)}
        return title, join_notes(pot, until)

    def facts_of(self, record):
        return [
            (_("period"), self.period(record)),
            (_("opening balance (yuan)"), record.opening),
            (_("income (yuan)"), record.income),
            (_("spending (yuan)"), record.expense),
            (_("closing balance (yuan)"), record.closing),
        ]

    def save_model(self, request, obj, form, change):
        drafted = draft_statement(
            pot=obj.pot,
            period_from=obj.period_from,
            period_to=obj.period_to,
            by=request.user,
            corrects=obj.corrects,
            correction_reason=obj.correction_reason,
        )
        obj.__dict__.update(drafted.__dict__)
