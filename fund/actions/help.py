"""How help by list is proposed, approved, paid and signed for: condolence rounds and allowance runs, by three people."""

from itertools import combinations, groupby

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.money import ZERO
from config.kit.workflow.rules import refuse_wrong_step
from fund.actions.ledger import book_language, least_balance_from, lock_and_refresh, post
from fund.models import Account, AllowanceRun, AssistanceCase, CondolenceRound, CondolenceVisit, Pot
from fund.models.cases import PROMISED_STATES, person_of
from fund.models.help import GivenAs, Step
from fund.models.ledger import ASSET_OF
from fund.models.persons import Alike, alike, same_written
from fund.rules.books import refuse_future_day, refuse_long, refuse_unless_positive
from fund.rules.hands import refuse_earlier, refuse_empty_list, refuse_without_reason
from fund.rules.help import (
    refuse_listed_twice,
    refuse_missing_signatures,
    refuse_other_kind_of_pot,
    refuse_unpayable,
    refuse_unsigned,
)
from fund.transitions.lists import ALLOWANCES, ROUNDS, WAY_OF


def refuse_unpayable_record(record, *, amount):
    """Whether the account that a record will be paid from holds an amount (yuan) beside what is approved and not yet
    paid from it; code `overdraft`."""
    account = record.pot.account(Account.Kind.ASSET, ASSET_OF[record.method])
    refuse_unpayable(
        amount=amount,
        balance=least_balance_from(account, clock.today()),
        promised=promised_from(account, but=record),
        account=account.label,
    )


def promised_from(account, *, but):
    """Yuan that are approved to leave an account and have not left it, without a record's own; three queries."""
    methods = [method for method, code in ASSET_OF.items() if code == account.code]
    waiting = {"pot": account.pot_id, "method__in": methods}
    approved = {
        AssistanceCase: (waiting | {"state__in": PROMISED_STATES}, "approved_amount"),
        CondolenceRound: (waiting | {"state": Step.APPROVED}, "visits__amount"),
        AllowanceRun: (waiting | {"state": Step.APPROVED}, "lines__amount"),
    }
    total = ZERO
    for model, (conditions, path) in approved.items():
        records = model.objects.filter(**conditions)
        if isinstance(but, model):
            records = records.exclude(pk=but.pk)
        total += records.aggregate(sum=Sum(path))["sum"] or ZERO
    return total


def book_payment(record, *, by, on, amount, use, persons, summary, key):
    """The entry of a payment: out of the cash box, the bank or the goods in stock, as the record says it is paid."""
    return post(
        pot=record.pot,
        debit=record.pot.use(use),
        credit=record.pot.account(Account.Kind.ASSET, ASSET_OF[record.method]),
        amount=amount,
        booked_on=on,
        summary=summary,
        by=by,
        key=key,
        persons=persons,
    )


def _pay(record, *, by, on, **payment):
    way = WAY_OF[type(record)]
    way.begin(record, "pay", by=by)
    entry = book_payment(record, by=by, on=on, **payment)
    return way.move(record, "pay", by=by, paid_by=by, paid_on=on, entry=entry)


@transaction.atomic
def reject(record, *, by, reason):
    """Reject a proposed round or run; the reason is kept."""
    lock_and_refresh(record)
    refuse_without_reason(reason)
    refuse_long(reason, most=record._meta.get_field("rejection").max_length)
    way = WAY_OF[type(record)]
    way.begin(record, "reject", by=by)
    return way.move(record, "reject", by=by, approved_by=by, rejection=reason)


def _visit_sums(round_):
    amounts = [visit.amount for visit in round_.visits.all()]
    return len(amounts), sum(amounts, ZERO)


def listed_twice(round_):
    """Names under which one person may stand twice on a list: by the roster and typed, or typed in two ways.

    Two of one name whose branches or units differ are two people.
    """
    visits = round_.visits.select_related("branch", "member__branch")
    people = [
        (
            visit.name,
            person_of(visit.member, name=visit.name, places=[visit.branch.name if visit.branch else "", visit.unit]),
        )
        for visit in visits
    ]
    people.sort(key=lambda named: same_written(named[0]))
    twice = []
    for _written, namesakes in groupby(people, key=lambda named: same_written(named[0])):
        for (name, one), (_other_name, other) in combinations(namesakes, 2):
            likeness = alike(one, other)
            told_apart = likeness is Alike.MAYBE and one.places and other.places
            if likeness is not Alike.OTHER and not told_apart and name not in twice:
                twice.append(name)
    return twice


@transaction.atomic
def propose_round(round_, *, by):
    """Hand in the list of a condolence round; its visits are stored already. Codes: `listed_twice`."""
    lock_and_refresh(round_)
    refuse_other_kind_of_pot(fits=round_.pot.kind == Pot.Kind.MUTUAL_AID)
    refuse_empty_list(_visit_sums(round_)[0])
    refuse_listed_twice(listed_twice(round_))
    ROUNDS.begin(round_, "propose", by=by)
    return ROUNDS.move(round_, "propose", by=by, proposed_by=by)


