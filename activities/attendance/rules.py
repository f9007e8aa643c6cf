"""Why a sign-in sheet is refused."""

import re
import unicodedata
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit.hours import hours_of

HALF_HOUR = 30
HOURS = re.compile(r"(\d{1,5}(?:\.\d)?|半)(?:个?小时|h)?")
NOT_HALF_HOURS = _("Write the hours in half hours: 0.5, 1, 1.5, 2.")


def refuse_not_held(*, is_cancelled, day, today):
    """Nobody was present at what was cancelled, or at what is still to come."""
    if is_cancelled:
        raise ValidationError(
            _("This event was cancelled, so nobody came. If it was held after all, take it up again first."),
            code="cancelled",
        )
    if day > today:
        raise ValidationError(
            _("This event is on %(day)s, which is still to come. Enter the sheet when it was held."),
            code="held_ahead",
            params={"day": date_format(day)},
        )


def refuse_no_length(*, starts_at, ends_at):
    """Hours are counted from when an event began and ended."""
    if starts_at is None or ends_at is None:
        raise ValidationError(
            _("Hours are counted from this event: write when it began and when it ended."), code="length_missing"
        )
    if ends_at <= starts_at:
        raise ValidationError(_("It ends before it begins."), code="ends_before_start")


def refuse_minutes_over_length(*, minutes, length):
    """Nobody gave more time than the event lasted. Both in minutes."""
    if minutes > length:
        raise ValidationError(
            _("The event lasted %(length)s hours, so nobody can have given %(hours)s. Check the hours."),
            code="over_length",
            params={"length": hours_of(length), "hours": hours_of(minutes)},
        )


def read_hours(typed):
    """Minutes of the hours on a paper: 2, 1.5, ３小时, 半小时; None of an empty field. ValidationError: `not_half_hours`."""
    words = unicodedata.normalize("NFKC", typed).replace(" ", "")
    if not words:
        return None
    found = HOURS.fullmatch(words)
    minutes = Decimal(found[1].replace("半", "0.5")) * 60 if found else Decimal(1)
    if minutes % HALF_HOUR:
        raise ValidationError(NOT_HALF_HOURS, code="not_half_hours")
    return int(minutes)


def refuse_no_hours(*, minutes):
    """Whoever gave no time did not serve."""
    if minutes == 0:
        raise ValidationError(NOT_HALF_HOURS, code="no_hours")


def refuse_leave_without_reason(*, is_leave, reason):
    """请假: leave is asked for with a reason."""
    if is_leave and not reason:
        raise ValidationError(_("Write why this person asked for leave, in a word or two."), code="leave_reason")


def refuse_reason_without_leave(*, is_leave, reason):
    """A reason that is typed says that somebody asked for leave; it is not thrown away."""
    if reason and not is_leave:
        raise ValidationError(
            _("A reason stands here, and the person is not marked as on leave. Mark it, or take the reason out."),
            code="reason_without_leave",
        )


def refuse_twice(*, names):
    """One person stands on a sheet once."""
    if names:
        raise ValidationError(
            ngettext_lazy(
                "%(names)s stands on this sheet twice. Take one of the lines out.",
                "%(names)s stand on this sheet twice. Take the second line of each out.",
                len(names),
            ),
            code="twice",
            params={"names": ", ".join(names)},
        )


def refuse_unexplained_correction(*, is_correction, reason):
    """What was entered once is corrected with a reason, which stays on record."""
    if is_correction and not reason:
        raise ValidationError(
            _("This sheet was entered before and something is different now. Write why it is corrected."),
            code="reason_missing",
        )


def refuse_stale_sheet(*, seen, stored):
    """Somebody else saved the sheet since this one was opened. Both count the times it was saved."""
    if seen != stored:
        raise ValidationError(
            _("Somebody else saved this sheet after you opened it. Your marks stand below; open it anew and compare."),
            code="stale",
        )


def refuse_more_than_due(*, present, due):
    """More present than due are residents, or a slip of the pen."""
    if due is not None and present > due:
        raise ValidationError(
            _("More members are present than were due. Count again; residents stand in a field of their own."),
            code="more_than_due",
        )


def refuse_typed_counts(*, has_roll):
    """Numbers are typed only where no roll says who was there to be counted."""
    if has_roll:
        raise ValidationError(
            _("There is a roll of that day, so people are ticked by name and counted by the program."), code="has_roll"
        )
