"""The sign-in sheet in the office: typed in from the paper, corrected with a reason, checked by a second person."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path

from activities.attendance.actions import times_saved
from activities.attendance.facts import TypedCountsForm
from activities.attendance.forms import SheetForm
from activities.attendance.people import people_beginning
from activities.attendance.sheet import has_roll, length_of, sheet_lines
from activities.attendance.transitions import CORRECT, EVENTS, RECORD
from activities.events.models import Activity
from activities.events.transitions import EVENT_STEPS
from config.kit.workflow.admin import TransitionsAdmin

SHEET = "admin/activities/sheet.html"


class RecordsAttendance(TransitionsAdmin):
    """What the admin of events takes on to have their sign-in sheets entered and checked."""

    transitions = EVENTS
    transition_templates = {RECORD: SHEET, CORRECT: SHEET, "check": "admin/activities/check.html"}

    def get_urls(self):
        page = self.admin_site.admin_view(self.people_view)
        return [path("<int:pk>/people/", page, name="activities_activity_people"), *super().get_urls()]

    def transitions_for(self, request, record):
        # Whoever sees no member reads no names on a sheet.
        rows = super().transitions_for(request, record)
        return rows if request.user.has_perm("members.view_member") else [row for row in rows if row in EVENT_STEPS]

    def transition_form(self, request, record, row):
        if row.name not in {RECORD, CORRECT}:
            return super().transition_form(request, record, row)
        if not request.user.has_perm("members.view_member"):
            raise PermissionDenied
        typed = (request.POST,) if request.method == "POST" else ()
        known = {"activity": record, "saved": times_saved(record)}
        if not has_roll(record):
            return TypedCountsForm(*typed, **known)
        return SheetForm(*typed, lines=sheet_lines(record, request.user), user=request.user, **known)

    def transition_context(self, request, record, row):
        context = super().transition_context(request, record, row)
        if row.name == "check":
            context["lines"] = [line for line in sheet_lines(record, request.user) if line.mark]
            is_service = record.kind in Activity.SERVICE_KINDS and not record.counts_typed
            context["length"] = length_of(record.starts_at, record.ends_at) if is_service else None
        return context

    def facts_of(self, record):
        if record.state not in Activity.HELD:
            return super().facts_of(record)
        counts = {name: getattr(record, name) for name in ("expected", "present", "public_present", "served")}
        words = {name: record._meta.get_field(name).verbose_name for name in counts}
        return [(words[name], number) for name, number in counts.items() if number is not None]

    def people_view(self, request, pk):
        """People whose name begins with what is typed into a blank line, as JSON: `{"people": [words]}`."""
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        people = people_beginning(request.GET.get("q", "")[:40], day=record.day, user=request.user)
        return JsonResponse({"people": [person.words for person in people]})
