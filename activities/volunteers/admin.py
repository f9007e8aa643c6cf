"""What the office sees of volunteers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.volunteers.forms import VolunteerForm
from activities.volunteers.models import Volunteer
from config.kit.admin.base import ScopedAdmin


@admin.register(Volunteer)
class VolunteerAdmin(ScopedAdmin):
    list_display = ["name", "kind", "organization", "registered_on", "left_on"]
    list_counted = ngettext_lazy("%(count)s person", "%(count)s persons", "count")
    add_label = _("Add a volunteer")
    list_filter = ["kind", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "platform_no", "member__latin_keys"]
    found_values = ["name", "platform_no"]
    search_help_text = _("Name or platform number")
    autocomplete_fields = ["member"]
    form = VolunteerForm
    first_fields = ("kind", "member", "name", "phone")
    today_fields = ("registered_on",)
