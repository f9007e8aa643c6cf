"""What the office sees of shows: the programme on the page of a performance, and the villages with their totals."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.evenings.models import ProgrammeItem, Show, Village
from activities.evenings.public import villages_with_totals
from activities.events.models import Activity
from config.kit.admin.base import ScopedAdmin, ScopedTabularInline


class ShowInline(ScopedTabularInline):
    model = Show
    fields = ["form", "village"]
    verbose_name_plural = _("what kind of show, and where")


class ProgrammeInline(ScopedTabularInline):
    model = ProgrammeItem
    fields = ["number", "title", "troupe", "performers", "minutes"]
    verbose_name_plural = _("programme")


class KeepsProgrammes(admin.ModelAdmin):
    """What the admin of events takes on to keep the programmes of performances."""

    def get_inlines(self, request, obj):
        inlines = super().get_inlines(request, obj)
        is_show = obj is not None and obj.kind == Activity.Kind.PERFORMANCE
        return [ShowInline, ProgrammeInline, *inlines] if is_show else inlines


@admin.register(Village)
class VillageAdmin(ScopedAdmin):
    list_display = ["name", "township", "held", "audience", "last_day"]
    list_counted = ngettext_lazy("%(count)s village", "%(count)s villages", "count")
    add_label = _("Add a village")
    list_filter = ["township", "organization"]
    search_fields = ["name", "township"]
    found_values = ["name", "township"]
    search_help_text = _("Village or township")
    first_fields = ("name", "township")

    def get_queryset(self, request):
        return villages_with_totals(super().get_queryset(request))

    @admin.display(description=_("shows held"), ordering="held")
    def held(self, obj):
        return obj.held

    @admin.display(description=_("audience (person-times)"), ordering="audience")
    def audience(self, obj):
        return obj.audience

    @admin.display(description=_("last show"), ordering="last_day")
    def last_day(self, obj):
        return obj.last_day
