"""What the office sees of wishes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.wishes.actions import record_wish
from activities.wishes.forms import MiniWishForm
from activities.wishes.models import MiniWish
from config.kit.admin.base import ScopedAdmin


@admin.register(MiniWish)
class MiniWishAdmin(ScopedAdmin):
    form = MiniWishForm
    search_fields = ["code", "public_text"]
    found_values = ["code", "public_text", "state"]
    list_display = ["code", "public_text", "state", "branch", "due_on"]
    list_counted = ngettext_lazy("%(count)s wish", "%(count)s wishes", "count")
    add_label = _("Add a mini-wish")
    list_states = {
        "state": {
            MiniWish.State.COLLECTED: "open",
            MiniWish.State.POSTED: "open",
            MiniWish.State.CLAIMED: "doing",
            MiniWish.State.IN_PROGRESS: "doing",
            MiniWish.State.FULFILLED: "done",
            MiniWish.State.CLOSED: "done",
            MiniWish.State.WITHDRAWN: "void",
        }
    }
    list_filter = ["state", "group", "branch"]
    list_select_related = ["branch"]
    search_help_text = _("Number or words of the wish")
    date_hierarchy = "collected_on"
    first_fields = ("wisher", "group", "public_text")
    today_fields = ("collected_on",)

    own_numbers = ("code",)

    def save_model(self, request, obj, form, change):
        record_wish(obj)
