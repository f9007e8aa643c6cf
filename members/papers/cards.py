"""How does a member get a card for the day of joining the Party? By month of joining, or everybody for 1 July."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from config.kit.paper import left_out, render, set_apart
from config.kit.paper.sheet import frame

TEMPLATE = Path(__file__).resolve().parent / "card.typ"
JULY = 7


@dataclass(frozen=True)
class Birthday:
    """A member's political birthday: the day it is kept on, and whole years of Party standing on it, or None."""

    name: str
    joined_on: date
    day_known: bool
    kept_on: date
    standing: int | None


def _anniversary(joined_on, year):
    try:
        return joined_on.replace(year=year)
    except ValueError:  # 29 February
        return joined_on.replace(year=year, day=28)


def birthdays(members, *, year, month=None):
    """Those among `members` who joined in a `month`, by day; without a month everybody, as given, for 1 July.

    Whoever joined later than the day, or has no day of joining on record, gets no card.
    """
    rows = []
    for member in members:
        joined_on = member.joined_on
        if joined_on is None or (month and joined_on.month != month):
            continue
        kept_on = _anniversary(joined_on, year) if month else date(year, JULY, 1)
        if joined_on < kept_on:
            rows.append(
                Birthday(
                    name=member.name,
                    joined_on=joined_on,
                    day_known=member.joined_day_known,
                    kept_on=kept_on,
                    standing=member.standing_years(on=kept_on) or None,
                )
            )
    return sorted(rows, key=lambda row: row.kept_on)


def _card(row, july):
    joined = date_format(row.joined_on, "DATE_FORMAT" if row.day_known else "YEAR_MONTH_FORMAT")
    occasion = (
        _(
            "On the birthday of the Party we thank you for all these years and wish you health, long life and a light heart."
        )
        if july
        else _(
            "On your political birthday we thank you for all these years and wish you health, long life and a light heart."
        )
    )
    return {
        "greeting": _("Dear comrade %(name)s,") % {"name": row.name},
        "joined": (_("On %(day)s you joined the Communist Party of China.") if row.day_known else _("In %(day)s you joined the Communist Party of China.")) % {"day": joined},
        "standing_word": pgettext("card", "Party standing") if row.standing else "",
        "standing": str(row.standing or ""),
        "standing_unit": npgettext("card", "year", "years", row.standing or 0),
        "wish": occasion,
        "day_words": date_format(row.kept_on, "DATE_FORMAT"),
    }  # fmt: skip


def birthday_cards(rows, *, publisher, year, month=None, two_on_a_page=False):
    """政治生日贺卡 of `birthdays(...)`: A5 each, or two on an A4 to be cut.

    Whose name holds a character that no font draws is named on a last page; ValidationError `unprintable` where that
    leaves no card.
    """
    cards, others = set_apart((row.name, _card(row, july=not month)) for row in rows)
    on = date(year, month or JULY, 1)
    data = frame(_("Political birthday cards"), author=publisher, on=on) | {
        "publisher": publisher,
        "heading": pgettext("card", "Happy political birthday"),
        "cards": cards,
        "left_out": left_out(others),
        "two": two_on_a_page,
        "cut": _("cut here"),
    }
    return render(TEMPLATE, data, paper="a4" if two_on_a_page else "a5")
