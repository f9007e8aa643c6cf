"""What the office sees of honours and role models."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit.admin.base import ScopedAdmin
from honours.awards.models import Honour, RoleModel


@admin.register(RoleModel)
class RoleModelAdmin(ScopedAdmin):
    list_display = ["name", "organization", "retired_on", "consented_on", "consent_withdrawn_on"]
    list_counted = ngettext_lazy("%(count)s person", "%(count)s persons", "count")
    add_label = _("Add a role model")
    list_select_related = ["organization"]
    search_fields = ["name", "member__latin_keys"]
    found_values = ["name"]
    search_help_text = _("Name")
    autocomplete_fields = ["member"]


@admin.register(Honour)
class HonourAdmin(ScopedAdmin):
    list_display = ["awarded", "title", "level", "winner", "awarded_by", "state"]
    list_counted = ngettext_lazy("%(count)s honour", "%(count)s honours", "count")
    add_label = _("Add an honour")
    list_states = {"state": {Honour.State.ENTERED: "open", Honour.State.PUBLIC: "done", Honour.State.INTERNAL: "void"}}
    list_display_links = ["title"]
    list_filter = ["level", "state", "is_collective", "organization"]
    search_fields = ["title", "winner", "awarded_by", "document_no"]
    found_values = ["title", "winner", "awarded_on"]
    first_fields = ("title", "level", "awarded_on", "awarded_by", "winner", "is_collective", "document_no")
    search_help_text = _("Honour, winner or who awarded it")
    date_hierarchy = "awarded_on"

    @admin.display(description=_("awarded in"), ordering="awarded_on")
    def awarded(self, obj):
        return f"{obj.awarded_on:%Y.%m}"
