"""What is recorded of activities, volunteers, wishes and mentoring, by subject."""

# ruff: noqa: F401  Django looks here for the models of an app; everybody else may, too.

from activities.events.models import Activity, Photo
from activities.mentoring.models import MentorPair
from activities.volunteers.models import Volunteer
from activities.wishes.models import MiniWish, WishStep
