"""Sign-ups in the office: written down from a slip or a call, cancelled, rung."""

from django.contrib import admin
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.signups.actions import sign_up
from activities.signups.forms import SignUpForm
from activities.signups.models import SignUp, is_open
from activities.signups.transitions import SIGNUPS
from config.kit.admin.base import ScopedAdmin
from config.kit.workflow.admin import TransitionsAdmin


class CountsSignUps(TransitionsAdmin):
    """What the admin of events takes on to lead to who signed up for one."""

    def record_context(self, request, record):
        context = super().record_context(request, record)
        if record is None or not request.user.has_perm("activities.view_signup"):
            return context
        persons = record.signups.in_force().order_by().values_list("state").annotate(persons=Sum("persons"))
        takes_more = is_open(record) and request.user.has_perm("activities.add_signup")
        return context | {"signups": dict(persons), "takes_signups": takes_more}


@admin.register(SignUp)
class SignUpAdmin(TransitionsAdmin, ScopedAdmin):
    form = SignUpForm
    edited_by_block = False
    transitions = SIGNUPS
    list_display = ["name", "activity", "persons", "state", "is_minor"]
    list_counted = ngettext_lazy("%(count)s sign-up", "%(count)s sign-ups", "count")
    add_label = _("Write down a sign-up")
    list_states = {
        "state": {
            SignUp.State.PLACED: "done",
            SignUp.State.WAITING: "open",
            SignUp.State.CANCELLED: "void",
        }
    }
    list_filter = ["state", "channel"]
    list_select_related = ["activity"]
    search_fields = ["name", "activity__title"]
    search_help_text = _("Name, or title of the event")
    found_values = ["name", "activity", "state"]
    first_fields = ("activity", "channel", "name", "phone", "persons")
    fieldsets = [
        (None, {"fields": ["activity", "channel", "name", "phone", "persons", "once"]}),
        (_("Under 18"), {"fields": ["is_minor", "guardian", "guardian_phone", "guardian_note"]}),
    ]
    taken_fieldsets = [
        (None, {"fields": ["activity", "state", "channel", "name", "phone_recorded", "persons", "ring_since"]}),
        (
            _("Under 18"),
            {"fields": ["is_minor", "guardian_recorded", "guardian_phone_recorded", "guardian_note_recorded"]},
        ),
    ]

    def get_fieldsets(self, request, obj=None):
        return self.taken_fieldsets if obj else super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "state", "ring_since"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def record_context(self, request, record):
        return {"record_steps": record.steps.select_related("by")} if record else {}

    def facts_of(self, record):
        return [(_("activity"), record.activity.title), (_("how many come (persons)"), record.persons)]

    def save_model(self, request, obj, form, change):
        taken = sign_up(obj, by=request.user, key=form.key)
        obj.__dict__.update(taken.__dict__)
