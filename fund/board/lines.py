"""Every movement of a pot as residents read it: who (masked), what for, how much; filtered, with its sum."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, Q, Sum, Value, When
from django.utils.translation import gettext as _

from config.kit.dates import LAST_DAY, day_in, month_end, month_start, quarter_bounds, year_in
from config.kit.money import ZERO, from_fen
from config.kit.person.search import contains_read
from fund.disclosure.statements.document import movement_of, with_stories
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import SIDES, asked_page, movement_words, period_label
from fund.ledger.models import ENTRIES_PER_POT, Account, Entry
from fund.ledger.totals import MonthTotal
from fund.ledger.wording import account_label, day

PER_PAGE = 30
# Up to so many rows are filtered by account and then sorted; more are read in order, as far as the page goes.
FEW = 2000


@dataclass(frozen=True)
class MovementLine:
    """One movement: `amount` (yuan) is negative on a red line, `who` is masked or shown by its owner's wish."""

    number: int
    booked_on: date
    happened_on: date | None
    side: str
    side_label: str
    kind_label: str
    what: str
    who: tuple
    persons: int
    amount: Decimal
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True)
class LineFilter:
    """The GET parameters of a page of lines, cleaned: unknown values filter nothing."""

    side: str = ""
    kind: str = ""
    year: int | None = None
    quarter: int | None = None
    statement: str = ""
    since: date | None = None
    q: str = ""

    @classmethod
    def read(cls, query):
        side = query.get("side", "")
        year, quarter = query.get("year", ""), query.get("quarter", "")
        return cls(
            side=side if side in SIDES else "",
            kind=query.get("kind", "")[:24],
            year=year_in(year),
            quarter=int(quarter) if quarter in {"1", "2", "3", "4"} else None,
            statement=query.get("statement", "").replace("\0", "")[:60],
            since=day_in(query.get("since", "")),
            q=query.get("q", "").replace("\0", "").strip()[:100],
        )


@dataclass(frozen=True)
class Lines:
    """A page of lines, and over all pages: sum (yuan; income counts up, spending is counted for itself) and count."""

    page: object
    total: Decimal
    income: Decimal
    spending: Decimal
    count: int
    period: str
    kinds: tuple
    years: tuple
    params: LineFilter


def _days_of(params, pot):
    """First and last day of the filter, and its label."""
    if params.statement:
        statement = Statement.objects.filter(pot=pot, number=params.statement).published().first()
        if statement:
            first, last = statement.period_from, statement.period_to
            return first, last, period_label(first, last, opened_on=pot.opened_on)
    if params.year and params.quarter:
        first, last = quarter_bounds(params.year, params.quarter)
        return first, last, period_label(first, last)
    if params.year:
        return (
            date(params.year, 1, 1),
            date(params.year, 12, 31),
            period_label(date(params.year, 1, 1), date(params.year, 12, 31)),
        )
    if params.since:
        return params.since, LAST_DAY, _("since %(day)s") % {"day": day(params.since)}
    return None, None, ""


def movements(pot, query, *, few=FEW):
    """The lines of a pot that `query` (a GET dictionary) asks for; the sums are those of all pages."""
    params = LineFilter.read(query)
    accounts = [account for account in pot.accounts.all() if not account.is_asset]
    known = {account.code for account in accounts}
    if params.kind not in known:
        params = replace(params, kind="")
    wanted = [
        account
        for account in accounts
        if (not params.side or account.kind == params.side) and (not params.kind or account.code == params.kind)
    ]
    first, last, period = _days_of(params, pot)
    entries = Entry.objects.filter(pot=pot)
    if first:
        entries = entries.between(first, last)
    if params.q:
        entries = entries.touching(wanted).filter(contains_read(params.q, "summary"))
        sums = _sums(entries, wanted)
    else:
        sums = _sums_of_months(pot, wanted, first, last)
        entries = entries.touching(wanted) if sums["rows"] <= few else _in_order(entries, wanted)
    paginator = Paginator(with_stories(entries.order_by("-booked_on", "-number")), PER_PAGE)
    paginator.count = sums.pop("rows")
    page = paginator.get_page(asked_page(query))
    page.object_list = [line_of(movement_of(entry)) for entry in page.object_list]
    income, spending = sums["income"], sums["spending"]
    totals = {Account.Kind.INCOME: income, Account.Kind.EXPENSE: spending}
    return Lines(
        page=page,
        total=totals.get(params.side, income - spending),
        income=income,
        spending=spending,
        count=sums["count"],
        period=period,
        kinds=tuple(dict.fromkeys((account.code, str(account.label)) for account in accounts)),
        years=tuple(_years(pot)),
        params=params,
    )


