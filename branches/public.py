"""Public data of organisations, branches, posts, venues and equipment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, IntegerField, Prefetch, When, prefetch_related_objects

from branches.committees import CommitteeSeat, CommitteeTerm
from branches.equipment import Equipment
from branches.organisations import Branch, Nameplate, Organization
from branches.venues import Venue
from config.kit.person.search import contains


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


def board_community():
    """The organisation the board is of: the first community, else the first organisation; None where there is none."""
    is_community = Case(When(kind=Organization.Kind.COMMUNITY, then=0), default=1, output_field=IntegerField())
    return Organization.objects.select_related("parent").order_by(is_community, "id").first()


def site_line():
    """The community whose board this is, as public pages show it."""
    first = board_community()
    if first is None:
        return SiteLine()
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


@dataclass(frozen=True)
class SeatLine:
    post_word: str
    name: str


@dataclass(frozen=True)
class BranchLine:
    """A branch with its committee of the day; its members are not public."""

    pk: int
    name: str
    organization: str
    kind_word: str
    founded_on: date | None
    office_phone: str
    term_no: int | None
    elected_on: date | None
    term_end: date | None
    seats: tuple[SeatLine, ...]


def branches(*, query=""):
    """A queryset of the branches; page it, then `branch_lines` turns the rows into lines."""
    rows = Branch.objects.filter(closed_on=None).select_related("organization")
    rows = rows.order_by("organization__kind", "organization_id", "name")
    return rows.filter(contains(query, "name")) if query else rows


def branch_lines(rows, *, on):
    """Lines of branches with the committee in office on a day; two queries for any number of them."""
    terms = CommitteeTerm.objects.filter(elected_on__lte=on).order_by("-elected_on")
    seats = CommitteeSeat.objects.exclude(held_until__lt=on).filter(held_from__lte=on).order_by("id")
    prefetch_related_objects(rows, Prefetch("terms", terms), Prefetch("terms__seats", seats))
    return [_branch_line(branch) for branch in rows]


def _branch_line(branch):
    term = next(iter(branch.terms.all()), None)
    return BranchLine(
        pk=branch.pk,
        name=branch.name,
        organization=branch.organization.name,
        kind_word=branch.get_kind_display(),
        founded_on=branch.founded_on,
        office_phone=branch.office_phone,
        term_no=term and term.term_no,
        elected_on=term and term.elected_on,
        term_end=term and term.term_end,
        seats=tuple(SeatLine(seat.get_post_display(), seat.name) for seat in term.seats.all()) if term else (),
    )


def board_organizations():
    """The organisations whose venues and equipment the board shows: the community's street and all under it.

    A page that shows several of them calls this once and passes the result as `places`.
    """
    first = board_community()
    return Organization.objects.within(first.parent or first) if first else Organization.objects.none()


@dataclass(frozen=True)
class PlateLine:
    name: str
    duties: str
    hung_on: date | None


def nameplates(places=None):
    """五块牌子: the bodies that share one office, staff and venue."""
    rows = Nameplate.objects.filter(organization__in=board_organizations() if places is None else places).order_by("id")
    return [PlateLine(row.get_code_display(), row.duties, row.hung_on) for row in rows]


@dataclass(frozen=True)
class VenueLine:
    """A room residents may come to; its area in square metres."""

    name: str
    address: str
    area: Decimal
    facilities: str
    opening_hours: str
    office_phone: str


def venues(places=None):
    rows = Venue.objects.filter(organization__in=board_organizations() if places is None else places).order_by("id")
    return [
        VenueLine(row.name, row.address, row.area, row.facilities, row.opening_hours, row.office_phone) for row in rows
    ]


@dataclass(frozen=True)
class EquipmentLine:
    """One kind of thing: how many, at what price, together how much (yuan)."""

    name: str
    quantity: int
    unit: str
    unit_price: Decimal
    amount: Decimal


def equipment(places=None):
    """The lines of the equipment register, and their sum in yuan; scrapped pieces were paid for too."""
    rows = Equipment.objects.filter(organization__in=board_organizations() if places is None else places).order_by(
        "asset_no"
    )
    lines = [EquipmentLine(row.name, row.quantity, row.unit, row.unit_price, row.amount) for row in rows]
    return lines, sum((line.amount for line in lines), Decimal("0.00"))
