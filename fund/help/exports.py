"""The columns and rows of help given (R6) and of the secretaries' allowance (R7)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import DATE, MONEY, NUMBER, Formula
from config.kit.money import ZERO
from fund.help.allowances.models import AllowanceLine
from fund.help.cases.models import PAID_STATES, AssistanceCase
from fund.help.records import PAID_STEPS
from fund.help.visits.models import CondolenceRound, CondolenceVisit
from members.privacy import mask_beneficiary


def _filtered(rows, pots, filters, path):
    """Help from the pots; where a report covers branches alone, help for their people from whatever pot."""
    if filters.organization_ids == ():
        return filters.of_branches(rows)
    return rows.filter(**{f"{path}__in": pots})


def cases_paid(first, last, *, pots, filters=ALL_ROWS):
    """Cases paid in a span; payments taken back do not count."""
    span = {"paid_on__lte": last} | ({"paid_on__gte": first} if first else {})
    cases = AssistanceCase.objects.filter(state__in=PAID_STATES, entry__reversed_by=None, **span)
    return _filtered(cases, pots, filters, "pot")


def visits_paid(first, last, *, pots, filters=ALL_ROWS):
    """Visits of rounds paid in a span; rounds taken back do not count."""
    span = {"round__paid_on__lte": last} | ({"round__paid_on__gte": first} if first else {})
    visits = CondolenceVisit.objects.filter(round__state__in=PAID_STEPS, round__entry__reversed_by=None, **span)
    return _filtered(visits, pots, filters, "round__pot")


def people_helped_between(first, last, *, pots, filters=ALL_ROWS):
    """人数: different people helped by cases and visits paid in a span; payments taken back do not count."""
    cases = cases_paid(first, last, pots=pots, filters=filters).order_by().values("person_key")
    return cases.union(visits_paid(first, last, pots=pots, filters=filters).order_by().values("person_key")).count()


@dataclass(frozen=True)
class HelpLine:
    """One payment to one person: whose, for what, how much (yuan), the how many-th of the year for this person."""

    number: int
    name: str
    place: str
    category: str
    occasion: str
    amount: Decimal
    paid_on: date
    signed: date | str
    time_of_year: int


def _signed(record):
    if record.signed_on:
        return record.signed_on
    reason = getattr(record, "not_delivered", "")
    return _("not delivered: %(reason)s") % {"reason": reason} if reason else ""


def help_lines(year, last, *, pots, filters=ALL_ROWS):
    """Cases and visits paid in a year, in the order of days."""
    span = (date(year, 1, 1), min(last, date(year, 12, 31)))
    found = [
        (case.paid_on, 0, case.pk, case, str(_("assistance")), case.approved_amount)
        for case in cases_paid(*span, pots=pots, filters=filters).select_related("branch")
    ]
    found += [
        (visit.round.paid_on, 1, visit.pk, visit, visit.round.get_season_display(), visit.amount)
        for visit in visits_paid(*span, pots=pots, filters=filters).select_related("branch", "round")
    ]
    found.sort(key=lambda row: row[:3])
    times: Counter = Counter()
    lines = []
    for number, (paid_on, _kind, _pk, record, occasion, amount) in enumerate(found, 1):
        times[record.person_key] += 1
        lines.append(
            HelpLine(
                number=number,
                name=record.beneficiary if isinstance(record, AssistanceCase) else record.name,
                place=record.branch.name if record.branch else record.unit,
                category=record.get_category_display(),
                occasion=occasion,
                amount=amount,
                paid_on=paid_on,
                signed=_signed(record),
                time_of_year=times[record.person_key],
            )
        )
    return lines


def help_columns():
    """R6, internal: 序号, 姓名, 支部, 类别, 时节/事由, 金额, 日期, 签收; persons are those helped for the first time."""
    return [
        Column(_("No."), lambda line: line.number, NUMBER, 7),
        Column(pgettext("person", "name"), lambda line: line.name, width=12),
        Column(_("Party branch"), lambda line: line.place, width=36),
        Column(_("category"), lambda line: line.category, width=14),
        Column(_("occasion or reason"), lambda line: line.occasion, width=13),
        Column(_("amount (yuan)"), lambda line: line.amount, MONEY, 13, total=True, ref="R6.amount"),
        Column(_("date of payment"), lambda line: line.paid_on, DATE, 13),
        Column(_("signed for"), lambda line: line.signed, DATE, 16),
        Column(
            _("which time this year (sum: persons)"), lambda line: line.time_of_year, NUMBER, 13, total="ones",
            ref="R6.persons",
        ),
    ]  # fmt: skip


def masked_columns():
    """R6 for the board: names masked, no signatures."""
    return [
        Column(_("No."), lambda line: line.number, NUMBER, 7, key="no"),
        Column(_("who was helped"), lambda line: mask_beneficiary(line.name), width=14, key="who"),
        Column(_("Party branch"), lambda line: line.place, width=36, key="branch"),
        Column(_("category"), lambda line: line.category, width=14, key="category"),
        Column(_("occasion or reason"), lambda line: line.occasion, width=14, key="occasion"),
        Column(
            _("amount (yuan)"), lambda line: line.amount, MONEY, 14, total=True, ref="R6.board.amount", key="amount"
        ),
        Column(_("date of payment"), lambda line: line.paid_on, DATE, 13, key="paid_on"),
    ]


@dataclass(frozen=True)
class OccasionLine:
    """Help of one occasion: person-times and yuan."""

    word: str
    times: int
    amount: Decimal


def occasion_lines(lines):
    """The help of a year by occasion, from the lines of its list."""
    words = [str(_("assistance")), *(str(label) for label in CondolenceRound.Season.labels)]
    times = Counter(line.occasion for line in lines)
    return [
        OccasionLine(word, times[word], sum((line.amount for line in lines if line.occasion == word), ZERO))
        for word in dict.fromkeys(words)
        if times[word]
    ]


def occasion_columns():
    return [
        Column(_("occasion or reason"), lambda line: line.word, width=20),
        Column(_("help (person-times)"), lambda line: line.times, NUMBER, 16, total=True, ref="R6.times"),
        Column(_("amount (yuan)"), lambda line: line.amount, MONEY, 16, total=True, ref="R6.by occasion"),
    ]


@dataclass(frozen=True)
class HelpYear:
    """One year of help: different people, those helped for the first time ever, person-times, yuan."""

    year: int
    persons: int
    first: int
    times: int
    amount: Decimal


def help_years(last, *, pots, filters=ALL_ROWS):
    """Every year with help up to a day; first-time people add up to all people ever helped."""
    rows = list(
        cases_paid(None, last, pots=pots, filters=filters).values_list("paid_on", "person_key", "approved_amount")
    )
    rows += visits_paid(None, last, pots=pots, filters=filters).values_list("round__paid_on", "person_key", "amount")
    seen: set = set()
    years: dict[int, list] = {}
    for paid_on, key, amount in sorted(rows, key=lambda row: (row[0], row[1])):
        found = years.setdefault(paid_on.year, [set(), 0, 0, ZERO])
        found[0].add(key)
        found[1] += key not in seen
        found[2] += 1
        found[3] += amount
        seen.add(key)
    return [HelpYear(year, len(found[0]), *found[1:]) for year, found in sorted(years.items())]


def help_year_columns():
    return [
        Column(pgettext("report", "year"), lambda line: str(line.year), width=20),
        Column(_("people helped (persons)"), lambda line: line.persons, NUMBER, 16),
        Column(
            _("helped for the first time (persons)"), lambda line: line.first, NUMBER, 16, total=True, ref="R6.first"
        ),
        Column(_("help (person-times)"), lambda line: line.times, NUMBER, 16, total=True),
        Column(_("amount (yuan)"), lambda line: line.amount, MONEY, 16, total=True),
    ]


@dataclass(frozen=True)
class AllowancePerson:
    """One secretary: yuan by month."""

    number: int
    name: str
    branch: str
    post: str
    months: dict


def allowance_people(year, last, *, pots, filters=ALL_ROWS):
    """Whoever was paid an allowance in runs of a year, by month; runs taken back do not count."""
    lines = AllowanceLine.objects.filter(
        run__state__in=PAID_STEPS, run__entry__reversed_by=None, run__paid_on__gte=date(year, 1, 1),
        run__paid_on__lte=min(last, date(year, 12, 31)),
    )  # fmt: skip
    lines = _filtered(lines, pots, filters, "run__pot").select_related("run", "branch")
    people: dict[tuple, dict] = {}
    for line in lines.order_by("branch__organization_id", "branch__name", "name", "run__month", "pk"):
        months = people.setdefault((line.name, line.branch.name if line.branch else "", line.post), {})
        months[line.run.month.month] = months.get(line.run.month.month, ZERO) + line.amount
    return [AllowancePerson(number, *person, months) for number, (person, months) in enumerate(people.items(), 1)]


def allowance_columns():
    """R7: month × person, the sum of each, a place to sign in."""
    return [
        Column(_("No."), lambda line: line.number, NUMBER, 6),
        Column(pgettext("person", "name"), lambda line: line.name, width=11),
        Column(_("Party branch"), lambda line: line.branch, width=24),
        Column(_("post"), lambda line: line.post, width=11),
        *(
            Column(
                pgettext("report", "month %(number)s") % {"number": month},
                lambda line, month=month: line.months.get(month),
                MONEY,
                10,
                total=True,
                key=f"month_{month}",
            )
            for month in range(1, 13)
        ),
        Column(
            _("sum of the year (yuan)"),
            lambda line: Formula("=SUM({month_1}{row}:{month_12}{row})", sum(line.months.values(), ZERO)),
            MONEY,
            12,
            total=True,
            ref="R7.allowance",
        ),
        Column(_("signature"), lambda line: " ", width=12),
    ]
