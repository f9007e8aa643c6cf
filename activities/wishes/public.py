"""What residents may read of wishes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, When
from django.utils.translation import gettext as _

from activities.events.public import CountLine
from activities.wishes.models import MiniWish
from config.kit import clock
from config.kit.person.search import contains
from members.privacy import ANONYMOUS, mask_donor, shown_name

IN_HAND = {MiniWish.State.CLAIMED, MiniWish.State.IN_PROGRESS}


@dataclass(frozen=True)
class WishLine:
    pk: int
    code: str
    text: str
    state: str
    state_word: str
    group_word: str
    area: str
    collected_on: date
    claimed_by: str
    claimed_on: date | None
    due_on: date | None
    closed_on: date | None
    result: str
    is_late: bool = False


def wish_line(wish):
    return WishLine(
        pk=wish.pk,
        code=wish.code,
        text="" if wish.state == MiniWish.State.WITHDRAWN else wish.public_text,
        state=wish.state,
        state_word=wish.get_state_display(),
        group_word=wish.get_group_display(),
        area=wish.organization.name,
        collected_on=wish.collected_on,
        claimed_by=shown_name(wish.claimed_by, agreed=wish.claimer_named, masked=mask_claimer),
        claimed_on=wish.claimed_on,
        due_on=wish.due_on,
        closed_on=wish.closed_on,
        result=wish.result if wish.state in {MiniWish.State.FULFILLED, MiniWish.State.CLOSED} else "",
        is_late=wish.state in IN_HAND and wish.due_on is not None and wish.due_on < clock.today(),
    )


@dataclass(frozen=True)
class WishPage:
    """One wish, and where to say its number: by phone or at the desk of its community."""

    line: WishLine
    phone: str
    address: str
    hours: str


def wish_page(pk):
    """The wish with this key as everybody may read it, or None."""
    wish = MiniWish.objects.public().select_related("organization__parent").filter(pk=pk).first()
    if wish is None:
        return None
    own, above = wish.organization, wish.organization.parent

    def of_office(field):
        return getattr(own, field) or (getattr(above, field) if above else "")

    return WishPage(wish_line(wish), of_office("supervision_phone"), of_office("address"), of_office("office_hours"))


LONGEST_NAME = 4


def mask_claimer(name):
    """A claimer who did not agree to be named: a person's name is masked, a long name of a team is left out."""
    return mask_donor(name) if len(name) <= LONGEST_NAME else str(ANONYMOUS)


WAITING_FIRST = Case(
    When(state=MiniWish.State.POSTED, then=0),
    When(state__in=[MiniWish.State.CLAIMED, MiniWish.State.IN_PROGRESS], then=1),
    When(state=MiniWish.State.WITHDRAWN, then=3),
    default=2,
    output_field=IntegerField(),
)


# The states a reader can filter by: wished, claimed (also done but not yet confirmed), confirmed, withdrawn.
WISH_GROUPS = {
    "posted": [MiniWish.State.POSTED],
    "in_hand": [MiniWish.State.CLAIMED, MiniWish.State.IN_PROGRESS, MiniWish.State.FULFILLED],
    "closed": [MiniWish.State.CLOSED],
    "withdrawn": [MiniWish.State.WITHDRAWN],
}


def wish_choices():
    """Groups of wishes a reader may choose from."""
    return [
        ("posted", _("waiting for somebody")),
        ("in_hand", _("in hand")),
        ("closed", _("fulfilled")),
        ("withdrawn", _("withdrawn")),
    ]


def wishes(*, group="", query=""):
    """A queryset of the wishes that may be read, those that wait for somebody first; `wish_line` turns each into a line.

    What was withdrawn is counted and can be asked for by its group, but nobody finds its words any more.
    """
    rows = MiniWish.objects.public().select_related("organization")
    if group in WISH_GROUPS:
        rows = rows.filter(state__in=WISH_GROUPS[group])
    else:
        rows = rows.order_by(WAITING_FIRST, "-collected_on", "-id")
    if query:
        rows = rows.exclude(state=MiniWish.State.WITHDRAWN)
        rows = rows.filter(contains(query, "public_text") | Q(code__iexact=query))
    return rows


def wish_counts():
    """Wishes by state, those not yet checked left out."""
    counts = dict(MiniWish.objects.public().values_list("state").annotate(number=Count("pk")).order_by())
    shown = [choice for choice in MiniWish.State.choices if choice[0] != MiniWish.State.COLLECTED]
    return [CountLine(code, str(word), counts.get(code, 0)) for code, word in shown]


@dataclass(frozen=True)
class WishTally:
    """How the number of wishes is made up; the four parts sum to the total."""

    total: int
    fulfilled: int
    in_hand: int
    waiting: int
    withdrawn: int


def wish_tally(counts=None):
    by = {line.code: line.number for line in (wish_counts() if counts is None else counts)}
    of = {group: sum(by.get(state, 0) for state in states) for group, states in WISH_GROUPS.items()}
    return WishTally(
        total=sum(of.values()),
        fulfilled=of["closed"],
        in_hand=of["in_hand"],
        waiting=of["posted"],
        withdrawn=of["withdrawn"],
    )


def wishes_waiting(*, on, at_most=3):
    """Wishes that wait longest for somebody: `(line, days waited)`."""
    rows = wishes(group="posted").order_by("collected_on", "id")[:at_most]
    return [(wish_line(row), (on - row.collected_on).days) for row in rows]
