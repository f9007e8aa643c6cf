"""Context of the home page: the newest figures of every part of the programme, and links to go on."""

from django.urls import reverse

from activities.events import public as event_public
from activities.volunteers import public as volunteer_public
from activities.wishes import public as wish_public
from fund.board.front import front_line
from honours.awards import public as award_public
from honours.bookroom import public as book_public
from members.roster.public import roll_count


def home_page(*, today):
    """Context of the home page; a part with nothing to show yet is None, 0 or empty."""
    volunteers = volunteer_public.volunteer_counts()
    return {
        "today": today,
        "fund": front_line(),
        "ahead": event_public.next_day(on=today),
        "wishes": wish_public.wishes_waiting(on=today),
        "tally": wish_public.wish_tally(),
        "counts": event_public.year_counts(today.year),
        "volunteers": volunteers,
        "volunteers_total": sum(line.number for line in volunteers),
        "performances": reverse("activities:list", query={"kind": "performance", "year": today.year}),
        "roll": roll_count(),
        "person": award_public.role_model(),
        "point": book_public.point_summary(),
    }
