"""What condolence rounds and allowance runs share in the office."""

from django.utils.translation import gettext_lazy as _

from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.money import ZERO
from config.kit.workflow.admin import TransitionsAdmin
from fund.help.records import Step


class PathAdmin(TransitionsAdmin, ScopedAdmin):
    """A record is edited while it is being written; from then on only its steps change it."""

    progress = ["state", "proposed_by", "approved_by", "rejection", "paid_by", "paid_on", "entry", "signed_on"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.progress]

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.state == Step.DRAFT) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return (obj is None or obj.state == Step.DRAFT) and super().has_delete_permission(request, obj)


class ListInline(ScopedTabularInline):
    """The people of a list: edited while the list is being written."""

    def _is_open(self, request, obj):
        return obj is None or obj.state == Step.DRAFT

    def has_add_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_delete_permission(request, obj)


def sums(people):
    amounts = [one.amount for one in people]
    return [(_("how many people"), len(amounts)), (_("amount (yuan)"), sum(amounts, ZERO))]
