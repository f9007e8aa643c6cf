"""The programme in figures: each number with its word, its definition and the address of the rows behind it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.events.exports import events_between
from activities.mentoring.exports import pairs_on
from activities.volunteers.exports import volunteers_on
from activities.wishes.exports import wishes_closed_between
from branches.exports import ALL_ROWS, RecordFilter, branches_on, equipment_worth, nameplates, venue_area
from config.kit.union_count import count_together
from fund.donations.exports import fund_members_on
from fund.help.exports import people_helped_between
from fund.ledger.sums import balance_on, income_between, spending_between
from fund.models import Pot
from honours.awards.exports import honours_between
from honours.bookroom.exports import book_copies, book_titles
from honours.education_point.exports import visitors_between
from members.roster.exports import affiliations_on

# A figure either stands at the end of a span (stock) or happened within it (flow); a flow's headline is this year or all.
STOCK, YEAR, ALL = "stock", "year", "all"


def _link(name, **query):
    return lambda year: (
        reverse(name) + ("?" + urlencode({k: year if v is YEAR else v for k, v in query.items()}) if query else "")
    )


@dataclass(frozen=True)
class FigureScope:
    """Whose records a figure counts: pots by kind, and the filter of branches and organisations."""

    pots: dict
    filters: RecordFilter = ALL_ROWS


@dataclass(frozen=True)
class Indicator:
    """One line of the yearly one-page figures (R12).

    `measure(first, last, at)` gives a number, or a queryset whose rows are to be counted; `first` is None for "since
    the start", `at` says whose records (`FigureScope`).
    """

    key: str
    name: Promise
    unit: Promise
    definition: Promise
    span: str
    measure: Callable
    address: Callable


INDICATORS = [
    Indicator(
        "branches", _("branches"), pgettext_lazy("unit", "branches"), _("retired cadres' branches that exist on the day"), STOCK,
        lambda first, last, at: branches_on(last, at.filters), _link("site:branches"),
    ),
    Indicator(
        "members", _("members on the roll"), _("persons"), _("members whose affiliation lies with a branch on the day"),
        STOCK, lambda first, last, at: affiliations_on(last, at.filters), _link("site:branches"),
    ),
    Indicator(
        "nameplates", _("nameplates"), _("plates"), _("bodies that share one office and staff"), STOCK,
        lambda first, last, at: nameplates(last, at.filters), _link("site:branches"),
    ),
    Indicator(
        "venue_area", _("venue"), _("m²"), _("floor area of all venues"), STOCK,
        lambda first, last, at: venue_area(last, at.filters), _link("site:branches"),
    ),
    Indicator(
        "equipment_total", _("equipment"), _("yuan"), _("quantity × unit price of the register, scrapped pieces too"),
        STOCK, lambda first, last, at: equipment_worth(until=last, filters=at.filters), _link("site:branches"),
    ),
    Indicator(
        "activity_money", _("activity money received"), _("yuan"), _("income of the branches' activity pots"), YEAR,
        lambda first, last, at: income_between(first, last, pots=at.pots[Pot.Kind.ACTIVITY]),
        _link("fund:pots", kind="activity", year=YEAR),
    ),
    Indicator(
        "allowance_total", _("secretary allowance paid"), _("yuan"), _("spending of the allowance pot"), YEAR,
        lambda first, last, at: spending_between(first, last, pots=at.pots[Pot.Kind.ALLOWANCE]),
        _link("fund:pots", kind="allowance", year=YEAR),
    ),
    Indicator(
        "volunteer_days", _("volunteer days held"), _("events"), _("second-Thursday days that were held"), YEAR,
        lambda first, last, at: events_between("volunteer_day", first, last, at.filters),
        _link("activities:list", kind="volunteer_day", held="yes", year=YEAR),
    ),
    Indicator(
        "performances", _("performances"), _("events"), _("galas and township shows that were held"), YEAR,
        lambda first, last, at: events_between("performance", first, last, at.filters),
        _link("activities:list", kind="performance", held="yes", year=YEAR),
    ),
    Indicator(
        "volunteers", _("registered volunteers"), _("persons"), _("volunteers of all four kinds who have not left"), STOCK,
        lambda first, last, at: volunteers_on(last, at.filters), _link("activities:volunteers"),
    ),
    Indicator(
        "mentor_pairs", _("mentoring pairs"), pgettext_lazy("unit", "pairs"), _("pairs that work together on the day"), STOCK,
        lambda first, last, at: pairs_on(last, at.filters), _link("activities:volunteers"),
    ),
    Indicator(
        "wishes_fulfilled", _("mini-wishes fulfilled"), _("wishes"), _("wishes closed after the wisher confirmed"), ALL,
        lambda first, last, at: wishes_closed_between(first, last, at.filters), _link("activities:wishes", state="closed"),
    ),
    Indicator(
        "fund_members", _("members of the mutual-aid fund"), _("persons"), _("joined by the day and not left"), STOCK,
        lambda first, last, at: fund_members_on(last, pots=at.pots[Pot.Kind.MUTUAL_AID]), _link("fund:members"),
    ),
    Indicator(
        "fund_raised", _("raised by the mutual-aid fund"), _("yuan"), _("income of the fund, returned gifts taken off"),
        ALL, lambda first, last, at: income_between(first, last, pots=at.pots[Pot.Kind.MUTUAL_AID]),
        _link("fund:pots", kind="mutual_aid"),
    ),
    Indicator(
        "fund_balance", _("balance of the mutual-aid fund"), _("yuan"), _("cash and bank at the end of the month"), STOCK,
        lambda first, last, at: balance_on(last, pots=at.pots[Pot.Kind.MUTUAL_AID]), _link("fund:pots", kind="mutual_aid"),
    ),
    Indicator(
        "people_helped", _("people helped"), _("persons"), _("different people helped by cases and visits"), ALL,
        lambda first, last, at: people_helped_between(first, last, pots=at.pots[Pot.Kind.MUTUAL_AID], filters=at.filters),
        _link("site:helped"),
    ),
    Indicator(
        "honours", _("honours of the role model"), pgettext_lazy("unit", "honours"), _("public honours of persons, all levels"), ALL,
        lambda first, last, at: honours_between(first, last, at.filters), _link("honours:all", winner="person"),
    ),
    Indicator(
        "visitors", _("visitors of the education point"), _("person-times"), _("sum of all visiting groups"), ALL,
        lambda first, last, at: visitors_between(first, last, at.filters), _link("honours:visit"),
    ),
    Indicator(
        "book_titles", _("books: titles"), pgettext_lazy("unit", "titles"), _("titles in the catalogue on the day"), STOCK,
        lambda first, last, at: book_titles(last, at.filters), _link("honours:books"),
    ),
    Indicator(
        "book_copies", _("books: copies"), pgettext_lazy("unit", "copies"), _("copies of all titles on the day"), STOCK,
        lambda first, last, at: book_copies(last, at.filters), _link("honours:books"),
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A headline number as it leaves the program."""

    key: str
    name: str
    unit: str
    number: int | Decimal
    period: str
    address: str
    definition: str

    @property
    def shown(self):
        """The number as people write it: money and areas with two decimals, counts with none."""
        return f"{self.number:,.2f}" if isinstance(self.number, Decimal) else f"{self.number:,}"


