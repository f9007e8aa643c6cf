"""Why a member's record is refused: one pure function a rule; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.dates import whole_years
from config.kit.person.citizen_ids import birth_date_of, sex_of

ADULT_YEARS = 18


def warn_of_disagreement(number, *, sex, birth_date):
    """Sentences where the ID number and the roster differ; some archives do, and the archive's date wins."""
    warnings = []
    born = birth_date_of(number)
    if birth_date and born and born != birth_date:
        warnings.append(
            _("The citizen ID number says born %(id_date)s, the roster says %(date)s; the roster's date is kept.")
            % {"id_date": born.isoformat(), "date": birth_date.isoformat()}
        )
    if sex in {"1", "2"} and sex != sex_of(number):
        warnings.append(_("The citizen ID number says the other sex; the roster's is kept."))
    return warnings


def rules_of_dates(*, birth_date, joined_on, full_member_on, today):
    """`(field, rule)` pairs: born < joined ≤ full member ≤ today, and at least 18 years old when joining.

    A day that has not come is refused at its own field, and is no measure for the others.
    """
    born = birth_date if birth_date and birth_date <= today else None
    joined = joined_on if joined_on and joined_on <= today else None
    return [
        ("birth_date", lambda: birth_date and refuse_birth_in_future(birth_date, today=today)),
        ("joined_on", lambda: joined_on and refuse_future(joined_on, today=today)),
        ("joined_on", lambda: joined_on and born and refuse_joining_too_young(joined_on, birth_date=born)),
        ("full_member_on", lambda: full_member_on and refuse_future(full_member_on, today=today)),
        ("full_member_on", lambda: full_member_on and joined and refuse_full_before_joined(full_member_on, joined)),
    ]


def refuse_birth_in_future(birth_date, *, today):
    if birth_date > today:
        raise ValidationError(_("The birth date lies in the future."), code="born_in_future")


def refuse_joining_too_young(joined_on, *, birth_date):
    if joined_on <= birth_date:
        raise ValidationError(
            _("Joined the Party on %(joined)s, before the birth date %(born)s. Check both dates."),
            code="joined_before_birth",
            params={"joined": joined_on.isoformat(), "born": birth_date.isoformat()},
        )
    if whole_years(birth_date, joined_on) < ADULT_YEARS:
        raise ValidationError(
            _("Joined the Party on %(joined)s at the age of %(age)s; the age must be 18 or more. Check both dates."),
            code="joined_too_young",
            params={"joined": joined_on.isoformat(), "age": whole_years(birth_date, joined_on)},
        )


def refuse_full_before_joined(full_member_on, joined_on):
    if full_member_on < joined_on:
        raise ValidationError(
            _("Full member since %(full)s, before joining on %(joined)s. Check both dates."),
            code="full_before_joined",
            params={"full": full_member_on.isoformat(), "joined": joined_on.isoformat()},
        )


def not_before_joining(full, joined):
    """A `Day` of full membership of which the month alone is known, and which is the month of joining: on the day of joining.

    The first of the month would lie before it.
    """
    is_same_month = (full.date.year, full.date.month) == (joined.date.year, joined.date.month)
    return full._replace(date=joined.date) if joined.known and not full.known and is_same_month else full


def refuse_future(day, *, today):
    """A day that has not come."""
    if day > today:
        raise ValidationError(
            _("The date %(day)s lies in the future."), code="in_future", params={"day": day.isoformat()}
        )
