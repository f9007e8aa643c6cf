"""What residents may read of organisations, branches, posts, rooms and things."""

from dataclasses import dataclass

from branches.models import Organization


@dataclass(frozen=True)
class SiteLine:
    """Whose board this is."""

    name: str = ""
    street: str = ""
    full_name: str = ""
    address: str = ""
    office_hours: str = ""
    supervision_phone: str = ""
    suggestion_box: str = ""
    is_demo: bool = False


def site_line():
    """The community the board speaks for: the first community, else whatever organisation there is."""
    rows = list(Organization.objects.select_related("parent").order_by("id")[:20])
    rows.sort(key=lambda row: row.kind != Organization.Kind.COMMUNITY)
    if not rows:
        return SiteLine()
    first = rows[0]
    return SiteLine(
        name=first.name,
        street=first.parent.name if first.parent else "",
        full_name=first.seal_name,
        address=first.address,
        office_hours=first.office_hours,
        supervision_phone=first.supervision_phone,
        suggestion_box=first.suggestion_box,
        is_demo=first.is_demo,
    )


def branches_page(*, today):
    """Context of the page of branches."""
    return {}
