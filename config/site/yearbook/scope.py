"""Whose records a yearbook holds: one branch, the places a user works in, or everything there is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from branches.exports import ALL_ROWS, RecordFilter
from branches.models import Branch, Organization
from branches.scoping import WorkScope
from fund.models import Pot


@dataclass(frozen=True)
class ReportScope:
    """Who reports (`place` is the short name in file names), whose records, which pots, whom to call.

    `whole` where nothing of the installation is left out; `user` where somebody's rights bound it.
    """

    unit: str
    place: str
    filters: RecordFilter
    pots: tuple
    phone: str
    whole: bool
    user: object = None

    @property
    def is_branch_only(self):
        """Whether what belongs to an organisation stays outside."""
        return self.filters.organization_ids == ()

    def pots_of(self, kind):
        return [pot for pot in self.pots if pot.kind == kind]


def scope_of(branch=None, *, user=None):
    """One branch, or everything there is; of a user's own branches, organisations and pots where a user asks."""
    branches, pots = Branch.objects.all(), Pot.objects.all()
    if user is not None:
        branches, pots = branches.visible_to(user), pots.at_desk_of(user)
    if branch is not None:
        # Never a branch that the user does not see, however it was named.
        branch = branches.select_related("organization").get(pk=branch.pk)
        filters = RecordFilter((branch.pk,), (), (branch.organization_id,))
        own = tuple(pots.filter(branch=branch))
        return ReportScope(branch.name, branch.name, filters, own, branch.office_phone, whole=False, user=user)
    places = Organization.objects.all()
    if user is not None and not WorkScope.of(user).whole:
        places = places.filter(WorkScope.of(user).organizations(by_name=False))
    is_whole = user is None or WorkScope.of(user).whole
    own_branches, desks = tuple(branches), tuple(places)
    if not is_whole and not desks and len(own_branches) == 1:
        return scope_of(own_branches[0], user=user)
    joint = {row.organization_id for row in own_branches} | {row.pk for row in desks}
    filters = (
        ALL_ROWS
        if is_whole
        else RecordFilter(tuple(row.pk for row in own_branches), tuple(row.pk for row in desks), tuple(sorted(joint)))
    )
    top = next((row for row in desks if row.kind == Organization.Kind.STREET), desks[0] if desks else None)
    return ReportScope(
        unit=top.seal_name if top else _("(no organisation)"),
        place=top.name if top else _("(no organisation)"),
        filters=filters,
        pots=tuple(pots),
        phone=top.supervision_phone if top else "",
        whole=is_whole,
        user=user,
    )
