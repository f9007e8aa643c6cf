"""Who signed up for an event, for its sign-in sheet."""

from dataclasses import dataclass

from activities.signups.models import SignUp


@dataclass(frozen=True)
class SignedUp:
    """One line: a name, how many come with that person (persons), and whether it is a `minor` or a `resident`."""

    name: str
    kind: str
    persons: int


def signed_up(activity):
    """Whoever has a place, in the order of the list."""
    rows = SignUp.objects.filter(activity=activity, state=SignUp.State.PLACED).order_by("id")
    return [SignedUp(row.name, "minor" if row.is_minor else "resident", row.persons) for row in rows]
