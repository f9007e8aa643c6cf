"""What the office sees of activities, by subject."""

from django.contrib import admin

import activities.mentoring.admin
import activities.volunteers.admin
import activities.wishes.admin  # noqa: F401  each registers its models
from activities.attendance.admin import RecordsAttendance
from activities.events.admin import EventAdmin
from activities.models import Activity


@admin.register(Activity)
class ActivityAdmin(RecordsAttendance, EventAdmin):
    """Events, with what each subject keeps of them."""
