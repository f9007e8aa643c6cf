"""How many different people the pots have helped."""

from fund.help.cases.models import PAID_STATES, AssistanceCase
from fund.help.records import PAID_STEPS
from fund.help.visits.models import CondolenceVisit


def _helped(**pot):
    """Cases and visits that were paid from a pot and not taken back, each as pot and person."""
    cases = AssistanceCase.objects.filter(
        state__in=PAID_STATES, entry__reversed_by=None, **{f"pot{path}": value for path, value in pot.items()}
    )
    visits = CondolenceVisit.objects.filter(
        round__state__in=PAID_STEPS,
        round__entry__reversed_by=None,
        **{f"round__pot{path}": value for path, value in pot.items()},
    )
    both = visits.order_by().values_list("round__pot", "person_key")
    return cases.order_by().values_list("pot", "person_key").union(both)


def persons_helped(pot):
    """人数: how many different people a pot has helped by cases and visits; payments taken back do not count."""
    return _helped(**{"": pot}).count()


def persons_helped_by_each(kind):
    """人数 of all pots of a kind together, each person once a pot; one query for any number of pots."""
    return _helped(__kind=kind).count()
