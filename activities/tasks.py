"""What waits for a user among events, sheets and wishes."""

from activities.attendance.tasks import sheets_to_check
from activities.events.tasks import activities_not_recorded, days_without_leader
from activities.meetings.tasks import meetings_due
from activities.signups.tasks import cancelled_to_tell, places_to_tell
from activities.wishes.tasks import calls_promised, wishes_due, wishes_to_post


def tasks_for(user, *, today):
    tasks = []
    if user.has_perm("activities.change_activity"):
        tasks += days_without_leader(user, today) + activities_not_recorded(user, today) + sheets_to_check(user, today)
        tasks += meetings_due(user, today)
    if user.has_perm("activities.change_signup"):
        tasks += places_to_tell(user, today) + cancelled_to_tell(user, today)
    if user.has_perm("activities.change_miniwish"):
        tasks += wishes_to_post(user, today) + calls_promised(user, today) + wishes_due(user, today)
    return tasks
