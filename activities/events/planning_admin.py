"""The pages on which a year of the programme is planned: whose year, then its days, then all of them are stored at once."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.events.forms import PlanForm, PlannedDaysForm
from activities.events.planning import days_off_are_known, hours_of_last, plan, proposals
from config.kit.refusals import sentences


class PlansYears(admin.ModelAdmin):
    """What the admin of events takes on to have a year planned; asks for the right to add events."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.plan_view)
        return [path("plan/", page, name="activities_activity_plan"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        links = [(_("Plan a year"), reverse("admin:activities_activity_plan"))]
        context = {"list_tools": links if self.has_add_permission(request) else []}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def plan_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        start = PlanForm(request.GET if "year" in request.GET else None, user=request.user)
        context = {"start": start, "title": _("Plan a year")}
        if start.is_valid():
            year, place = start.cleaned_data["year"], start.cleaned_data["organization"]
            days = self._days_form(request, start.cleaned_data)
            if request.method == "POST" and days.is_valid() and self._plan(request, place, days):
                address = reverse("admin:activities_activity_changelist")
                return HttpResponseRedirect(f"{address}?day__year={year}&state__exact=planned")
            context |= {"days": days, "year": year, "place": place, "days_off_are_known": days_off_are_known(year)}
            context["title"] = _("The year %(year)s of %(place)s") % {"year": year, "place": place}
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, "admin/activities/plan.html", context)

    @staticmethod
    def _days_form(request, chosen):
        rows = proposals(
            chosen["organization"],
            chosen["year"],
            branches=list(chosen["branches"]),
            meeting_day=chosen["meeting_day"],
        )
        hours = hours_of_last(chosen["organization"], dict.fromkeys(row.regular.kind for row in rows))
        return PlannedDaysForm(request.POST if request.method == "POST" else None, proposals=rows, hours=hours)

    @staticmethod
    def _plan(request, place, days):
        """Store what was left in and say so, or say why not; whether it was stored."""
        chosen = days.chosen()
        if not chosen:
            messages.warning(request, _("No day is ticked, so nothing was planned."))
            return False
        try:
            events = plan(place, chosen, days.hours())
        except ValidationError as refusal:
            for sentence in sentences(refusal):
                messages.error(request, sentence)
            return False
        messages.success(
            request,
            ngettext(
                "%(count)s event is planned, led and counted for plates like the last one. Look it over when its day comes near.",
                "%(count)s events are planned, led and counted for plates like the last ones. Look each over when its day comes near.",
                len(events),
            )
            % {"count": len(events)},
        )
        return True
