"""What the office sees of mentoring pairs."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.mentoring.models import MentorPair
from config.kit.admin.base import ScopedAdmin


@admin.register(MentorPair)
class MentorPairAdmin(ScopedAdmin):
    list_display = ["mentor", "learner", "branch", "subject", "starts_on", "ends_on"]
    list_counted = ngettext_lazy("%(count)s pair", "%(count)s pairs", "count")
    add_label = _("Add a mentoring pair")
    list_filter = ["branch"]
    list_select_related = ["branch"]
    search_fields = ["mentor", "learner"]
    found_values = ["mentor", "learner"]
    search_help_text = _("Name of either")
