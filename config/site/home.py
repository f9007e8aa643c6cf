"""What the front page says: the newest figures of every part of the programme, and what to do next."""

from django.urls import reverse

from activities import public as activities
from fund.board.front import front_line
from honours import public as honours
from members.public import roll_count


def home_page(*, today):
    """Context of the front page; a part with nothing to show yet is None, nought or empty, and the page says so."""
    volunteers = activities.volunteer_counts()
    return {
        "today": today,
        "fund": front_line(),
        "ahead": activities.next_day(on=today),
        "wishes": activities.wishes_waiting(on=today),
        "tally": activities.wish_tally(),
        "counts": activities.year_counts(today.year),
        "volunteers": volunteers,
        "volunteers_total": sum(line.number for line in volunteers),
        "performances": reverse("activities:list", query={"kind": "performance", "year": today.year}),
        "roll": roll_count(),
        "person": honours.role_model(),
        "point": honours.point_summary(),
    }
