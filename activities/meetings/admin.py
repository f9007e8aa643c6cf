"""Minutes and study at home in the office: acts of a meeting, and what they wrote on its page."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.events.models import Activity
from activities.meetings.forms import HomeStudyForm, MinutesForm
from activities.meetings.models import HomeStudy, Minutes, own_meetings
from activities.meetings.papers import minutes_word
from config.kit.admin.base import ScopedAdmin
from config.kit.admin.view_only import ViewOnly
from config.kit.downloads import download
from config.kit.hours import hours_of
from config.kit.punctuation import labelled
from config.kit.workflow.admin import TransitionsAdmin
from members.access.actions import log_export


class KeepsMinutes(TransitionsAdmin):
    """What the admin of events takes on for meetings."""

    transition_templates = {"minutes": "admin/activities/minutes.html"}

    def get_urls(self):
        page = self.admin_site.admin_view(self.minutes_word_view)
        return [path("<int:pk>/minutes.docx", page, name="activities_activity_minutes_word"), *super().get_urls()]

    def transitions_for(self, request, record):
        rows = super().transitions_for(request, record)
        return [row for row in rows if row.name != "minutes" or self._is_own(request, record)]

    def _is_own(self, request, record):
        """Whether the meeting is one of the user's own branch: its private part never leaves the branch."""
        return Activity.objects.filter(own_meetings(request.user), pk=record.pk).exists()

    def transition_form(self, request, record, row):
        typed = (request.POST,) if request.method == "POST" else ()
        if row.name == "minutes":
            if not self._is_own(request, record):
                raise PermissionDenied
            return MinutesForm(*typed, activity=record)
        if row.name == "home_study":
            return HomeStudyForm(*typed, activity=record, user=request.user)
        return super().transition_form(request, record, row)

    def record_context(self, request, record):
        context = super().record_context(request, record)
        if record is None:
            return context
        minutes = Minutes.objects.visible_to(request.user).filter(activity=record)
        studied = HomeStudy.objects.visible_to(request.user).filter(activity=record)
        return context | {
            "minutes": minutes.select_related("written_by").prefetch_related("decisions").first(),
            "home_study": studied.select_related("member").order_by("pk"),
        }

    def minutes_word_view(self, request, pk):
        """The minutes as a Word file to be worked on; written to the access log, as every file that names people."""
        minutes = Minutes.objects.visible_to(request.user).filter(activity=pk).select_related("activity").first()
        if minutes is None or self.get_object(request, str(pk)) is None:
            raise Http404
        if not request.user.has_perm("activities.view_minutes"):
            raise PermissionDenied
        log_export(by=request.user, what=labelled(_("minutes"), minutes))
        return download(minutes_word(minutes), f"minutes-{minutes.activity.day:%Y%m%d}-{pk}.docx")


@admin.register(HomeStudy)
class HomeStudyAdmin(ViewOnly, ScopedAdmin):
    list_display = ["day", "member", "branch", "way", "what", "hours"]
    list_counted = ngettext_lazy("%(count)s record", "%(count)s records", "count")
    list_filter = ["way", "branch"]
    list_select_related = ["member", "branch"]
    date_hierarchy = "day"
    search_fields = ["member__name", "member__latin_keys", "what"]
    found_values = ["what", "day"]
    search_help_text = _("Name, or what was studied")
    fields = ["member", "branch", "activity", "day", "way", "what", "brought_by", "hours", "entered_by"]
    readonly_fields = fields

    @admin.display(description=_("hours"), ordering="minutes")
    def hours(self, obj):
        return hours_of(obj.minutes)
