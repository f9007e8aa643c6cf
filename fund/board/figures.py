"""How many different people a pot has helped."""

from fund.help.cases.models import PAID_STATES, AssistanceCase
from fund.help.records import PAID_STEPS
from fund.help.visits.models import CondolenceVisit


def persons_helped(pot):
    """人数: how many different people a pot has helped by cases and visits; payments taken back do not count; one query."""
    cases = AssistanceCase.objects.filter(pot=pot, state__in=PAID_STATES, entry__reversed_by=None)
    visits = CondolenceVisit.objects.filter(round__pot=pot, round__state__in=PAID_STEPS, round__entry__reversed_by=None)
    return cases.order_by().values_list("person_key").union(visits.order_by().values_list("person_key")).count()
