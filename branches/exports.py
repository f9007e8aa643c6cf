"""Columns and rows of posts, venues and equipment for the yearly reports (R2, R8), and the filter of a report's records."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.committees import CommitteeSeat, CommitteeTerm
from branches.equipment import Equipment
from branches.organisations import Branch, Nameplate
from branches.venues import Venue
from config.kit.excel import Column
from config.kit.excel_cells import DATE, MONEY, MONTH, NUMBER, Formula
from config.kit.money import ZERO


@dataclass(frozen=True)
class RecordFilter:
    """Whose records a report covers: the keys of branches and of organisations; None stands for all there are.

    `joint_ids` are the organisations whose joint events (without a branch) are included.
    """

    branch_ids: tuple | None = None
    organization_ids: tuple | None = None
    joint_ids: tuple | None = None

    def of_branches(self, rows, path="branch"):
        """Rows of the branches reached by `path`."""
        return rows if self.branch_ids is None else rows.filter(**{f"{path}__in": self.branch_ids})

    def of_organizations(self, rows, path="organization"):
        """Rows of the organisations reached by `path`."""
        return rows if self.organization_ids is None else rows.filter(**{f"{path}__in": self.organization_ids})

    def joint(self, rows):
        """Rows of the branches, and those that several branches share."""
        if self.branch_ids is None:
            return rows
        return rows.filter(Q(branch__in=self.branch_ids) | Q(branch=None, organization__in=self.joint_ids or ()))


ALL_ROWS = RecordFilter()


def branches_on(day, filters=ALL_ROWS):
    """Retired cadres' branches that existed on a day."""
    return filters.of_branches(Branch.objects.open_on(day), "pk")


def nameplates(until=None, filters=ALL_ROWS):
    """Bodies that share one office and staff, hung by a day where that is written down."""
    rows = filters.of_organizations(Nameplate.objects.all())
    return rows.filter(Q(hung_on=None) | Q(hung_on__lte=until)) if until else rows


def venues_on(day=None, filters=ALL_ROWS):
    rows = filters.of_organizations(Venue.objects.all())
    return rows.filter(Q(opened_on=None) | Q(opened_on__lte=day)) if day else rows


def venue_area(until=None, filters=ALL_ROWS):
    """Square metres of all venues in use by a day."""
    return venues_on(until, filters).aggregate(total=Sum("area"))["total"] or Decimal(0)


def equipment_until(day, filters=ALL_ROWS):
    return filters.of_organizations(Equipment.objects.filter(bought_on__lte=day))


def equipment_worth(*, until, filters=ALL_ROWS):
    """Yuan of everything bought by a day."""
    lines = equipment_until(until, filters).only("quantity", "unit_price")
    return sum((line.amount for line in lines), ZERO)


@dataclass(frozen=True)
class TermLine:
    """One committee of a branch: who sits on it, and whether it was elected in time."""

    number: int
    term: CommitteeTerm
    seats: tuple
    word: str

    def names(self, *posts):
        return _(", ").join(seat.name for seat in self.seats if seat.post in posts)


def term_lines(first, last, filters=ALL_ROWS):
    """Committees in office at some time from `first` to `last`; posts as they were held on `last`."""
    seats = CommitteeSeat.objects.filter(Q(held_until=None) | Q(held_until__gt=last), held_from__lte=last)
    terms = filters.of_branches(CommitteeTerm.objects.filter(elected_on__lte=last))
    terms = terms.select_related("branch").prefetch_related(Prefetch("seats", queryset=seats.order_by("id")))
    by_branch: dict[int, list] = {}
    for term in terms.order_by("branch__organization_id", "branch__name", "branch_id", "term_no"):
        by_branch.setdefault(term.branch_id, []).append(term)
    lines = []
    for terms_of_branch in by_branch.values():
        for place, term in enumerate(terms_of_branch):
            before, after = terms_of_branch[place - 1] if place else None, terms_of_branch[place + 1 : place + 2]
            if after and after[0].elected_on < first:
                continue
            posts = tuple(term.seats.all()) if not after else ()
            lines.append(TermLine(len(lines) + 1, term, posts, _in_time(term, before, bool(after), last)))
    return lines


