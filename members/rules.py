"""Why a member's record is refused: one pure function a rule; facts come in as arguments."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.dates import whole_years

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
ADULT_YEARS = 18


def check_character(first_17):
    """The last character of a citizen ID number by GB 11643."""
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def refuse_bad_citizen_id(number, *, today):
    """GB 11643: 18 characters, a birth date that exists and is not in the future, the right check character."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValidationError(
            _("A citizen ID number has 18 characters: 17 digits and a digit or X; this one has %(length)s."),
            code="citizen_id_form",
            params={"length": len(number)},
        )
    born = birth_date_of(number)
    if born is None or born > today:
        raise ValidationError(
            _("Digits 7 to 14 of the citizen ID number (%(digits)s) are no birth date. Check them against the card."),
            code="citizen_id_date",
            params={"digits": number[6:14]},
        )
    if check_character(number[:17]) != number[17]:
        raise ValidationError(
            _(
                "The last character of the citizen ID number does not fit the others. Check every digit against the card."
            ),
            code="checksum",
        )


def birth_date_of(number):
    """The birth date inside a citizen ID number, or None where those digits are no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number):
    """`1` (male) or `2` (female) by the 17th digit."""
    return "1" if int(number[16]) % 2 else "2"


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


def refuse_bad_phone(number):
    """A mobile or a landline number."""
    if not re.fullmatch(r"1[3-9]\d{9}|1400000\d{4}|0\d{2,3}-?\d{7,8}", number):
        raise ValidationError(_("Enter a mobile number of 11 digits or a landline such as 0770-0000000."), code="phone")


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


def refuse_future(day, *, today):
    """A day that has not come."""
    if day > today:
        raise ValidationError(
            _("The date %(day)s lies in the future."), code="in_future", params={"day": day.isoformat()}
        )