# What a report of branches alone can tell; everything else belongs to their organisation.
OF_BRANCHES = (
    "branches", "members", "activity_money", "volunteer_days", "performances", "mentor_pairs", "wishes_fulfilled", "people_helped", "honours",
)  # fmt: skip


def measured(first_of, last, *, pots=None, filters=ALL_ROWS, keys=None):
    """`{key: number}` of the indicators (`keys`, or all); `first_of(indicator)` is the first day of its span, or None.

    `pots` and `filters` say whose records are counted: everything there is, unless they are given.
    """
    by_kind = defaultdict(list)
    for pot in Pot.objects.all() if pots is None else pots:
        by_kind[pot.kind].append(pot)
    at = FigureScope(by_kind, filters)
    values = {
        line.key: line.measure(first_of(line), last, at) for line in INDICATORS if keys is None or line.key in keys
    }
    rows = {key: value for key, value in values.items() if isinstance(value, QuerySet)}
    return values | count_together(rows)


def headline_figures(on):
    """Every indicator up to a day: stocks on it, this year's flows, and flows since the start."""
    numbers = measured(lambda line: date(on.year, 1, 1) if line.span == YEAR else None, on)
    return [
        Figure(
            key=line.key,
            name=str(line.name),
            unit=str(line.unit),
            number=numbers[line.key],
            period=_period(line.span, on),
            address=line.address(on.year),
            definition=str(line.definition),
        )
        for line in INDICATORS
    ]


def _period(span, on):
    if span == STOCK:
        return on.isoformat()
    return f"{on.year}-01-01/{on.isoformat()}" if span == YEAR else f"../{on.isoformat()}"


def as_json(figures):
    """The figures as open data; money with two decimals as a number, because fen are exact below 10¹³ yuan."""
    return {
        "figures": {
            figure.key: {
                "number": _plain(figure.number),
                "unit": figure.unit,
                "period": figure.period,
                "address": figure.address,
                "name": figure.name,
                "definition": figure.definition,
            }
            for figure in figures
        }
    }


def _plain(number):
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number
