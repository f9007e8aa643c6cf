"""What the office sees of mentoring pairs."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.mentoring.models import MentorMeeting, MentorPair
from activities.mentoring.transitions import PAIRS
from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.workflow.admin import TransitionsAdmin


class MentorMeetingInline(ScopedTabularInline):
    model = MentorMeeting
    fields = ["day", "what", "hours"]


@admin.register(MentorPair)
class MentorPairAdmin(TransitionsAdmin, ScopedAdmin):
    transitions = PAIRS
    inlines = [MentorMeetingInline]
    fields = ["branch", "mentor", "learner", "subject", "goal", "starts_on", "ends_on", "result"]
    # Written by the acts alone.
    readonly_fields = ["ends_on", "result"]
    list_display = ["mentor", "learner", "branch", "subject", "starts_on", "ends_on"]
    list_counted = ngettext_lazy("%(count)s pair", "%(count)s pairs", "count")
    add_label = _("Add a mentoring pair")
    list_filter = ["branch"]
    list_select_related = ["branch"]
    search_fields = ["mentor", "learner"]
    found_values = ["mentor", "learner"]
    search_help_text = _("Name of either")

    def get_fields(self, request, obj=None):
        """A new pair has not ended."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]
