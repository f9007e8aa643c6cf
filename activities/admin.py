"""What the office sees of activities, by subject."""

import activities.events.admin
import activities.mentoring.admin
import activities.volunteers.admin
import activities.wishes.admin  # noqa: F401  each registers its models
