"""What residents may read of members: how many a branch counts, never who."""

from dataclasses import dataclass

from django.db.models import Count

from members.roster.models import Member


def counts_by_branch(branch_ids):
    """`{branch: members on its roll}` in persons, for the branches named; one query."""
    rows = Member.objects.on_roll().filter(branch__in=branch_ids).values_list("branch").annotate(number=Count("pk"))
    return dict(rows.order_by())


@dataclass(frozen=True)
class RollCount:
    """All members on a roll, in persons, and on how many branches' rolls they stand."""

    members: int
    branches: int


def roll_count():
    rows = Member.objects.on_roll().aggregate(members=Count("pk"), branches=Count("branch", distinct=True))
    return RollCount(**rows)
