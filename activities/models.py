"""What is recorded of activities, volunteers, wishes and mentoring, by subject."""

from activities.events.models import Activity, Photo
from activities.mentoring.models import MentorPair
from activities.volunteers.models import Volunteer
from activities.wishes.models import MiniWish

__all__ = [
    "Activity",
    "MentorPair",
    "MiniWish",
    "Photo",
    "Volunteer",
]