def _in_time(term, before, is_followed, on):
    if before and term.elected_on > before.term_end:
        return _("%(days)s days late") % {"days": (term.elected_on - before.term_end).days}
    if not is_followed and term.term_end < on:
        return _("no, overdue since %(day)s") % {"day": term.term_end.isoformat()}
    return _("yes")


def term_columns():
    Post = CommitteeSeat.Post
    officers = (Post.ORGANIZATION_OFFICER, Post.PUBLICITY_OFFICER, Post.DISCIPLINE_OFFICER, Post.MEMBER)
    return [
        Column(_("No."), lambda line: line.number, NUMBER, 6, key="no"),
        Column(_("Party branch"), lambda line: line.term.branch.name, width=34, key="branch"),
        Column(pgettext("report", "term"), lambda line: pgettext("report", "term %(number)s") % {"number": line.term.term_no}, width=9, key="term"),
        Column(_("Branch Secretary"), lambda line: line.names(Post.SECRETARY), width=12, key="secretary"),
        Column(_("Deputy Secretary"), lambda line: line.names(Post.DEPUTY_SECRETARY), width=12, key="deputy"),
        Column(_("committee members"), lambda line: line.names(*officers), width=30, key="members"),
        Column(_("elected on"), lambda line: line.term.elected_on, DATE, 13, key="elected_on"),
        Column(_("term ends on"), lambda line: line.term.term_end, DATE, 13, key="ends_on"),
        Column(_("elected in time"), lambda line: line.word, width=18, key="in_time"),
    ]  # fmt: skip


def numbered(rows):
    """Rows with their number in front."""
    return enumerate(rows, 1)


def venue_columns():
    """§3.3 of the handbook, 场地台账."""
    return [
        Column(_("No."), lambda row: row[0], NUMBER, 6),
        Column(pgettext("report", "name"), lambda row: row[1].name, width=24),
        Column(_("address"), lambda row: row[1].address, width=24),
        Column(_("area (m²)"), lambda row: row[1].area, MONEY, 11, total=True, ref="R8.area"),
        Column(_("facilities"), lambda row: row[1].facilities, width=24),
        Column(_("opening hours"), lambda row: row[1].opening_hours, width=20),
        Column(_("keeper"), lambda row: row[1].keeper, width=10),
        Column(_("office phone"), lambda row: row[1].office_phone, width=14),
        Column(_("in use since"), lambda row: row[1].opened_on, MONTH, 11),
    ]


def equipment_columns():
    """§3.3 of the handbook, 设备台账; an amount is the formula quantity × unit price."""
    return [
        Column(_("No."), lambda row: row[0], NUMBER, 6, key="no"),
        Column(_("asset number"), lambda row: row[1].asset_no, width=11, key="asset_no"),
        Column(pgettext("report", "name"), lambda row: row[1].name, width=14, key="name"),
        Column(_("model"), lambda row: row[1].model, width=12, key="model"),
        Column(pgettext("report", "unit"), lambda row: row[1].unit, width=7, key="unit"),
        Column(_("quantity"), lambda row: row[1].quantity, NUMBER, 8, total=True, ref="R8.quantity", key="quantity"),
        Column(_("unit price (yuan)"), lambda row: row[1].unit_price, MONEY, 12, key="price"),
        Column(
            _("amount (yuan)"),
            lambda row: Formula("={quantity}{row}*{price}{row}", row[1].amount),
            MONEY,
            14,
            total=True,
            ref="R8.amount",
            key="amount",
        ),
        Column(_("bought on"), lambda row: row[1].bought_on, DATE, 12, key="bought_on"),
        Column(_("paid from"), lambda row: row[1].funding, width=14, key="funding"),
        Column(pgettext("report", "place"), lambda row: row[1].place, width=16, key="place"),
        Column(_("keeper"), lambda row: row[1].keeper, width=10, key="keeper"),
        Column(pgettext("report", "state"), lambda row: row[1].get_state_display(), width=8, key="state"),
    ]
