"""What was held under each nameplate: one event may be credited to several, and counts once in all."""

from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.utils.translation import gettext as _

from activities.events.models import Activity
from branches.models import Nameplate


@dataclass(frozen=True)
class PlateCounts:
    """Events (场次) and attendances (person-times) credited to a plate; `is_whole` is each event counted once."""

    word: str
    events: int
    attendances: int
    is_whole: bool = False


def counts_by_plate(rows):
    """`PlateCounts` of a queryset of events: the five plates, those credited to none where there are any, and the whole.

    The plates together may be more than the whole, which counts each event once.
    """
    rows = rows.order_by()
    people = Sum(F("present") + F("public_present"))
    # One row an event and plate: keys first, so that a queryset joined to plates already is not joined to them twice.
    own = Activity.objects.filter(pk__in=rows.values("pk")).order_by()
    found = {
        code: (events, attended or 0)
        for code, events, attended in own.values_list("plates__code").annotate(events=Count("pk"), attended=people)
    }
    lines = [PlateCounts(str(word), *found.get(code, (0, 0))) for code, word in Nameplate.Code.choices]
    if None in found:
        lines.append(PlateCounts(_("under no nameplate"), *found[None]))
    whole = own.aggregate(events=Count("pk"), attended=people)
    return [*lines, PlateCounts(_("in all, each event once"), whole["events"], whole["attended"] or 0, is_whole=True)]
