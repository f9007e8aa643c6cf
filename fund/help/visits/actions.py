"""How a condolence round is filled, proposed, approved, paid and signed for, by three people."""

from itertools import combinations, groupby

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.money import ZERO
from config.kit.workflow.rules import refuse_wrong_step
from fund.help.payments import day_signed, pay_list, refuse_unpayable_record, reject_list, sign_list
from fund.help.persons import Alike, alike, person_of, same_written
from fund.help.records import GivenAs, Step
from fund.help.rules import refuse_other_kind_of_pot, refuse_unsigned
from fund.help.visits.models import CondolenceVisit
from fund.help.visits.rules import refuse_listed_twice, refuse_missing_signatures
from fund.help.visits.transitions import ROUNDS
from fund.ledger.actions import book_language, lock_and_refresh
from fund.ledger.models import Pot
from fund.ledger.rules import refuse_empty_list, refuse_long, refuse_unless_positive


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
    return ROUNDS.begin(round_, "propose", by=by).move(round_, by=by, proposed_by=by)


@transaction.atomic
def approve_round(round_, *, by):
    """Approve a round that the account it will be paid from can pay. Codes: `overdraft`."""
    lock_and_refresh(round_)
    row = ROUNDS.begin(round_, "approve", by=by)
    refuse_unpayable_record(round_, amount=_visit_sums(round_)[1])
    return row.move(round_, by=by, approved_by=by)


def reject_round(round_, *, by, reason):
    """Reject a proposed round; the reason is kept."""
    return reject_list(ROUNDS, round_, by=by, reason=reason)


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
    return pay_list(
        ROUNDS,
        round_,
        by=by,
        on=on,
        amount=amount,
        use="condolence_goods" if round_.method == GivenAs.GOODS else "condolence_cash",
        persons=persons,
        summary=summary,
        key=f"round-{round_.pk}",
    )


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
    visit.signed_on = day_signed(on, paid_on=round_.paid_on) if signed_by.strip() else None
    visit.signed_by, visit.not_delivered = signed_by.strip(), not_delivered.strip()
    visit.save(update_fields=["signed_on", "signed_by", "not_delivered"])
    return visit


@transaction.atomic
def sign_round(round_, *, by, on=None):
    """The signatures of a round are complete: everybody signed, or it is written down why not. Code: `unsigned`."""
    lock_and_refresh(round_)
    row = ROUNDS.begin(round_, "sign", by=by)
    waiting = round_.visits.filter(signed_on=None, not_delivered="").count()
    refuse_missing_signatures(count=waiting)
    return sign_list(round_, row, by=by, on=on)


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