def _years(pot):
    last = Entry.objects.filter(pot=pot).order_by("-booked_on").values_list("booked_on", flat=True).first()
    return range(last.year, pot.opened_on.year - 1, -1) if last else ()


def _in_order(entries, accounts):
    """Entries that touch the accounts, in a query that lets the database follow the index of days and stop early."""
    ids = [account.pk for account in accounts]
    touched = Case(
        When(Q(debit__in=ids) | Q(credit__in=ids), then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return entries.alias(touched=touched).filter(touched=1)


def _whole_months(first, last):
    """First and last day of the whole months of a period, and the days before and after them as periods."""
    if month_start(first) == month_start(last):
        whole = first.day == 1 and last in {month_end(last), date.max}
        return (first, last, []) if whole else (date.max, date.min, [(first, last)])
    one = timedelta(days=1)
    whole_from = first if first.day == 1 else month_end(first) + one
    whole_to = last if last in {date.max, month_end(last)} else month_start(last) - one
    parts = [(first, whole_from - one)] if whole_from > first else []
    return whole_from, whole_to, [*parts, (whole_to + one, last)] if whole_to < last else parts


def _sums_of_months(pot, accounts, first, last):
    """What `_sums` gives, from month totals: entries are read only of months that the period covers in part.

    Every movement touches one account of income or spending at most, so nothing is counted twice.
    """
    totals = MonthTotal.objects.filter(account__in=accounts)
    parts = []
    if first:
        whole_from, whole_to, parts = _whole_months(first, last)
        totals = totals.filter(month__gte=whole_from, month__lte=whole_to)
    sums = {"income": ZERO, "spending": ZERO, "count": 0}
    kinds = {account.pk: account.kind for account in accounts}
    rows = totals.order_by().values_list("account").annotate(Sum("debit"), Sum("credit"), Sum("movements"))
    for account, debit, credit, count in rows:
        spends = kinds[account] == Account.Kind.EXPENSE
        sums["spending" if spends else "income"] += debit - credit if spends else credit - debit
        sums["count"] += count
    # A reversal takes its movement out of the count, and both stand in the list; its key contains its pot.
    ids, least = set(kinds), pot.pk * ENTRIES_PER_POT
    reversals = Entry.objects.filter(reverses__gt=least, reverses__lt=least + ENTRIES_PER_POT).order_by()
    sums["rows"] = sums["count"] + 2 * sum(
        (debit in ids or credit in ids)
        and (not first or first <= day <= last)
        and not any(start <= day <= end for start, end in parts)
        for day, debit, credit in reversals.values_list("booked_on", "debit", "credit")
    )
    for start, end in parts:
        part = _sums(Entry.objects.filter(pot=pot).between(start, end).touching(accounts), accounts)
        sums = {name: value + part[name] for name, value in sums.items()}
    return sums


def _sums(entries, accounts):
    income = [account.pk for account in accounts if account.kind == Account.Kind.INCOME]
    uses = [account.pk for account in accounts if account.kind == Account.Kind.EXPENSE]

    def signed(into, out_of):
        # In fen: MoneyField turns only whole columns into yuan.
        amount = F("amount")
        return Sum(
            Case(
                When(into, then=amount),
                When(out_of, then=amount * Value(-1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )

    sums = entries.aggregate(
        income=signed(Q(credit__in=income), Q(debit__in=income)),
        spending=signed(Q(debit__in=uses), Q(credit__in=uses)),
        rows=Sum(Value(1), output_field=IntegerField()),
        count=Sum(Case(When(reverses=None, then=Value(1)), default=Value(-1), output_field=IntegerField())),
    )
    return {
        "income": from_fen(sums["income"]) if sums["income"] else ZERO,
        "spending": from_fen(sums["spending"]) if sums["spending"] else ZERO,
        "rows": sums["rows"] or 0,
        "count": sums["count"] or 0,
    }


def line_of(movement):
    entry = movement.entry
    return MovementLine(
        number=entry.number,
        booked_on=entry.booked_on,
        happened_on=entry.happened_on,
        side=movement.side,
        side_label=str(SIDES[movement.side]),
        kind_label=account_label(movement.account),
        what=movement_words(
            kind=movement.kind,
            account=movement.account,
            season=movement.season,
            category=movement.category,
            summary=entry.summary,
        ),
        who=tuple(name.full or name.masked for name in movement.names),
        persons=movement.persons,
        amount=from_fen(movement.fen),
        reverses=entry.reverses.number if entry.reverses_id else None,
        reversed_by=entry.reversed_by.number if hasattr(entry, "reversed_by") else None,
    )
