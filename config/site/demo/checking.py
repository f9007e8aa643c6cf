"""Checks every figure of the demo: each is counted again from its rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, Sum

from activities.models import Activity, Attendance, MiniWish, ServiceRecord, Volunteer
from branches.models import Branch, CommitteeSeat, Equipment, Nameplate, Venue
from config.kit.dates import quarter_bounds
from config.kit.money import ZERO
from config.site.demo.people import TODAY
from fund.disclosure.statements.public import statement_page
from fund.help.cases.models import PAID_STATES
from fund.models import (
    Account,
    AllowanceLine,
    AssistanceCase,
    CondolenceVisit,
    Donation,
    Entry,
    FundMember,
    Pot,
    Question,
    Statement,
)
from honours.models import BookTitle, Honour, VisitGroup
from members.models import Member
from members.roster.codes import HAN


@dataclass(frozen=True)
class Check:
    """A figure of the recipe: what it is called, what it must be, how it is counted, of which rows of people if of any."""

    what: str
    wanted: Any
    count: Callable
    people: type[Model] | None = None


def _yuan(text):
    return Decimal(text.replace(",", ""))


def _entries(side, first=date(1900, 1, 1), last=TODAY, kind=Pot.Kind.MUTUAL_AID):
    """Yuan that moved on one side of the pots of a kind, reversals taken off, summed from the entries themselves."""
    rows = Entry.objects.filter(pot__kind=kind).between(first, last)
    grows, falls = ("credit", "debit") if side == Account.Kind.INCOME else ("debit", "credit")

    def total(end):
        return rows.filter(**{f"{end}__kind": side}).aggregate(sum=Sum("amount"))["sum"] or ZERO

    return total(grows) - total(falls)


def _balance(last):
    return _entries(Account.Kind.INCOME, last=last) - _entries(Account.Kind.EXPENSE, last=last)


def _by_year(year):
    first, last = date(year, 1, 1), date(year, 12, 31)
    return (_entries(Account.Kind.INCOME, first, last), _entries(Account.Kind.EXPENSE, first, last), _balance(last))


def _by_quarter(quarter):
    first, last = quarter_bounds(2018, quarter)
    return (_entries(Account.Kind.INCOME, first, last), _entries(Account.Kind.EXPENSE, first, last), _balance(last))


def _roll():
    return list(Member.objects.on_roll().select_related("branch"))


def _count(test):
    return lambda: sum(1 for member in _roll() if test(member))


def _gifts(**wanted):
    return Donation.objects.filter(returned_entry=None, entry__isnull=False, **wanted)


def _sum(rows, field="amount"):
    return rows.aggregate(sum=Sum(field))["sum"] or ZERO


def _helped_cases():
    """Cases that came to something: a rejected or withdrawn one helps nobody."""
    return AssistanceCase.objects.filter(state__in=PAID_STATES)


def _in_2018(kind):
    return Activity.objects.held().filter(kind=kind, day__year=2018)


def _other_than_on_the_sheet():
    """Titles of events held whose due and present members, or residents, are not as many as their sheet has marks."""
    marks = {}
    for event, mark, due, member in Attendance.objects.values_list("activity", "mark", "is_due", "member"):
        count = marks.setdefault(event, Counter())
        count["due"] += due and mark != Attendance.Mark.EXCUSED
        count["members"] += mark == Attendance.Mark.PRESENT and member is not None
        count["others"] += mark == Attendance.Mark.PRESENT and member is None
    return [
        str(event)
        for event in Activity.objects.held()
        for count in [marks.get(event.pk, Counter())]
        if ((event.expected or 0), event.present, event.public_present - event.residents)
        != (count["due"], count["members"], count["others"])
    ]


def _other_than_recorded():
    """Titles of events held whose service time is not the sum of their records."""
    recorded = dict(ServiceRecord.objects.order_by().values_list("activity").annotate(sum=Sum("minutes")))
    return [str(event) for event in Activity.objects.held() if event.service_minutes != recorded.get(event.pk, 0)]


def _statement(number):
    page = statement_page(number)
    return (page.opening, page.income, page.spending, page.closing)


def _statements_chain():
    standing = Statement.objects.published().filter(pot__kind=Pot.Kind.MUTUAL_AID).order_by("sequence")
    return [(row.period_from, row.period_to) for row in standing]


PERIODS = [
    (date(2015, 6, 26), date(2015, 6, 30)),
    *[quarter_bounds(2015, quarter) for quarter in (3, 4)],
    *[quarter_bounds(2016, quarter) for quarter in (1, 2, 3, 4)],
    *[quarter_bounds(2017, quarter) for quarter in (1, 2, 2, 3, 4)],
    *[quarter_bounds(2018, quarter) for quarter in (1, 2, 3)],
]

CHECKS = [
    Check("branches", 2, Branch.objects.count),
    Check(
        "members of branch A and B", [43, 48], lambda: sorted(Counter(m.branch_id for m in _roll()).values()), Member
    ),
    Check("men", 62, _count(lambda m: m.sex == "1"), Member),
    Check("women", 29, _count(lambda m: m.sex == "2"), Member),
    Check("汉", 84, _count(lambda m: m.ethnic_group == HAN), Member),
    Check("壮", 6, _count(lambda m: m.ethnic_group == "08"), Member),
    Check("瑶", 1, _count(lambda m: m.ethnic_group == "13"), Member),
    Check("离休", 2, _count(lambda m: m.retirement_kind == "lixiu" and m.joined_on < date(1949, 10, 1)), Member),
    Check("退休", 89, _count(lambda m: m.retirement_kind == "tuixiu"), Member),
    Check("aged 60 to 95", 91, _count(lambda m: 60 <= m.age(on=TODAY) <= 95), Member),
    Check("full members after one year", 91, _count(lambda m: m.full_member_on.year == m.joined_on.year + 1), Member),
    Check("standing of 50 years", 14, _count(lambda m: m.standing_years(on=TODAY) >= 50), Member),
    Check("joined in July", 17, _count(lambda m: m.joined_on.month == 7), Member),
    Check("frail", 5, _count(lambda m: m.health == "frail"), Member),
    Check("floating", 2, _count(lambda m: m.is_floating), Member),
    Check(
        "seats of the committees",
        [5, 5],
        lambda: [b.terms.get().seats.count() for b in Branch.objects.all()],
        CommitteeSeat,
    ),
    Check("secretaries", 2, CommitteeSeat.objects.filter(post="secretary").count, CommitteeSeat),
    Check("nameplates", 5, Nameplate.objects.count),
    Check("venue, m²", Decimal("150.00"), lambda: _sum(Venue.objects.all(), "area")),
    Check("equipment, yuan", _yuan("50,000.00"), lambda: sum(row.amount for row in Equipment.objects.all())),
    Check(
        "equipment money, yuan",
        _yuan("50,000.00"),
        lambda: _entries(Account.Kind.EXPENSE, kind=Pot.Kind.EQUIPMENT),
    ),
    Check(
        "activity money 2018, yuan",
        _yuan("12,000.00"),
        lambda: _entries(Account.Kind.INCOME, date(2018, 1, 1), kind=Pot.Kind.ACTIVITY),
    ),
    Check("allowance, lines", 16, AllowanceLine.objects.filter(run__state="signed").count, AllowanceLine),
    Check("allowance, yuan", _yuan("4,800.00"), lambda: _entries(Account.Kind.EXPENSE, kind=Pot.Kind.ALLOWANCE)),
    Check("volunteer days held in 2018", 10, _in_2018("volunteer_day").count),
    Check(
        "volunteer days planned",
        [date(2018, 11, 8), date(2018, 12, 13)],
        lambda: list(
            Activity.objects.filter(kind="volunteer_day", state="planned").order_by("day").values_list("day", flat=True)
        ),
    ),
    Check(
        "performances by month",
        [6, 9, 6, 6, 7, 8, 9, 6, 8, 7],
        lambda: [_in_2018("performance").filter(day__month=month).count() for month in range(1, 11)],
    ),
    Check("study days", 10, _in_2018("study_day").count),
    Check("general meetings", 8, _in_2018("general_meeting").count),
    Check("committee meetings", 20, _in_2018("committee_meeting").count),
    Check("Party lessons", 6, _in_2018("party_lesson").count),
    Check("political birthday", 1, _in_2018("political_birthday").count),
    Check(
        "volunteers by kind",
        {"party": 186, "youth": 402, "five_elders": 118, "arts": 340},
        lambda: dict(Counter(Volunteer.objects.values_list("kind", flat=True))),
        Volunteer,
    ),
    Check(
        "wishes by state",
        {"closed": 24, "in_progress": 6, "posted": 4, "withdrawn": 2},
        lambda: dict(Counter(MiniWish.objects.values_list("state", flat=True))),
        MiniWish,
    ),
    Check("events whose numbers are not those of their sheet", [], _other_than_on_the_sheet, Attendance),
    Check("volunteer days and shows whose time is not that of its records", [], _other_than_recorded, ServiceRecord),
    Check("fund members", 128, FundMember.objects.count, FundMember),
    Check("fund members on the roster", 91, FundMember.objects.filter(member__isnull=False).count, FundMember),
    Check("gifts, rows", 136, lambda: _gifts().count(), Donation),
    Check("gifts, yuan", _yuan("25,000.00"), lambda: _sum(_gifts()), Donation),
    Check("gifts of members, yuan", _yuan("15,200.00"), lambda: _sum(_gifts(source="member_donation")), Donation),
    Check("gifts of 100", 120, lambda: _gifts(source="member_donation", amount=100).count(), Donation),
    Check("gifts of 400", 8, lambda: _gifts(source="member_donation", amount=400).count(), Donation),
    Check("gifts of society, yuan", _yuan("7,800.00"), lambda: _sum(_gifts(source="social_donation")), Donation),
    Check("from above, yuan", _yuan("2,000.00"), lambda: _sum(_gifts(source="superior_allocation"))),
    Check(
        "cases",
        (25, _yuan("7,500.00")),
        lambda: (_helped_cases().count(), _sum(_helped_cases(), "approved_amount")),
        AssistanceCase,
    ),
    Check("cases closed, with a file number", 25, lambda: _helped_cases().exclude(file_no="").count(), AssistanceCase),
    Check(
        "cases paid after their notice, by three people",
        25,
        lambda: sum(
            case.paid_on > case.notice_to and len({case.proposed_by_id, case.approved_by_id, case.paid_by_id}) == 3
            for case in _helped_cases()
        ),
        AssistanceCase,
    ),
    Check(
        "visits by category",
        {"hardship_member": 82, "veteran": 168},
        lambda: dict(Counter(CondolenceVisit.objects.values_list("category", flat=True))),
        CondolenceVisit,
    ),
    Check("visits, yuan", _yuan("15,000.00"), lambda: _sum(CondolenceVisit.objects.all()), CondolenceVisit),
    Check(
        "people helped, each once",
        275,
        lambda: len(
            {*_helped_cases().values_list("person_key", flat=True)}
            | {*CondolenceVisit.objects.values_list("person_key", flat=True)}
        ),
        CondolenceVisit,
    ),
    *[
        Check(f"{year}: in, out, closing", tuple(_yuan(text) for text in wanted), lambda year=year: _by_year(year))
        for year, wanted in {
            2015: ("7,800", "900", "6,900"),
            2016: ("6,000", "7,500", "5,400"),
            2017: ("4,600", "7,800", "2,200"),
            2018: ("6,600", "6,300", "2,500"),
        }.items()
    ],
    *[
        Check(
            f"quarter {quarter} of 2018: in, out, closing",
            tuple(_yuan(text) for text in wanted),
            lambda quarter=quarter: _by_quarter(quarter),
        )
        for quarter, wanted in {
            1: ("3,000", "3,000", "2,200"),
            2: ("3,600", "2,400", "3,400"),
            3: ("0", "600", "2,800"),
            4: ("0", "300", "2,500"),
        }.items()
    ],
    Check("periods of the statements", PERIODS, _statements_chain),
    Check(
        "statement of quarter 2, 2018",
        tuple(_yuan(text) for text in ("2,200", "3,600", "2,400", "3,400")),
        lambda: _statement("mutual-aid-2018-2"),
    ),
    Check("honours of the role model", 173, Honour.objects.public().filter(is_collective=False).count, Honour),
    Check(
        "honours by level",
        {"national": 6, "region": 21, "city": 63, "county": 83},
        lambda: dict(Counter(Honour.objects.filter(is_collective=False).values_list("level", flat=True))),
        Honour,
    ),
    Check("collective honours", 1, Honour.objects.public().filter(is_collective=True).count),
    Check("visiting groups", 24, VisitGroup.objects.count),
    Check(
        "visitors by kind",
        {"students": 642, "members": 286, "cadres": 158},
        lambda: dict(VisitGroup.objects.order_by().values_list("kind").annotate(sum=Sum("visitors"))),
    ),
    Check(
        "titles by subject",
        {"politics": 60, "science": 30, "life": 30, "culture": 50, "children": 40, "other": 6},
        lambda: dict(Counter(BookTitle.objects.values_list("subject", flat=True))),
    ),
    Check("copies", 2068, BookTitle.objects.copies_total),
    # Records that are there to be met, and change no figure above.
    Check("a member who died", 1, Member.objects.filter(status="deceased").count, Member),
    Check("a gift returned", 1, Donation.objects.filter(returned_entry__isnull=False).count),
    Check("an objection answered", 1, Question.objects.filter(kind="objection", state="answered").count),
    Check("a statement corrected", 1, Statement.objects.filter(corrects__isnull=False).count),
]


def first_difference():
    """The first check whose figure is another one, as (check, found), or None."""
    for check in CHECKS:
        number = check.count()
        if number != check.wanted:
            return check, number
    return None