@transaction.atomic
def approve_round(round_, *, by):
    """Approve a round that the account it will be paid from can pay. Codes: `overdraft`."""
    lock_and_refresh(round_)
    ROUNDS.begin(round_, "approve", by=by)
    refuse_unpayable_record(round_, amount=_visit_sums(round_)[1])
    return ROUNDS.move(round_, "approve", by=by, approved_by=by)


@transaction.atomic
def pay_round(round_, *, by, on):
    """Pay an approved round with one voucher over all its visits."""
    lock_and_refresh(round_)
    persons, amount = _visit_sums(round_)
    refuse_empty_list(persons)
    with book_language():
        summary = _("condolence visits: %(season)s, %(persons)s people") % {
            "season": round_.get_season_display(),
            "persons": persons,
        }
    return _pay(
        round_,
        by=by,
        on=on,
        amount=amount,
        use="condolence_goods" if round_.method == GivenAs.GOODS else "condolence_cash",
        persons=persons,
        summary=summary,
        key=f"round-{round_.pk}",
    )


def _line_sums(run):
    amounts = [line.amount for line in run.lines.all()]
    return len(amounts), sum(amounts, ZERO)


@transaction.atomic
def propose_allowance(run, *, by):
    """Hand in the allowance list of a month; its lines are stored already."""
    lock_and_refresh(run)
    refuse_other_kind_of_pot(fits=run.pot.kind == Pot.Kind.ALLOWANCE)
    refuse_empty_list(_line_sums(run)[0])
    ALLOWANCES.begin(run, "propose", by=by)
    return ALLOWANCES.move(run, "propose", by=by, proposed_by=by)


@transaction.atomic
def approve_allowance(run, *, by):
    """Approve a list that the account it will be paid from can pay. Codes: `overdraft`."""
    lock_and_refresh(run)
    ALLOWANCES.begin(run, "approve", by=by)
    refuse_unpayable_record(run, amount=_line_sums(run)[1])
    return ALLOWANCES.move(run, "approve", by=by, approved_by=by)


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
    return _pay(
        run, by=by, on=on, amount=amount, use="allowance", persons=persons, summary=summary, key=f"allowance-{run.pk}"
    )


def _signed(day, *, paid_on):
    refuse_future_day(day=day, today=clock.today())
    refuse_earlier(day=day, earlier=paid_on)
    return day


@transaction.atomic
def sign_visit(visit, *, by, on, signed_by="", not_delivered=""):
    """签收 of one person of a paid round: who signed on which day, or why the money could not be handed over.

    Money that came back stays booked until the accountant answers it by a red entry. Codes: `wrong_step`, `not_signed`,
    `too_early`, `in_future`.
    """
    round_ = lock_and_refresh(visit.round)
    refuse_wrong_step(fits=round_.state == Step.PAID)
    refuse_unsigned(is_signed=bool(signed_by.strip()) != bool(not_delivered.strip()))
    refuse_long(not_delivered.strip(), most=visit._meta.get_field("not_delivered").max_length)
    visit._history_user = by
    visit.signed_on = _signed(on, paid_on=round_.paid_on) if signed_by.strip() else None
    visit.signed_by, visit.not_delivered = signed_by.strip(), not_delivered.strip()
    visit.save(update_fields=["signed_on", "signed_by", "not_delivered"])
    return visit


@transaction.atomic
def sign_round(round_, *, by, on=None):
    """The signatures of a round are complete: everybody signed, or it is written down why not. Code: `unsigned`."""
    lock_and_refresh(round_)
    ROUNDS.begin(round_, "sign", by=by)
    waiting = round_.visits.filter(signed_on=None, not_delivered="").count()
    refuse_missing_signatures(count=waiting)
    return _sign(round_, by=by, on=on)


@transaction.atomic
def sign_allowance(run, *, by, on=None):
    """The signature sheet of an allowance run came back complete."""
    lock_and_refresh(run)
    ALLOWANCES.begin(run, "sign", by=by)
    return _sign(run, by=by, on=on)


def _sign(record, *, by, on):
    day = _signed(on or clock.today(), paid_on=record.paid_on)
    record._history_user = by
    record.state, record.signed_on = Step.SIGNED, day
    record.save(update_fields=["state", "signed_on"])
    return record


@transaction.atomic
def fill_round(round_, people, *, by, amount):
    """Put people of the roster (`(member, category)`) on the list of a round that is being written, each once.

    `amount` in yuan a person. Gives back how many were added; who stands on the list already is left out.
    """
    lock_and_refresh(round_)
    refuse_wrong_step(fits=round_.state == Step.DRAFT)
    refuse_unless_positive(amount)
    known = set(round_.visits.values_list("person_key", flat=True))
    added = 0
    for member, category in people:
        visit = CondolenceVisit(
            round=round_, name=member.name, member=member, branch=member.branch, category=category, amount=amount
        )
        visit.set_person_key()
        if visit.person_key in known:
            continue
        known.add(visit.person_key)
        visit._history_user = by
        visit.save()
        added += 1
    return added
