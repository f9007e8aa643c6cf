"""How a wish is noted down."""

from django.db import transaction

from activities.wishes.models import MiniWish
from branches.models import Organization
from config.kit.numbering import next_label

# 2018-001: a street collects fewer than a thousand wishes a year.
DIGITS = 3


@transaction.atomic
def record_wish(wish):
    """Store a wish; without a number it gets the next one of its organisation and the year it was collected in."""
    if not wish.code:
        # Nobody else takes a number of this organisation meanwhile.
        Organization.objects.select_for_update().get(pk=wish.organization_id)
        given = MiniWish.objects.filter(organization_id=wish.organization_id).values_list("code", flat=True)
        wish.code = next_label(given, prefix=f"{wish.collected_on.year}-", digits=DIGITS)
    wish.save()
    return wish
