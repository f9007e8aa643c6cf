"""Users and groups, which no app of this project owns: the superuser's alone."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from branches.models import Assignment
from config.kit.tolerant_admin import TolerantAdmin, TolerantFields


class AssignmentInline(TolerantFields, admin.TabularInline):
    model = Assignment
    extra = 1


class OfficeUserAdmin(TolerantAdmin, UserAdmin):
    """Rights follow assignments, so groups and single permissions are not offered."""

    inlines = [AssignmentInline]
    list_display = ["username", "last_name", "first_name", "is_active", "is_superuser"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    filter_horizontal: list[str] = []


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, OfficeUserAdmin)
