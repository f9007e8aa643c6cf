"""What can be done with a membership: admit and change."""

from django.db import transaction

from members.roster import rules
from members.roster.codes import Status
from members.roster.models import Affiliation, Member


@transaction.atomic
def admit_member(member, *, on, by):
    """Put a member on the roll of `member.branch` from a day on: the record and its affiliation, or neither."""
    member._history_user = by
    member.save()
    Affiliation.objects.create(member=member, branch=member.branch, starts_on=on)
    return member


@transaction.atomic
def change_member(member, *, on, by):
    """Save a changed record; another branch or the end of membership closes the affiliation on that day."""
    before = Member.objects.select_for_update().get(pk=member.pk)
    member._history_user = by
    member.save()
    leaves = member.status in {Status.TRANSFERRED_OUT, Status.REMOVED, Status.DECEASED}
    left = before.status in {Status.TRANSFERRED_OUT, Status.REMOVED, Status.DECEASED}
    moved = before.branch_id != member.branch_id
    if moved or (leaves and not left):
        _close_affiliation(member, on=member.died_on or on)
    if not leaves and (moved or left):
        Affiliation.objects.create(member=member, branch=member.branch, starts_on=on)
    return member


def _close_affiliation(member, *, on):
    for affiliation in member.affiliations.filter(ends_on=None):
        if affiliation.starts_on >= on:
            # Entered and ended on one day: the branch never had this member on any day.
            affiliation.delete()
        else:
            affiliation.ends_on = on
            affiliation.save()


def warnings_of(member):
    """Sentences about what does not fit together but may be right; nothing is refused for them."""
    if not member.citizen_id:
        return []
    return rules.warn_of_disagreement(member.citizen_id, sex=member.sex, birth_date=member.birth_date)
