"""What the office sees of wishes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.wishes.actions import record_wish
from activities.wishes.forms import MiniWishForm
from activities.wishes.models import MiniWish
from activities.wishes.transitions import WISHES
from config.kit.admin.base import ScopedAdmin
from config.kit.workflow.admin import TransitionsAdmin


@admin.register(MiniWish)
class MiniWishAdmin(TransitionsAdmin, ScopedAdmin):
    form = MiniWishForm
    transitions = WISHES
    # Written by the steps alone.
    readonly_fields = [
        "state", "claimed_by", "claimer_named", "claimed_on", "contact_by", "due_on", "fulfilled_on", "closed_on", "result",
        "withdrawn_because",
    ]  # fmt: skip
    exclude = ["claimer_phone"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "organization", "branch", "code", "channel", "collected_on", "wisher", "wisher_phone", "group",
                    "public_text", "private_note", "estimate",
                ]
            },
        ),
        (
            _("How it went on"),
            {
                "fields": [
                    "state", "claimed_by", "claimer_named", "claimed_on", "contact_by", "due_on", "fulfilled_on",
                    "result", "closed_on", "withdrawn_because",
                ]
            },
        ),
    ]  # fmt: skip
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
    list_filter = ["state", "channel", "group", "branch"]
    list_select_related = ["branch"]
    search_help_text = _("Number or words of the wish")
    date_hierarchy = "collected_on"
    first_fields = ("channel", "wisher", "wisher_phone", "group", "public_text")
    today_fields = ("collected_on",)

    own_numbers = ("code",)

    def get_fieldsets(self, request, obj=None):
        """A new wish has gone nowhere yet."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        return [
            (title, options | {"fields": [name for name in options["fields"] if name not in self.readonly_fields]})
            for title, options in fieldsets
        ]

    def record_context(self, request, record):
        return {"record_steps": record.steps.select_related("by")} if record else {}

    def save_model(self, request, obj, form, change):
        record_wish(obj)
