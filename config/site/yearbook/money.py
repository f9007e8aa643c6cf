"""R5 the accounts of each pot, R6 help given, R7 activity money and allowance."""

from datetime import date

from django.utils.translation import gettext as _

from config.kit.excel import LONGEST_SHEET_NAME, Block, Chart, Worksheet
from config.kit.excel_sheets import FIRST_ROW
from fund.bookkeeping import exports as accounts
from fund.donations import exports as gifts
from fund.help import exports as help
from fund.models import Account, Entry, Pot


def may(scope, right):
    return scope.user is None or scope.user.has_perm(right)


def fund(year, scope, on):
    """R5: balance and quarters, income, spending, the years, and the donation register of each pot."""
    for pot in scope.pots:
        yield from _pot_sheets(year, pot, on)
        if pot.kind == Pot.Kind.MUTUAL_AID and may(scope, "fund.view_donation"):
            yield _register(year, pot, on)


def _tab(words, pot):
    """The name of a pot's sheet; a long name keeps its two ends, by which people tell pots apart."""
    room = LONGEST_SHEET_NAME - len(words % {"pot": ""})
    name = pot.name if len(pot.name) <= room else f"{pot.name[: room // 2]}…{pot.name[-(room - room // 2 - 1) :]}"
    return words % {"pot": name}


def _list_sheets(year, pot, heading):
    """Every income, then every spending of a year."""
    for kind, name, title, summary in (
        (Account.Kind.INCOME, _("R5 income %(pot)s"), _("%(pot)s: income of %(year)s"), _("%(pot)s: every income")),
        (
            Account.Kind.EXPENSE,
            _("R5 spending %(pot)s"),
            _("%(pot)s: spending of %(year)s"),
            _("%(pot)s: every spending"),
        ),
    ):
        yield Worksheet(
            name=_tab(name, pot),
            title=title % heading,
            unit=_("yuan"),
            blocks=[
                Block(
                    accounts.entry_columns(f"R5.{pot.code}.list.{kind}"),
                    accounts.entries_of(pot, year, kind),
                    has_total=True,
                )
            ],
            summary=summary % heading,
        )


def _pot_sheets(year, pot, on):
    heading, code = {"year": year, "pot": pot.name}, pot.code
    yield Worksheet(
        name=_tab(_("R5 balance %(pot)s"), pot),
        title=_("%(pot)s: account of %(year)s") % heading,
        unit=_("yuan"),
        blocks=[
            Block(accounts.balance_columns(), accounts.balance_lines(pot, year, first_row=FIRST_ROW)),
            Block(
                accounts.quarter_columns(code),
                accounts.quarter_lines(pot, year),
                heading=_("By quarter"),
                has_total=True,
            ),
        ],
        confidential=True,
        summary=_("%(pot)s: balance, income by source, spending by use, by quarter") % heading,
    )
    yield from _list_sheets(year, pot, heading)
    yield Worksheet(
        name=_tab(_("R5 years %(pot)s"), pot),
        title=_("%(pot)s: income and spending of all years to %(year)s") % heading,
        unit=_("yuan"),
        blocks=[Block(accounts.year_columns(code), accounts.year_lines(pot, on), has_total=True)],
        charts=[Chart(_("Income and spending by year (yuan)"), ["income", "spending"])],
        summary=_("%(pot)s: all years; a chart of income and spending") % heading,
    )


def _register(year, pot, on):
    heading = {"year": year, "pot": pot.name}
    notes = [_("Phones and names are private; the list is not for the board.")]
    returned = gifts.returned_gifts(pot, year, on)
    if returned:
        notes.append(_("%(count)s gifts that were given back are left out.") % {"count": returned})
    return Worksheet(
        name=_tab(_("R5 gifts %(pot)s"), pot),
        title=_("%(pot)s: donation register of %(year)s") % heading,
        unit=_("yuan"),
        blocks=[
            Block(gifts.register_columns(f"R5.{pot.code}.gifts"), gifts.register_rows(pot, year, on), has_total=True)
        ],
        notes=notes,
        summary=_("%(pot)s: donation register, can be imported again") % heading,
    )


def help_given(year, scope, on):
    """R6: the internal list, the same for the board with masked names, and sums by occasion and year."""
    heading = {"year": year}
    pots = scope.pots_of(Pot.Kind.MUTUAL_AID)
    lines = help.help_lines(year, on, pots=pots, filters=scope.filters)
    yield Worksheet(
        name=_("R6 help"),
        title=_("%(year)s help to members in difficulty and veteran members") % heading,
        unit=_("yuan"),
        blocks=[Block(help.help_columns(), lines, has_total=True, ref="R6.list")],
        notes=[_("Persons are those helped for the first time in the year; every payment is one person-time.")],
        summary=_("whom the fund helped, in clear, with amounts and signatures"),
    )
    yield Worksheet(
        name=_("R6 for the board"),
        title=_("%(year)s help to members in difficulty and veteran members (for the board)") % heading,
        unit=_("yuan"),
        blocks=[Block(help.masked_columns(), lines, has_total=True, ref="R6.board")],
        confidential=False,
        summary=_("the same with masked names"),
    )
    yield Worksheet(
        name=_("R6 sums"),
        title=_("%(year)s help in figures") % heading,
        blocks=[
            Block(help.occasion_columns(), help.occasion_lines(lines), heading=_("By occasion"), has_total=True),
            Block(
                help.help_year_columns(),
                help.help_years(on, pots=pots, filters=scope.filters),
                heading=_("By year"),
                has_total=True,
            ),
        ],
        notes=[
            _("People helped in several years count once in each; the sum of first times is everybody ever helped.")
        ],
        summary=_("persons, person-times and amounts by occasion and by year"),
    )


def activity_money(year, scope, on):
    """R7: sources, uses and balance of the activity pots; allowance by month and person."""
    heading = {"year": year}
    pots = scope.pots_of(Pot.Kind.ACTIVITY)
    yield Worksheet(
        name=_("R7 activity money"),
        title=_("%(year)s activity money of the branches") % heading,
        unit=_("yuan"),
        blocks=[
            Block(
                accounts.money_columns(),
                (line for pot in pots for line in accounts.money_lines(pot, year)),
                has_total=True,
            )
        ],
        notes=[_("Each pot begins with its own balance; pots are never mixed.")],
        summary=_("sources, uses and balance of each branch's activity money"),
    )
    people = help.allowance_people(year, on, pots=scope.pots_of(Pot.Kind.ALLOWANCE), filters=scope.filters)
    yield Worksheet(
        name=_("R7 allowance"),
        title=_("%(year)s allowance of the branch secretaries") % heading,
        unit=_("yuan"),
        blocks=[Block(help.allowance_columns(), people, has_total=True)],
        notes=[_("Months for which the allowance was paid, whenever that was in the year.")],
        summary=_("allowance by month and person, a place to sign"),
    )


def count_fund(year, scope, on):
    return Entry.objects.filter(pot__in=scope.pots, booked_on__year=year).count()


def count_help(year, scope, on):
    span, pots = (date(year, 1, 1), on), scope.pots_of(Pot.Kind.MUTUAL_AID)
    return sum(rows(*span, pots=pots, filters=scope.filters).count() for rows in (help.cases_paid, help.visits_paid))


def count_activity_money(year, scope, on):
    people = help.allowance_people(year, on, pots=scope.pots_of(Pot.Kind.ALLOWANCE), filters=scope.filters)
    return len(people) + sum(len(accounts.money_lines(pot, year)) for pot in scope.pots_of(Pot.Kind.ACTIVITY))
