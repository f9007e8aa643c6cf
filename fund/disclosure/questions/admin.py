"""Questions and objections in the office: taken from a slip or a call, worded for the public, answered or decided."""

from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit import clock
from config.kit.admin.base import ScopedAdmin
from config.kit.lists.states import StateWords
from config.kit.workflow.admin import TransitionsAdmin
from fund.disclosure.questions.actions import take_question
from fund.disclosure.questions.forms import QuestionForm
from fund.disclosure.questions.models import Question
from fund.disclosure.questions.transitions import QUESTIONS


@admin.register(Question)
class QuestionAdmin(TransitionsAdmin, ScopedAdmin):
    form = QuestionForm
    edited_by_block = False
    today_fields = ("asked_on",)
    first_fields = ("kind", "channel", "asked_on", "text", "name", "phone")
    list_display = ["number", "kind", "asked_on", "due_on", "state", "is_late", "pot"]
    list_counted = ngettext_lazy("%(count)s question", "%(count)s questions", "count")
    add_label = _("Register a question or objection")
    list_states = {
        "state": {
            Question.State.RECEIVED: "open",
            Question.State.OPEN: "doing",
            Question.State.ANSWERED: "done",
            Question.State.REFUSED: "void",
        }
    }
    list_filter = ["state", "kind", "channel", "pot"]
    list_select_related = ["pot__organization"]
    search_fields = ["public_text", "answer"]
    found_values = ["public_text", "kind", "asked_on", "state"]
    office_number_fields = ("year", "year_number")
    search_help_text = _("Words of the public wording or the answer")
    date_hierarchy = "asked_on"
    autocomplete_fields = ["statement", "entry", "case"]
    fieldsets = [
        (None, {"fields": ["pot", "kind", "channel", "asked_on", "text", "once"]}),
        (_("What it is about"), {"fields": ["statement", "entry", "case"]}),
        (_("Who asks (never public)"), {"fields": ["name", "phone"]}),
    ]
    taken_fieldsets = [
        (None, {"fields": ["number", "pot", "kind", "channel", "asked_on", "due_on", "said", "recorded_by"]}),
        (_("What it is about"), {"fields": ["statement", "entry", "case"]}),
        (_("Who asks (never public)"), {"fields": ["name_recorded", "phone_recorded"]}),
        (
            _("What residents read"),
            {"fields": ["state", "public_text", "outcome", "answer", "refusal", "answered_by", "answered_on"]},
        ),
    ]
    transitions = QUESTIONS

    def get_queryset(self, request):
        late = Q(state__in=Question.WAITING, due_on__lt=clock.today())
        return super().get_queryset(request).annotate(late=ExpressionWrapper(late, output_field=BooleanField()))

    def get_fieldsets(self, request, obj=None):
        return self.taken_fieldsets if obj else super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        shown = ["number", "due_on", "said", "recorded_by", "state", "public_text", "outcome", "answer"]
        return [*super().get_readonly_fields(request, obj), *shown, "refusal", "answered_by", "answered_on"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("number"), ordering="year_number")
    def number(self, obj):
        return obj.office_number

    @admin.display(description=_("late"))
    def is_late(self, obj):
        return StateWords("late", _("late")) if obj.late else None

    @admin.display(description=_("as it was said"))
    def said(self, obj):
        return obj.text or "—"

    def facts_of(self, record):
        return [
            (_("as it was said"), record.text),
            (_("asked on"), record.asked_on),
            (_("answer due on"), record.due_on),
        ]

    def save_model(self, request, obj, form, change):
        taken = take_question(obj, by=request.user, key=form.key)
        obj.__dict__.update(taken.__dict__)
