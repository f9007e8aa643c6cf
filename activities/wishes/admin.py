"""What the office sees of wishes."""

from django.contrib import admin

from activities.wishes.actions import record_wish
from activities.wishes.forms import MiniWishForm
from activities.wishes.models import MiniWish
from config.kit.admin.base import ScopedAdmin


@admin.register(MiniWish)
class MiniWishAdmin(ScopedAdmin):
    form = MiniWishForm
    list_display = ["code", "public_text", "state", "branch", "collected_on", "due_on"]
    list_filter = ["state", "group", "branch"]
    list_select_related = ["branch"]
    search_fields = ["code", "public_text"]
    found_values = ["code", "public_text", "state"]
    date_hierarchy = "collected_on"
    first_fields = ("wisher", "group", "public_text")
    today_fields = ("collected_on",)

    own_numbers = ("code",)

    def save_model(self, request, obj, form, change):
        record_wish(obj)
