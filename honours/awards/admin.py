"""What the office sees of honours and role models."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from config.kit.admin.base import ScopedAdmin
from honours.awards.models import Honour, RoleModel


@admin.register(RoleModel)
class RoleModelAdmin(ScopedAdmin):
    list_display = ["name", "organization", "retired_on", "consented_on", "consent_withdrawn_on"]
    list_select_related = ["organization"]
    search_fields = ["name", "member__latin_keys"]
    found_values = ["name"]
    autocomplete_fields = ["member"]


@admin.register(Honour)
class HonourAdmin(ScopedAdmin):
    list_display = ["awarded", "title", "level", "winner", "awarded_by", "state"]
    list_display_links = ["title"]
    list_filter = ["level", "state", "is_collective", "organization"]
    search_fields = ["title", "winner", "awarded_by", "document_no"]
    found_values = ["title", "winner", "awarded_on"]
    first_fields = ("title", "level", "awarded_on", "awarded_by", "winner", "is_collective", "document_no")
    date_hierarchy = "awarded_on"

    @admin.display(description=_("awarded in"), ordering="awarded_on")
    def awarded(self, obj):
        return f"{obj.awarded_on:%Y.%m}"
