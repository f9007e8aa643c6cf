"""How the monthly allowance list is made from the rule and from who sits in post; paying it is every list's own path."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from branches.models import Branch, CommitteeSeat, Organization
from config.kit import clock
from config.kit.dates import month_end, month_start
from config.kit.money import ZERO
from fund.help.allowances.models import AllowanceLine, AllowanceRun
from fund.help.allowances.rules import refuse_month_before_rule, refuse_month_twice, refuse_nothing_missing
from fund.help.allowances.transitions import ALLOWANCES
from fund.help.payments import pay_list, refuse_unpayable_record, reject_list, sign_list
from fund.help.rules import refuse_other_kind_of_pot
from fund.ledger.actions import book_language, lock_and_refresh, lock_pot
from fund.ledger.models import Pot
from fund.ledger.rules import refuse_empty_list


def _line_sums(run):
    amounts = [line.amount for line in run.lines.all()]
    return len(amounts), sum(amounts, ZERO)


@transaction.atomic
def propose_allowance(run, *, by):
    """Hand in the allowance list of a month; its lines are stored already."""
    lock_and_refresh(run)
    refuse_other_kind_of_pot(fits=run.pot.kind == Pot.Kind.ALLOWANCE)
    refuse_empty_list(_line_sums(run)[0])
    return ALLOWANCES.begin(run, "propose", by=by).move(run, by=by, proposed_by=by)


@transaction.atomic
def approve_allowance(run, *, by):
    """Approve a list that the account it will be paid from can pay. Codes: `overdraft`."""
    lock_and_refresh(run)
    row = ALLOWANCES.begin(run, "approve", by=by)
    refuse_unpayable_record(run, amount=_line_sums(run)[1])
    return row.move(run, by=by, approved_by=by)


def reject_allowance(run, *, by, reason):
    """Reject a proposed list; the reason is kept."""
    return reject_list(ALLOWANCES, run, by=by, reason=reason)


@transaction.atomic
def pay_allowance(run, *, by, on):
    """Pay the allowance of a month with one voucher over all its lines."""
    lock_and_refresh(run)
    persons, amount = _line_sums(run)
    refuse_empty_list(persons)
    with book_language():
        summary = _("secretary allowance %(month)s, %(persons)s people") % {
            "month": f"{run.month:%Y-%m}",
            "persons": persons,
        }
    return pay_list(
        ALLOWANCES,
        run,
        by=by,
        on=on,
        amount=amount,
        use="allowance",
        persons=persons,
        summary=summary,
        key=f"allowance-{run.pk}",
    )


@transaction.atomic
def sign_allowance(run, *, by, on=None):
    """The signature sheet of an allowance run came back complete."""
    lock_and_refresh(run)
    return sign_list(run, ALLOWANCES.begin(run, "sign", by=by), by=by, on=on)


def secretaries_of(rule, month):
    """The seats of the secretaries in post on the deciding day of a month, one a person (§4.10: several posts, one allowance)."""
    day = month.replace(day=rule.full_month_day)
    branches = Branch.objects.filter(organization__in=Organization.objects.within(rule.pot.organization))
    seats = (
        CommitteeSeat.objects.filter(Q(held_until=None) | Q(held_until__gte=day), post="secretary", held_from__lte=day)
        .filter(term__branch__in=branches, term__elected_on__lte=day)
        .select_related("term__branch")
        .order_by("term__branch_id", "-term__elected_on", "id")
    )
    chosen = {}
    taken = set()
    for seat in seats:
        # A branch has one secretary; where an old term was left open, the newer one counts.
        if seat.term.branch_id in chosen or seat.name in taken:
            continue
        chosen[seat.term.branch_id] = seat
        taken.add(seat.name)
    return list(chosen.values())


def months_due(rule, *, today):
    """The months from the rule's first one to the one that has reached its deciding day by `today`."""
    months, month = [], rule.starts_on
    while month.replace(day=rule.full_month_day) <= today:
        months.append(month)
        month = month_start(month_end(month) + timedelta(days=1))
    return months


def missing_months_of(rules_of_pots, *, today):
    """`[(rule, months due that have no list yet or only a rejected one, oldest first)]`; one query for all rules."""
    rows = AllowanceRun.objects.filter(pot__in=[rule.pot_id for rule in rules_of_pots]).exclude(state="rejected")
    made = set(rows.order_by().values_list("pot", "month"))
    return [
        (rule, [month for month in months_due(rule, today=today) if (rule.pot_id, month) not in made])
        for rule in rules_of_pots
    ]


def missing_months(rule, *, today):
    """The months of one rule that wait for their list."""
    return missing_months_of([rule], today=today)[0][1]


@transaction.atomic
def prepare_allowance(rule, month, *, by):
    """Make the list of a month as a draft: one line a sitting secretary, each with the rule's yuan a month."""
    lock_pot(rule.pot)
    refuse_month_before_rule(month=month, starts_on=rule.starts_on)
    existing = AllowanceRun.objects.filter(pot=rule.pot, month=month).exclude(state="rejected")
    refuse_month_twice(is_made=existing.exists(), month=month)
    seats = secretaries_of(rule, month)
    refuse_empty_list(len(seats))
    run = AllowanceRun(pot=rule.pot, month=month)
    run._history_user = by
    run.save()
    for seat in seats:
        line = AllowanceLine(
            run=run,
            name=seat.name,
            branch=seat.term.branch,
            post=str(seat.get_post_display()),
            amount=rule.amount,
        )
        line._history_user = by
        line.save()
    return run


def prepare_oldest_missing(rule, *, by):
    """Make the list of the oldest month that has none; gives it back. Code: `nothing_missing`."""
    months = missing_months(rule, today=clock.today())
    refuse_nothing_missing(count=len(months))
    return prepare_allowance(rule, months[0], by=by)
