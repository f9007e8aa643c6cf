"""Why minutes of a meeting or a record of home study are refused."""

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def refuse_votes(*, votes, present):
    """Nobody votes who was not there: `votes` are persons in favour, against and abstained, or None; `present` members."""
    given = [number for number in votes if number is not None]
    if given and len(given) < len(votes):
        raise ValidationError(_("Write all three numbers of a vote, 0 where there was none."), code="votes_incomplete")
    if sum(given) > present:
        raise ValidationError(
            _(
                "%(votes)s voted, and %(present)s members were present. Count again, or correct the sign-in sheet first."
            ),
            code="more_votes_than_present",
            params={"votes": sum(given), "present": present},
        )


def refuse_vote_without_decision(*, text, votes):
    """A vote is about something."""
    if not text and any(number is not None for number in votes):
        raise ValidationError(_("Votes stand here without the decision they are about."), code="decision_missing")


def refuse_nobody(*, count):
    """Study was brought to somebody."""
    if not count:
        raise ValidationError(_("Tick at least one member."), code="nobody")


def refuse_present(*, names):
    """Whoever was present studied there, and is not counted a second time."""
    if names:
        raise ValidationError(
            _("Present at this event by its sign-in sheet: %(names)s. Nobody is counted twice."),
            code="was_present",
            params={"names": ", ".join(names)},
        )


def refuse_study_ahead(*, day, today):
    """What is still to come is not written down as done."""
    if day > today:
        raise ValidationError(
            _("%(day)s is still to come. Write it down when it was done."),
            code="day_ahead",
            params={"day": date_format(day)},
        )


def refuse_not_of_branch(*, names):
    """A record belongs to the branch a member was in on that day."""
    if names:
        raise ValidationError(
            _("On no roll of that day: %(names)s. Check the day."), code="no_branch", params={"names": ", ".join(names)}
        )
