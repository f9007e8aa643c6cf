"""How periods, movements and groups of movements are named on public pages, in the reader's language."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from config.kit.dates import month_end, month_start, quarter_bounds, quarter_of
from config.kit.money import from_fen, yuan
from fund.donations.models import Donation
from fund.help.records import Category
from fund.help.visits.models import CondolenceRound
from fund.ledger.models import Account
from fund.ledger.wording import account_label, day, people

QUARTERS = {
    1: gettext_lazy("first quarter of %(year)s"),
    2: gettext_lazy("second quarter of %(year)s"),
    3: gettext_lazy("third quarter of %(year)s"),
    4: gettext_lazy("fourth quarter of %(year)s"),
}
SIDES = {
    Account.Kind.INCOME.value: gettext_lazy("income"),
    Account.Kind.EXPENSE.value: gettext_lazy("spending"),
}
HELPED = {
    Category.HARDSHIP_MEMBER.value: gettext_lazy("help for members in difficulty"),
    Category.VETERAN.value: gettext_lazy("help for veteran members"),
    Category.BEREAVED.value: gettext_lazy("help for bereaved families"),
    Category.RESIDENT.value: gettext_lazy("help for residents in difficulty"),
    Category.OTHER.value: gettext_lazy("help in difficulty"),
}
VISITS = {
    CondolenceRound.Season.SPRING_FESTIVAL.value: gettext_lazy("visits before Spring Festival"),
    CondolenceRound.Season.JULY_FIRST.value: gettext_lazy("visits for 1 July"),
    CondolenceRound.Season.DOUBLE_NINTH.value: gettext_lazy("visits for Double Ninth"),
    CondolenceRound.Season.ILLNESS.value: gettext_lazy("visits to the sick"),
    CondolenceRound.Season.DEATH.value: gettext_lazy("visits after a death"),
    CondolenceRound.Season.OTHER.value: gettext_lazy("condolence visits"),
}
GIFTS = {
    Donation.Source.MEMBER_DONATION.value: gettext_lazy("member gifts"),
    Donation.Source.SOCIAL_DONATION.value: gettext_lazy("gifts of others"),
    Donation.Source.SUPERIOR_ALLOCATION.value: gettext_lazy("allocation from above"),
}


GIVEN = {
    Donation.Source.MEMBER_DONATION.value: gettext_lazy("gifts of %(people)s of the Party (%(parts)s)"),
    Donation.Source.SOCIAL_DONATION.value: gettext_lazy("gifts of %(people)s or firms (%(parts)s)"),
    Donation.Source.SUPERIOR_ALLOCATION.value: gettext_lazy("allocations from above, %(people)s (%(parts)s)"),
}


def period_label(first, last, *, opened_on=None):
    """`second quarter of 2018`, a month, a year, or the days themselves; a first period begins with the pot."""
    begins = {first, month_start(first)} if first == opened_on else {first}
    quarter = quarter_of(last)
    start, end = quarter_bounds(last.year, quarter)
    if last == end and (start in begins or (first == opened_on and start <= first)):
        return QUARTERS[quarter] % {"year": last.year}
    if (
        (last.month, last.day) == (12, 31)
        and first.year == last.year
        and (first == opened_on or first.timetuple().tm_yday == 1)
    ):
        return _("year %(year)s") % {"year": last.year}
    if first == month_start(last) and last == month_end(last):
        return date_format(last, "YEAR_MONTH_FORMAT")
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def coins(fen):
    """Yuan of whole fen, without the decimals where there are none: `400`, `60.50`."""
    return coins_of(from_fen(fen))


def coins_of(amount):
    """The same of yuan."""
    return yuan(amount).removesuffix(".00")


def parts_words(parts):
    """`28 persons 100 each, 2 persons 400 each` of (people, fen each)."""
    words = [
        _("%(people)s %(amount)s yuan each") % {"people": people(count), "amount": coins(each)} for count, each in parts
    ]
    return pgettext("between parts", ", ").join(words)


def movement_words(*, kind, account, season, category, summary):
    """What a movement was for, in the reader's language where a donation, case or visit is recorded behind it."""
    if kind == "donation":
        return str(GIFTS.get(account, account_label(account)))
    if kind == "case":
        return str(HELPED.get(category, HELPED["other"]))
    if kind == "round":
        return str(VISITS.get(season, VISITS["other"]))
    if kind == "allowance":
        return account_label(account)
    return summary


def lines_address(pot_code, **query):
    """The address of the lines behind a total."""
    wanted = {key: value for key, value in {"pot": pot_code, **query}.items() if value not in (None, "")}
    return f"{reverse('fund:lines')}?{urlencode(wanted)}"


def asked_page(query):
    """The page number somebody typed, or the first; longer digits than any list has pages would only cost time."""
    number = query.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
