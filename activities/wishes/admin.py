"""What the office sees of wishes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.wishes.models import MiniWish
from config.kit.admin.base import ScopedAdmin


@admin.register(MiniWish)
class MiniWishAdmin(ScopedAdmin):
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
    search_fields = ["code", "public_text"]
    search_help_text = _("Number or words of the wish")
    date_hierarchy = "collected_on"
