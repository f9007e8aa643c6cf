"""What is recorded of activities, attendance, meetings, shows, sign-ups, volunteers, wishes and mentoring, by subject."""

# ruff: noqa: F401  Django looks here for the models of an app; everybody else may, too.

from activities.attendance.models import Attendance
from activities.evenings.models import ProgrammeItem, Show, Village
from activities.events.models import Activity, EventStep, Photo
from activities.meetings.models import Decision, HomeStudy, Minutes
from activities.mentoring.models import MentorMeeting, MentorPair
from activities.signups.models import SignUp, SignUpStep
from activities.volunteers.models import ServiceCertificate, ServiceRecord, Volunteer
from activities.wishes.models import MiniWish, WishStep
