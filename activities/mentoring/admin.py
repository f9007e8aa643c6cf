"""What the office sees of mentoring pairs."""

from django.contrib import admin

from activities.mentoring.models import MentorPair
from config.kit.admin.base import ScopedAdmin


@admin.register(MentorPair)
class MentorPairAdmin(ScopedAdmin):
    list_display = ["mentor", "learner", "branch", "subject", "starts_on", "ends_on"]
    list_filter = ["branch"]
    list_select_related = ["branch"]
    search_fields = ["mentor", "learner"]
    found_values = ["mentor", "learner"]
