"""The programme in figures: each number with its word, its definition and the address of the rows behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.exports import events_between, volunteers_on, wishes_closed_between
from branches.exports import equipment_worth, nameplates_number, venue_area
from branches.models import Branch
from fund.exports import balance_on, fund_members_on, income_between, people_helped_between, spending_between
from fund.models import Pot
from honours.exports import book_copies, book_titles, honours_until, visitors_between
from members.models import Affiliation

# A figure either stands at the end of a span (stock) or happened within it (flow); a flow's headline is this year or all.
STOCK, YEAR, ALL = "stock", "year", "all"


def _pots(kind):
    return list(Pot.objects.filter(kind=kind))


def _link(name, **query):
    return lambda year: (
        reverse(name) + ("?" + urlencode({k: year if v is YEAR else v for k, v in query.items()}) if query else "")
    )


@dataclass(frozen=True)
class Indicator:
    """One line of the yearly one-page figures (R12): `measure(first, last)`, `first` None for "since the start"."""

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
        lambda first, last: Branch.objects.open_on(last).count(), _link("site:branches"),
    ),
    Indicator(
        "members", _("members on the roll"), _("persons"), _("members whose affiliation lies with a branch on the day"),
        STOCK, lambda first, last: Affiliation.objects.on(last).count(), _link("site:branches"),
    ),
    Indicator(
        "nameplates", _("nameplates"), _("plates"), _("bodies that share one office and staff"), STOCK,
        lambda first, last: nameplates_number(), _link("site:branches"),
    ),
    Indicator(
        "venue_area", _("venue"), _("m²"), _("floor area of all venues"), STOCK,
        lambda first, last: venue_area(), _link("site:branches"),
    ),
    Indicator(
        "equipment_total", _("equipment"), _("yuan"), _("quantity × unit price of the register, scrapped pieces too"),
        STOCK, lambda first, last: equipment_worth(until=last), _link("site:branches"),
    ),
    Indicator(
        "activity_money", _("activity money received"), _("yuan"), _("income of the branches' activity pots"), YEAR,
        lambda first, last: income_between(first, last, pots=_pots(Pot.Kind.ACTIVITY)),
        _link("fund:lines", pot_kind="activity", side="income", year=YEAR),
    ),
    Indicator(
        "allowance_total", _("secretary allowance paid"), _("yuan"), _("spending of the allowance pot"), YEAR,
        lambda first, last: spending_between(first, last, pots=_pots(Pot.Kind.ALLOWANCE)),
        _link("fund:lines", pot="allowance", side="expense", year=YEAR),
    ),
    Indicator(
        "volunteer_days", _("volunteer days held"), _("events"), _("second-Thursday days that were held"), YEAR,
        lambda first, last: events_between("volunteer_day", first, last),
        _link("activities:list", kind="volunteer_day", state="held", year=YEAR),
    ),
    Indicator(
        "performances", _("performances"), _("events"), _("galas and township shows that were held"), YEAR,
        lambda first, last: events_between("performance", first, last),
        _link("activities:list", kind="performance", state="held", year=YEAR),
    ),
    Indicator(
        "volunteers", _("registered volunteers"), _("persons"), _("volunteers of all four kinds who have not left"), STOCK,
        lambda first, last: volunteers_on(last), _link("activities:volunteers"),
    ),
    Indicator(
        "wishes_fulfilled", _("mini-wishes fulfilled"), _("wishes"), _("wishes closed after the wisher confirmed"), ALL,
        wishes_closed_between, _link("activities:wishes", state="closed"),
    ),
    Indicator(
        "fund_members", _("members of the mutual-aid fund"), _("persons"), _("joined by the day and not left"), STOCK,
        lambda first, last: fund_members_on(last, pots=_pots(Pot.Kind.MUTUAL_AID)), _link("fund:members"),
    ),
    Indicator(
        "fund_raised", _("raised by the mutual-aid fund"), _("yuan"), _("income of the fund, returned gifts taken off"),
        ALL, lambda first, last: income_between(first, last, pots=_pots(Pot.Kind.MUTUAL_AID)),
        _link("fund:lines", side="income"),
    ),
    Indicator(
        "fund_balance", _("balance of the mutual-aid fund"), _("yuan"), _("cash and bank at the end of the month"), STOCK,
        lambda first, last: balance_on(last, pots=_pots(Pot.Kind.MUTUAL_AID)), _link("fund:board"),
    ),
    Indicator(
        "people_helped", _("people helped"), _("persons"), _("different people helped by cases and visits"), ALL,
        lambda first, last: people_helped_between(first, last, pots=_pots(Pot.Kind.MUTUAL_AID)),
        _link("fund:lines", side="expense"),
    ),
    Indicator(
        "honours", _("honours of the role model"), pgettext_lazy("unit", "honours"), _("public honours of persons, all levels"), ALL,
        honours_until, _link("honours:list", winner="person"),
    ),
    Indicator(
        "visitors", _("visitors of the education point"), _("person-times"), _("sum of all visiting groups"), ALL,
        visitors_between, _link("honours:visits"),
    ),
    Indicator(
        "book_titles", _("books: titles"), pgettext_lazy("unit", "titles"), _("titles in the catalogue on the day"), STOCK,
        lambda first, last: book_titles(last), _link("honours:books"),
    ),
    Indicator(
        "book_copies", _("books: copies"), pgettext_lazy("unit", "copies"), _("copies of all titles on the day"), STOCK,
        lambda first, last: book_copies(last), _link("honours:books"),
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


def headline_figures(on):
    """Every indicator up to a day: stocks on it, this year's flows, and flows since the start."""
    figures = []
    for indicator in INDICATORS:
        first = date(on.year, 1, 1) if indicator.span == YEAR else None
        figures.append(
            Figure(
                key=indicator.key,
                name=str(indicator.name),
                unit=str(indicator.unit),
                number=indicator.measure(first, on),
                period=_period(indicator.span, on),
                address=indicator.address(on.year),
                definition=str(indicator.definition),
            )
        )
    return figures


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
