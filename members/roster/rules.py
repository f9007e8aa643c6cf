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


def refuse_dates_out_of_order(*, birth_date, joined_on, full_member_on, today):
    """Born < joined ≤ full member ≤ today, and at least 18 years old when joining."""
    if birth_date and birth_date > today:
        raise ValidationError(_("The birth date lies in the future."), code="born_in_future")
    if joined_on and birth_date:
        if joined_on <= birth_date:
            raise ValidationError(
                _("Joined the Party on %(joined)s, before the birth date %(born)s. Check both dates."),
                code="joined_before_birth",
                params={"joined": joined_on.isoformat(), "born": birth_date.isoformat()},
            )
        if whole_years(birth_date, joined_on) < ADULT_YEARS:
            raise ValidationError(
                _(
                    "Joined the Party on %(joined)s at the age of %(age)s; the age must be 18 or more. Check both dates."
                ),
                code="joined_too_young",
                params={"joined": joined_on.isoformat(), "age": whole_years(birth_date, joined_on)},
            )
    if full_member_on and joined_on and full_member_on < joined_on:
        raise ValidationError(
            _("Full member since %(full)s, before joining on %(joined)s. Check both dates."),
            code="full_before_joined",
            params={"full": full_member_on.isoformat(), "joined": joined_on.isoformat()},
        )
    for day in (joined_on, full_member_on):
        if day and day > today:
            raise ValidationError(
                _("The date %(day)s lies in the future."), code="in_future", params={"day": day.isoformat()}
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
