"""What condolence rounds and allowance runs share in the office."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from config.kit.admin.base import ScopedAdmin, ScopedTabularInline
from config.kit.lists.totals import ListTotal
from config.kit.money import ZERO
from config.kit.money_columns import money_display
from config.kit.workflow.admin import TransitionsAdmin
from fund.help.records import PAID_STEPS, Step

STEP_STATES = {
    Step.DRAFT: "open",
    Step.PROPOSED: "doing",
    Step.APPROVED: "doing",
    Step.REJECTED: "void",
    Step.PAID: "done",
    Step.SIGNED: "done",
}
# Money that left the pot and was not taken back by a red entry.
PAID = Q(state__in=PAID_STEPS, entry__reversed_by=None)


class PathAdmin(TransitionsAdmin, ScopedAdmin):
    """A record is edited while it is being written; from then on only its steps change it."""

    progress = ["state", "proposed_by", "approved_by", "rejection", "paid_by", "paid_on", "entry", "signed_on"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.progress]

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.state == Step.DRAFT) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return (obj is None or obj.state == Step.DRAFT) and super().has_delete_permission(request, obj)


class PeopleColumns(PathAdmin):
    """A list of people: how many stand on it and their yuan, each a subquery beside its row."""

    list_states = {"state": STEP_STATES}
    list_totals = [
        ListTotal(_("paid %(rows)s, %(sum)s yuan"), "entry__amount", PAID),
        ListTotal(_("not paid yet %(rows)s, %(sum)s yuan"), "money", Q(state__in=(Step.PROPOSED, Step.APPROVED))),
    ]
    list_totals_within = ["pot"]
    lines_of: tuple  # the model of the lines, and its field that names the list

    def get_queryset(self, request):
        model, name = self.lines_of
        lines = model.objects.filter(**{name: OuterRef("pk")}).order_by().values(name)
        return (
            super()
            .get_queryset(request)
            .annotate(
                people=Subquery(lines.annotate(people=Count("pk")).values("people")),
                money=Subquery(lines.annotate(money=Sum("amount")).values("money")),
            )
        )

    @admin.display(description=_("how many people"))
    def how_many(self, obj):
        return obj.people or 0

    @money_display(description=_("amount (yuan)"))
    def amount(self, obj):
        return obj.money or ZERO


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
