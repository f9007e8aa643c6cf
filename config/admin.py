"""Users and groups, which no app of this project owns: the superuser's alone."""

from functools import partial

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from branches.models import Assignment
from config.kit.admin.base import OfficeAdmin
from config.kit.admin.safe_input import SafeInputFields
from config.kit.person.fields import CALLED, ReadFormField


class AssignmentInline(SafeInputFields, admin.TabularInline):
    model = Assignment
    extra = 1


class OfficeUserAdmin(OfficeAdmin, UserAdmin):
    """Rights follow assignments, so groups and single permissions are not offered."""

    # A new account asks for a password.
    keeps_drafts = False
    inlines = [AssignmentInline]
    list_display = ["username", "whole", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    list_counted = ngettext_lazy("%(count)s account", "%(count)s accounts", "count")
    add_label = _("Add a user")
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    filter_horizontal: list[str] = []
    search_fields = ["username", "whole_name", "email"]
    search_help_text = _("Name or user name")

    def get_queryset(self, request):
        # 黄志文 is kept as 黄 and 志文, and looked for as one word.
        return super().get_queryset(request).alias(whole_name=Concat("last_name", "first_name"))

    @admin.display(description=pgettext_lazy("person", "name"), ordering="whole_name")
    def whole(self, obj):
        return f"{obj.last_name}{obj.first_name}"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in {"last_name", "first_name"}:
            kwargs["form_class"] = partial(ReadFormField, kind=CALLED)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, OfficeUserAdmin)
