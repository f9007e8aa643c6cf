"""What the office sees of events; `activities.admin` registers it with what other subjects add to it."""

from django.contrib import admin
from django.db.models import F, ManyToManyField, Q
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.events.models import Activity
from activities.events.paragraphs import event_paragraph
from activities.events.photo_admin import KeepsPhotos
from activities.events.planning_admin import PlansYears
from activities.events.transitions import PLANNED
from config.kit.admin.base import ScopedAdmin
from config.kit.downloads import download
from config.kit.hours import hours_of
from config.kit.lists.states import StateWords
from config.kit.lists.totals import ListTotal
from config.kit.word import word_file
from config.kit.workflow.admin import TransitionsAdmin

# Shorter than the words of the states, which a form has room for.
STAGES = {
    Activity.State.PLANNED: ("open", _("planned")),
    Activity.State.OPEN: ("doing", _("open for sign-up")),
    Activity.State.HELD: ("done", _("held")),
    Activity.State.ARCHIVED: ("done", _("figures checked")),
    Activity.State.CANCELLED: ("void", _("cancelled")),
}


class EventAdmin(PlansYears, KeepsPhotos, TransitionsAdmin, ScopedAdmin):
    list_display = ["day", "title", "kind", "branch", "stage", "attendances"]
    list_counted = ngettext_lazy("%(count)s activity", "%(count)s activities", "count")
    add_label = _("Add an activity")
    list_totals = [
        ListTotal(
            _("held %(rows)s, attended %(sum)s person-times"),
            F("present") + F("public_present"),
            Q(state__in=Activity.HELD),
        )
    ]
    list_display_links = ["title"]
    list_filter = ["kind", "state", "branch", "plates"]
    list_select_related = ["branch"]
    search_fields = ["title", "place", "summary"]
    found_values = ["title", "day", "kind", "place"]
    search_help_text = _("Title, place or what was done")
    date_hierarchy = "day"
    # Five plates at most: boxes to tick are readable where two lists side by side are not.
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
    transitions = PLANNED
    # Counted from the sign-in sheet, and written by the steps alone.
    readonly_fields = [
        "state",
        "cancelled_because",
        "shifted_from",
        "expected",
        "present",
        "public_present",
        "served",
        "service_hours",
        "counts_typed",
        "photo_link",
    ]
    first_fields = ("kind", "title", "day", "starts_at", "ends_at", "place")
    fieldsets = [
        (None, {"fields": ["organization", "branch", "kind", "title", "state", "cancelled_because"]}),
        (
            _("When and where"),
            {"fields": ["day", ("starts_at", "ends_at"), "shifted_from", "place", "capacity", "leader"]},
        ),
        (
            _("Who came (persons) and what was done"),
            {
                "fields": [
                    "expected",
                    "present",
                    "public_present",
                    "served",
                    "service_hours",
                    "counts_typed",
                    "summary",
                    "plates",
                    "photo_link",
                ]
            },
        ),
        (_("Inside the branch"), {"fields": ["cost", "recorder"]}),
    ]

    def facts_of(self, record):
        day = f"{date_format(record.day)} {date_format(record.day, 'l')}"
        return [(_("activity"), record.title), (_("planned for"), day), (_("place"), record.place or "—")]

    def known_values(self, request):
        """Place and hours of the last event in sight, which the next one usually shares."""
        last = self.get_queryset(request).exclude(place="").exclude(starts_at=None).order_by("-day", "-pk").first()
        hours = {"place": last.place, "starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}
        return super().known_values(request) | hours

    @admin.display(description=_("attended (person-times)"))
    def attendances(self, obj):
        return obj.attendances

    @admin.display(description=_("service time (hours)"))
    def service_hours(self, obj):
        return hours_of(obj.service_minutes)

    def get_readonly_fields(self, request, obj=None):
        """The day is changed by the act that keeps the old one; what a sheet was entered for by correcting the sheet."""
        fixed = ["day"] if obj and obj.state not in Activity.HELD else []
        if obj and obj.entered_by_id:
            fixed = ["organization", "branch", "kind", "day", "starts_at", "ends_at"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fieldsets(self, request, obj=None):
        """Nothing was done to a new event yet, and nobody came."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        return [
            (title, options | {"fields": [name for name in options["fields"] if name not in self.readonly_fields]})
            for title, options in fieldsets
        ]

    def record_context(self, request, record):
        if record is None:
            return {}
        return {"record_steps": record.steps.select_related("by"), "paragraph": event_paragraph(record)}

    def get_urls(self):
        page = self.admin_site.admin_view(self.paragraph_word_view)
        return [path("<int:pk>/paragraph.docx", page, name="activities_activity_paragraph_word"), *super().get_urls()]

    def paragraph_word_view(self, request, pk):
        """The ready paragraph of an event as a Word file."""
        record = self.get_object(request, str(pk))
        paragraph = event_paragraph(record) if record else ""
        if not paragraph:
            raise Http404
        author = str(record.branch or record.organization)
        return download(word_file(record.title, [paragraph], author=author), f"activity-{record.day:%Y%m%d}-{pk}.docx")

    @admin.display(description=_("state"), ordering="state")
    def stage(self, obj):
        return StateWords(*STAGES[obj.state])
