"""Context of the page of branches: branches with their number of members, nameplates, venues and equipment."""

from branches import public
from config.kit.paging import page_of
from members.roster.public import counts_by_branch, roll_count

PER_PAGE = 20


def branches_page(request, *, today):
    """Context of the page: the equipment lines sum to `equipment_total` (yuan), the branches to `members_total`."""
    page = page_of(request, public.branches(), PER_PAGE)
    lines = public.branch_lines(list(page.object_list), on=today)
    counts = counts_by_branch([line.pk for line in lines])
    places = list(public.board_organizations())
    equipment, total = public.equipment(places)
    return {
        "page": page,
        "branches": [(line, counts.get(line.pk, 0)) for line in lines],
        "members_total": roll_count().members,
        "plates": public.nameplates(places),
        "venues": public.venues(places),
        "equipment": equipment,
        "equipment_total": total,
    }
