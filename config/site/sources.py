"""Where did this figure come from? The records behind each indicator of R12, each counting or summing up to its number."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, ExpressionWrapper, F, IntegerField, Sum, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, MiniWish
from branches.exports import equipment_until, venues_on
from config.kit.dates import month_end, month_start
from config.kit.money import ZERO, MoneyField
from config.kit.punctuation import labelled
from config.site.programme import INDICATORS, STOCK, FigureScope
from fund.help.exports import cases_paid, visits_paid
from fund.models import Account, Entry, Pot
from honours.bookroom.exports import book_titles
from honours.education_point.exports import visits_between
from honours.models import Honour

SPANS = {"this": _("this year"), "last": _("last year"), "all": _("since the start")}


@dataclass(frozen=True)
class Source:
    """The records of one indicator.

    `parts(first, last, at)` gives querysets, whose rows carry `worth` where the figure is a sum; `day`, `label` and `record`
    (what the office opens) read a row. `in_list(first, last)` is what the admin's own list is asked to show the same rows,
    where it can be asked for exactly these.
    """

    rights: tuple
    parts: Callable
    is_sum: bool = False
    day: Callable = lambda row: None
    label: Callable = str
    record: Callable = lambda row: row
    in_list: Callable | None = None
    by_person: bool = False


def _measured_rows(key):
    """The queryset that the indicator itself counts."""
    measure = next(line.measure for line in INDICATORS if line.key == key)
    return lambda first, last, at: [measure(first, last, at)]


def _entries(kind, pot_kind):
    """Entries of the pots that touch one side of the books, from the month of `first` to the month of `last`."""
    # Income grows by what is credited, spending and holdings by what is debited.
    more, less = ("credit", "debit") if kind == Account.Kind.INCOME else ("debit", "credit")

    def parts(first, last, at):
        rows = Entry.objects.filter(pot__in=at.pots[pot_kind], booked_on__lte=month_end(last))
        if first:
            rows = rows.filter(booked_on__gte=month_start(first))
        grown = rows.filter(**{f"{more}__kind": kind}).exclude(**{f"{less}__kind": kind})
        shrunk = rows.filter(**{f"{less}__kind": kind}).exclude(**{f"{more}__kind": kind})
        worth = Case(
            When(**{f"{more}__kind": kind}, then=F("amount")),
            default=ExpressionWrapper(F("amount") * Value(-1, IntegerField()), MoneyField()),
            output_field=MoneyField(),
        )
        return [(grown | shrunk).annotate(worth=worth).select_related("pot")]

    return Source(
        ("fund.view_entry",),
        parts,
        is_sum=True,
        day=lambda row: row.booked_on,
        label=lambda row: labelled(f"{row.pot.name} {row.number}", row.summary),
    )


def _day_span(field, first, last, **others):
    return {**({f"{field}__gte": first} if first else {}), f"{field}__lte": last, **others}


def _events(key, kind):
    return Source(
        ("activities.view_activity",),
        _measured_rows(key),
        day=lambda row: row.day,
        in_list=lambda first, last: _day_span("day", first, last, kind__exact=kind, state__in=",".join(Activity.HELD)),
    )


def _help(first, last, at):
    given = {"pots": at.pots[Pot.Kind.MUTUAL_AID], "filters": at.filters}
    return [
        cases_paid(first, last, **given).order_by("paid_on", "pk"),
        visits_paid(first, last, **given).select_related("round").order_by("round__paid_on", "pk"),
    ]


SOURCES = {
    "branches": Source(("branches.view_branch",), _measured_rows("branches"), day=lambda row: row.founded_on),
    "members": Source(
        ("members.view_member",),
        lambda first, last, at: [
            rows.select_related("member", "branch").order_by("branch_id", "member__sort_name", "pk")
            for rows in _measured_rows("members")(first, last, at)
        ],
        label=lambda row: f"{row.member} · {row.branch}",
        record=lambda row: row.member,
    ),
    "nameplates": Source(("branches.view_nameplate",), _measured_rows("nameplates"), day=lambda row: row.hung_on),
    "venue_area": Source(
        ("branches.view_venue",),
        lambda first, last, at: [venues_on(last, at.filters).annotate(worth=F("area"))],
        is_sum=True,
        day=lambda row: row.opened_on,
    ),
    "equipment_total": Source(
        ("branches.view_equipment",),
        lambda first, last, at: [
            equipment_until(last, at.filters).annotate(
                worth=ExpressionWrapper(F("quantity") * F("unit_price"), MoneyField())
            )
        ],
        is_sum=True,
        day=lambda row: row.bought_on,
        in_list=lambda first, last: {"bought_on__lte": last},
    ),
    "activity_money": _entries(Account.Kind.INCOME, Pot.Kind.ACTIVITY),
    "allowance_total": _entries(Account.Kind.EXPENSE, Pot.Kind.ALLOWANCE),
    "volunteer_days": _events("volunteer_days", Activity.Kind.VOLUNTEER_DAY),
    "performances": _events("performances", Activity.Kind.PERFORMANCE),
    "volunteers": Source(
        ("activities.view_volunteer",), _measured_rows("volunteers"), day=lambda row: row.registered_on
    ),
    "mentor_pairs": Source(
        ("activities.view_mentorpair",), _measured_rows("mentor_pairs"), day=lambda row: row.starts_on
    ),
    "wishes_fulfilled": Source(
        ("activities.view_miniwish",),
        _measured_rows("wishes_fulfilled"),
        day=lambda row: row.closed_on,
        in_list=lambda first, last: _day_span("closed_on", first, last, state__exact=MiniWish.State.CLOSED),
    ),
    "fund_members": Source(("fund.view_fundmember",), _measured_rows("fund_members"), day=lambda row: row.joined_on),
    "fund_raised": _entries(Account.Kind.INCOME, Pot.Kind.MUTUAL_AID),
    "fund_balance": _entries(Account.Kind.ASSET, Pot.Kind.MUTUAL_AID),
    "people_helped": Source(
        ("fund.view_assistancecase", "fund.view_condolencevisit"),
        _help,
        day=lambda row: row.round.paid_on if hasattr(row, "round_id") else row.paid_on,
        label=lambda row: f"{row.name} · {row.round}" if hasattr(row, "round_id") else str(row),
        record=lambda row: row.round if hasattr(row, "round_id") else row,
        by_person=True,
    ),
    "honours": Source(
        ("honours.view_honour",),
        _measured_rows("honours"),
        day=lambda row: row.awarded_on,
        in_list=lambda first, last: _day_span(
            "awarded_on", first, last, state__exact=Honour.State.PUBLIC, is_collective__exact=0
        ),
    ),
    "visitors": Source(
        ("honours.view_visitgroup",),
        lambda first, last, at: [visits_between(first, last, at.filters).annotate(worth=F("visitors"))],
        is_sum=True,
        day=lambda row: row.day,
        in_list=lambda first, last: _day_span("day", first, last),
    ),
    "book_titles": Source(("honours.view_booktitle",), _measured_rows("book_titles"), day=lambda row: row.added_on),
    "book_copies": Source(
        ("honours.view_booktitle",),
        lambda first, last, at: [book_titles(last, at.filters).annotate(worth=F("copies"))],
        is_sum=True,
        day=lambda row: row.added_on,
    ),
}


class Rows:
    """The rows of several querysets one after the other, read a page at a time."""

    ordered = True

    def __init__(self, parts):
        self.parts = parts
        self.counts = [part.count() for part in parts]

    def __len__(self):
        return sum(self.counts)

    def __getitem__(self, span):
        rows, start, stop = [], span.start or 0, len(self) if span.stop is None else span.stop
        for part, number in zip(self.parts, self.counts, strict=True):
            rows += part[max(start, 0) : max(stop, 0)] if start < number and stop > 0 else []
            start, stop = start - number, stop - number
        return rows


@dataclass(frozen=True)
class Line:
    """One record behind a figure: its words, its day, what it adds, where the office opens it."""

    label: str
    day: date | None
    worth: Decimal | int | None
    address: str


class Behind:
    """The records behind one indicator in a span, as far as a user may see them."""

    def __init__(self, key, first, last, at, user):
        self.source = SOURCES[key]
        self.first, self.last = first, last
        parts = self.source.parts(first, last, at)
        self.parts = [part.visible_to(user) if hasattr(part, "visible_to") else part for part in parts]
        self.rows = Rows(self.parts)

    @property
    def number(self):
        """What the records count or sum up to, in the unit of the figure."""
        if self.source.by_person:
            first, *others = [part.order_by().values("person_key") for part in self.parts]
            return first.union(*others).count()
        if not self.source.is_sum:
            return len(self.rows)
        total = sum((part.aggregate(total=Sum("worth"))["total"] or 0 for part in self.parts), 0)
        return total or (ZERO if self._is_money else total)

    @property
    def _is_money(self):
        return isinstance(self.parts[0].query.annotations.get("worth").output_field, MoneyField)

    @property
    def list_address(self):
        """The admin's own list filtered to exactly these records, or nothing where it cannot be asked for them."""
        if self.source.in_list is None:
            return ""
        query = urlencode(self.source.in_list(self.first, self.last))
        return f"{_admin_address(self.parts[0].model, 'changelist')}?{query}"

    def line(self, row):
        record = self.source.record(row)
        return Line(
            label=str(self.source.label(row)),
            day=self.source.day(row),
            worth=getattr(row, "worth", None) if self.source.is_sum else None,
            address=_admin_address(type(record), "change", record.pk),
        )


def _admin_address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def where_of(scope):
    """The records a user's figures count: pots by kind, and the filter of the places the user works in."""
    by_kind = defaultdict(list)
    for pot in Pot.objects.all() if scope.whole else scope.pots:
        by_kind[pot.kind].append(pot)
    return FigureScope(by_kind, scope.filters)


def bounds(span, line, year, on):
    """First (None: since the start) and last day of a span of an indicator, `on` being the last day of this year reported."""
    last = date(year - 1, 12, 31) if span == "last" else on
    if line.span == STOCK or span == "all":
        return None, last
    return date(last.year, 1, 1), last


def may_open(user, key):
    return user.has_perms(SOURCES[key].rights)
