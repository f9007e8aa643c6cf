"""Published statements as residents read them: the list, and one sheet made from its frozen document."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from branches.calendar import STATEMENT_NOTICE_WORKING_DAYS, WorkingCalendar
from config.kit.money import from_fen
from config.kit.person.names import called
from fund.disclosure.statements.document import EXPENSE, INCOME
from fund.disclosure.statements.listing import StatementLine, line_of_statement
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import GIVEN, coins, lines_address, movement_words, parts_words, period_label
from fund.ledger.wording import account_label, day, people
from members.privacy import mask_donor, shown_name


@dataclass(frozen=True)
class Gift:
    """One name of a group with what it gave or received (yuan), as the sheet unfolds it."""

    who: str
    amount: Decimal | None


@dataclass(frozen=True)
class SheetRow:
    """One row of the sheet: the movements of one day and source, the cases of the period, or one round."""

    number: int
    anchor: str
    when: str
    day: date | None
    what: str
    kind: str
    amount: Decimal
    note: str
    count: int
    names: tuple
    is_red: bool = False


@dataclass(frozen=True)
class Correction:
    """Old and new figure where a statement corrects another (yuan); what stayed the same is not named."""

    label: str
    old: Decimal
    new: Decimal


@dataclass(frozen=True)
class PostingLine:
    """Where the paper hung and from when until when; `until` is None while it hangs, `days` are working days."""

    place: str
    since: date
    until: date | None
    days: int | None


@dataclass(frozen=True)
class StatementPage:
    """One published statement, whole; amounts in yuan."""

    number: str
    office_number: str
    title: str
    label: str
    period_from: date
    period_to: date
    pot_name: str
    pot_code: str
    organization: str
    opening: Decimal
    income: Decimal
    spending: Decimal
    closing: Decimal
    income_rows: tuple
    spending_rows: tuple
    income_address: str
    spending_address: str
    published_on: date
    notice_from: date
    notice_to: date
    notice_days: int
    signers: tuple
    code: str
    digest: str
    previous: StatementLine | None
    previous_code: str
    next: StatementLine | None
    corrects: StatementLine | None
    correction_reason: str
    corrections: tuple
    corrected_by: StatementLine | None
    corrected_reason: str
    corrected_figures: tuple
    persons: int
    supervision_phone: str
    office_hours: str
    suggestion_box: str
    postings: tuple


def statement_page(number):
    """The published statement with this number (as in its address), or None; costs the length of its period."""
    statement = (
        Statement.objects.published()
        .select_related(
            "pot__organization__parent",
            "previous",
            "corrects",
            "drafted_by",
            "first_reviewed_by",
            "second_reviewed_by",
        )
        .prefetch_related("corrected_by", "names", "postings")
        .filter(number=number)
        .first()
    )
    return _page_of(statement) if statement else None


@dataclass(frozen=True)
class StatementSheet:
    """The rows of a statement on its way, for the people who review it."""

    title: str
    address: str
    opening: Decimal
    income: Decimal
    spending: Decimal
    closing: Decimal
    income_rows: tuple
    spending_rows: tuple


def sheet_of(statement):
    """The sheet of a statement at any step, as residents read it or will read it."""
    income, spending = _sides_of(statement)
    label = str(period_label(statement.period_from, statement.period_to, opened_on=statement.pot.opened_on))
    return StatementSheet(
        title=label,
        address=statement.get_absolute_url() if statement.is_published else "",
        opening=statement.opening,
        income=statement.income,
        spending=statement.expense,
        closing=statement.closing,
        income_rows=income,
        spending_rows=spending,
    )


def _sides_of(statement):
    lines = json.loads(statement.document)["lines"]
    shown = {(row.line, row.position): row.shown for row in statement.names.all()}
    return tuple(_rows([line for line in lines if line["side"] == side], shown, side) for side in (INCOME, EXPENSE))


def _neighbours(statement):
    """The statements that stand for the periods before and after; None where there is none."""
    standing = Statement.objects.published().filter(pot=statement.pot)
    standing = standing.exclude(corrected_by__state=Statement.State.PUBLISHED)
    standing = standing.select_related("corrects").defer("document")
    before = standing.filter(period_to__lt=statement.period_from).order_by("-period_to").first()
    return before, standing.filter(period_from__gt=statement.period_to).order_by("period_from").first()


def _signers(statement):
    return (
        (_("Prepared by the fund keeper"), _staff(statement.drafted_by)),
        (_("First review by the accountant"), _staff(statement.first_reviewed_by)),
        (_("Second review by the discipline officer"), _staff(statement.second_reviewed_by)),
    )


def _page_of(statement):
    pot, document = statement.pot, json.loads(statement.document)
    income, spending = _sides_of(statement)
    label = str(period_label(statement.period_from, statement.period_to, opened_on=pot.opened_on))
    before, after = _neighbours(statement)
    correction = next((row for row in statement.corrected_by.all() if row.is_published), None)
    corrects = statement.corrects
    return StatementPage(
        number=statement.number,
        office_number=document["office_number"],
        title=_("%(pot)s, %(period)s: income and spending") % {"pot": pot.name, "period": label},
        label=label,
        period_from=statement.period_from,
        period_to=statement.period_to,
        pot_name=pot.name,
        pot_code=pot.code,
        organization=document["organization"],
        opening=statement.opening,
        income=statement.income,
        spending=statement.expense,
        closing=statement.closing,
        income_rows=income,
        spending_rows=spending,
        income_address=lines_address(pot.code, side=INCOME, statement=statement.number),
        spending_address=lines_address(pot.code, side=EXPENSE, statement=statement.number),
        published_on=statement.published_on,
        notice_from=statement.notice_from,
        notice_to=statement.notice_to,
        notice_days=STATEMENT_NOTICE_WORKING_DAYS,
        signers=_signers(statement),
        code=statement.short_code,
        digest=statement.digest,
        previous=line_of_statement(before, pot) if before else None,
        previous_code=statement.previous.short_code if statement.previous else "",
        next=line_of_statement(after, pot) if after else None,
        corrects=line_of_statement(corrects, pot) if corrects else None,
        correction_reason=statement.correction_reason,
        corrections=_corrections(corrects, statement) if corrects else (),
        corrected_by=line_of_statement(correction, pot) if correction else None,
        corrected_reason=correction.correction_reason if correction else "",
        corrected_figures=_corrections(statement, correction) if correction else (),
        persons=sum(line["persons"] for line in document["lines"] if line["side"] == EXPENSE),
        supervision_phone=_of_office(pot, "supervision_phone"),
        office_hours=_of_office(pot, "office_hours"),
        suggestion_box=_of_office(pot, "suggestion_box"),
        postings=_postings(statement),
    )


def _postings(statement):
    rows = sorted(statement.postings.all(), key=lambda row: (row.posted_on, row.pk))
    over = [row.taken_down_on for row in rows if row.taken_down_on]
    calendar = WorkingCalendar.read(rows[0].posted_on, max(over)) if over else None
    return tuple(
        PostingLine(
            place=row.place,
            since=row.posted_on,
            until=row.taken_down_on,
            days=calendar.days_between(row.posted_on, row.taken_down_on) if row.taken_down_on else None,
        )
        for row in rows
    )


def _of_office(pot, field):
    """The field's value of the pot's organisation, else of its parent."""
    own, above = pot.organization, pot.organization.parent
    return getattr(own, field) or (getattr(above, field) if above else "")


def _corrections(old, new):
    return tuple(
        Correction(label, before, after)
        for label, before, after in (
            (_("Opening balance"), old.opening, new.opening),
            (_("Income"), old.income, new.income),
            (_("Spending"), old.expense, new.expense),
            (_("Closing balance"), old.closing, new.closing),
        )
        if before != after
    )


def _staff(user):
    """Staff are masked on the sheet as donors are: first and last character of the name."""
    return shown_name(called(user), agreed=False, masked=mask_donor) if user and user.last_name else ""


def _rows(lines, shown, side):
    groups = {}
    for line in lines:
        groups.setdefault(_group_key(line), []).append(line)
    return tuple(
        _row(number, f"{side}-{number}", group, shown) for number, group in enumerate(groups.values(), start=1)
    )


def _group_key(line):
    """Gifts of one day and source stand in one row, the cases of a period in one, everything else for itself."""
    if line["reverses"]:
        return ("red", line["no"])
    if line["kind"] == "donation":
        return ("gifts", line["date"], line["account"])
    if line["kind"] == "case":
        return ("cases", line["category"], line["account"])
    return ("single", line["no"])


def _row(number, anchor, lines, shown):
    first, count = lines[0], len(lines)
    fen = sum(line["fen"] for line in lines)
    persons = sum(line["persons"] for line in lines)
    parts = _parts(lines)
    words = movement_words(
        kind=first["kind"],
        account=first["account"],
        season=first["season"],
        category=first["category"],
        summary=first["summary"],
    )
    days = sorted({date.fromisoformat(line["date"]) for line in lines})
    names = tuple(_names(lines, shown))
    note = ""
    if first["reverses"]:
        note = _("red line: takes back movement %(number)s") % {"number": first["reverses"]}
    elif first["kind"] == "donation" and persons > 1:
        words = GIVEN[first["account"]] % {"people": people(persons), "parts": parts_words(parts)}
        note = ngettext("%(count)s movement", "%(count)s movements", count) % {"count": count}
    elif first["kind"] == "donation":
        words = _("%(what)s (%(who)s)") % {"what": words, "who": names[0].who} if names else words
    elif persons:
        words = _("%(what)s: %(people)s") % {"what": words, "people": people(persons)}
        if first["kind"] == "case" and 0 < len(names) <= 5:
            words = _("%(what)s (%(who)s)") % {
                "what": words,
                "who": pgettext("between names", ", ").join(name.who for name in names),
            }
        if len(parts) == 1:
            note = _("%(amount)s yuan each") % {"amount": coins(parts[0][1])}
    return SheetRow(
        number=number,
        anchor=anchor,
        when=_when(days),
        day=days[0] if len(days) == 1 else None,
        what=words,
        kind=account_label(first["account"]),
        amount=from_fen(fen),
        note=note,
        count=count,
        names=names,
        is_red=bool(first["reverses"]),
    )


def _parts(lines):
    counts = {}
    for line in lines:
        for persons, each in line["parts"]:
            counts[each] = counts.get(each, 0) + persons
    return [(persons, each) for each, persons in sorted(counts.items())]


def _names(lines, shown):
    for line in lines:
        alone = len(line["names"]) == 1
        each = line["parts"][0][1] if len(line["parts"]) == 1 else None
        for position in range(len(line["names"])):
            who = shown.get((line["no"], position), "")
            yield Gift(who, from_fen(abs(line["fen"])) if alone else from_fen(each) if each is not None else None)


def _when(days):
    first, last = days[0], days[-1]
    if first == last:
        return day(first)
    if first.year == last.year and first.month != last.month:
        # Chinese counts its months, English names them.
        month = pgettext("Django date format of a month in a range", "F")
        return _("%(first_month)s to %(last_month)s %(year)s") % {
            "first_month": date_format(first, month),
            "last_month": date_format(last, month),
            "year": first.year,
        }
    if first.year == last.year:
        return date_format(first, "YEAR_MONTH_FORMAT")
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
