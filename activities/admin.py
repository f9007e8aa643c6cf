"""What the office sees of activities, by subject."""

from django.contrib import admin

import activities.mentoring.admin
import activities.volunteers.admin
import activities.wishes.admin  # noqa: F401  each registers its models
from activities.attendance.admin import RecordsAttendance
from activities.attendance.transitions import EVENTS
from activities.evenings.admin import KeepsProgrammes
from activities.events.admin import EventAdmin
from activities.meetings.admin import KeepsMinutes
from activities.meetings.transitions import MEETING_STEPS
from activities.models import Activity
from activities.signups.actions import fill_places
from activities.signups.admin import CountsSignUps
from config.kit.workflow.transitions import Workflow


@admin.register(Activity)
class ActivityAdmin(CountsSignUps, KeepsProgrammes, KeepsMinutes, RecordsAttendance, EventAdmin):
    """Events, with what each subject keeps of them."""

    transitions = Workflow([*EVENTS, *MEETING_STEPS], words=EVENTS.words)
    transition_templates = RecordsAttendance.transition_templates | KeepsMinutes.transition_templates

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # What is taken back comes without a form, and may be the capacity.
        if change and (form is None or "capacity" in form.changed_data):
            fill_places(obj)
