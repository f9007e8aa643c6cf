"""What residents may read of shows: the programme of one, and how often a village was visited."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Max, Q, Sum, When

from activities.evenings.models import ProgrammeItem, Show, Village
from activities.events.models import Activity
from config.kit.dates import years_of

# 观众: residents without a name on the sheet; where an older record has but one number of residents, that.
AUDIENCE = Case(
    When(shows__activity__counts_typed=True, then=F("shows__activity__public_present")),
    default=F("shows__activity__residents"),
)


@dataclass(frozen=True)
class ActLine:
    """One act of a programme; `minutes` None where nobody wrote how long it takes."""

    number: int
    title: str
    troupe: str
    performers: str
    minutes: int | None


@dataclass(frozen=True)
class ShowLine:
    """A show with its programme: what kind, in which village, and how long all acts take together (minutes)."""

    form_word: str
    village: str
    acts: tuple[ActLine, ...]

    @property
    def minutes(self):
        return sum(act.minutes or 0 for act in self.acts)


def show_of(activity):
    """The show of the event with this key, or None where it has neither programme nor village; two queries."""
    show = Show.objects.filter(activity=activity).select_related("village").first()
    acts = tuple(
        ActLine(item.number, item.title, item.troupe, item.performers, item.minutes)
        for item in ProgrammeItem.objects.filter(activity=activity)
    )
    if show is None and not acts:
        return None
    return ShowLine(show.get_form_display() if show else "", str(show.village or "") if show else "", acts)


@dataclass(frozen=True)
class VillageLine:
    """Shows held in a village (场次), and who watched them (person-times)."""

    name: str
    shows: int
    audience: int
    last_day: date


def villages_with_totals(rows, *, year=None):
    """`rows` of villages with `held` (场次), `audience` (person-times) and `last_day` of the shows held there."""
    held = Q(shows__activity__state__in=Activity.HELD)
    if year:
        held &= Q(shows__activity__day__year=year)
    return rows.annotate(
        held=Count("shows", filter=held),
        audience=Sum(AUDIENCE, filter=held, default=0),
        last_day=Max("shows__activity__day", filter=held),
    )


def village_lines(*, year=None):
    """The villages in which a show was held, those visited most often first; one query."""
    rows = (
        villages_with_totals(Village.objects.all(), year=year).filter(held__gt=0).order_by("-held", "township", "name")
    )
    return [VillageLine(str(row), row.held, row.audience, row.last_day) for row in rows]


def show_years():
    """Years in which shows were given in villages, the newest first."""
    return years_of(Activity.objects.held().filter(show__village__isnull=False), "day")
