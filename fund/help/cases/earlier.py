"""What was paid to the same person in the twelve months before, and what a case is compared with."""

from datetime import timedelta

from fund.help.cases.models import PAID_STATES, AssistanceCase
from fund.help.cases.rules import refuse_too_many_cases, refuse_undecided_namesake
from fund.help.persons import Alike, alike


def cases_in_a_year_before(case, day):
    """Cases this pot paid in the 12 months before a day: `(of this person, of somebody who may be this person)`.

    Names are stored encrypted, so the cases of one pot and year are read and compared here. Where it is written down that
    the applicant is another person of the same name, the name counts no more.
    """
    year_ago = day - timedelta(days=365)
    rows = AssistanceCase.objects.filter(pot=case.pot, state__in=PAID_STATES, paid_on__gt=year_ago)
    rows = rows.filter(entry__reversed_by=None).exclude(pk=case.pk)
    told = {Alike.SURE: [], Alike.LIKELY: [], Alike.MAYBE: [], Alike.OTHER: []}
    person = case.person
    for row in rows.prefetch_related("beneficiary_member__branch", "branch"):
        told[alike(row.person, person)].append(row.case_no)
    if case.other_person:
        return told[Alike.SURE], []
    return told[Alike.SURE] + told[Alike.LIKELY], told[Alike.MAYBE]


def refuse_too_often(case, day):
    """The pot's cap on cases of one person in 12 months."""
    sure, perhaps = cases_in_a_year_before(case, day)
    most = case.pot.case_most
    refuse_too_many_cases(recent=len(sure), most=most)
    refuse_undecided_namesake(sure=len(sure), perhaps=len(perhaps), most=most, numbers=perhaps)


def facts_of_check(case, *, recent):
    """What the keeper compares a case with: the pot's balance, the standard, the person's cases of 12 months."""
    return {
        "checked_balance": case.pot.balance(),
        "checked_highest": case.pot.case_highest,
        "checked_recent": len(recent),
    }
