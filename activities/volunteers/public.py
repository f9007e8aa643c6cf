"""What residents may read of volunteers and their days: counts and hours, never names."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest

from django.db.models import Count, Sum

from activities.events.models import Activity
from activities.events.public import CountLine, _shown, activity_line
from activities.volunteers.models import ServiceCertificate, Volunteer
from config.kit.dates import years_of
from config.kit.person.names import read_name


def volunteers_page(*, year, on):
    """What the page of volunteers shows of a year: its twelve days, the next one, the last one held, the counts."""
    days = volunteer_days(year)
    counts = volunteer_counts()
    return {
        "year": year,
        "years": volunteer_years(),
        "days": days,
        "held": sum(day.is_held for day in days),
        "latest": next((day for day in reversed(days) if day.is_held), None),
        "ahead": next_volunteer_day(on=on),
        "counts": counts,
        "total": sum(line.number for line in counts),
        "hours": service_hours_total(),
    }


def volunteer_years():
    """Years that have volunteer days, newest first."""
    days = Activity.objects.filter(kind=Activity.Kind.VOLUNTEER_DAY)
    return years_of(days, "day")


def volunteer_days(year):
    """The volunteer days of a year in their order: what the strip of twelve shows."""
    days = _shown().filter(kind=Activity.Kind.VOLUNTEER_DAY, day__year=year).order_by("day", "id")
    return [activity_line(day) for day in days]


def next_volunteer_day(*, on):
    """The first volunteer day on or after a day that is still ahead, or None."""
    ahead = _shown().filter(
        kind=Activity.Kind.VOLUNTEER_DAY, day__gte=on, state__in=[Activity.State.PLANNED, Activity.State.OPEN]
    )
    first = ahead.order_by("day", "id").first()
    return first and activity_line(first)


def volunteer_counts():
    """Registered volunteers by kind, in persons; names are not public."""
    counts = dict(Volunteer.objects.active().values_list("kind").annotate(number=Count("pk")).order_by())
    return [CountLine(code, str(word), counts.get(code, 0)) for code, word in Volunteer.Kind.choices]


def service_hours_total():
    """Hours of all volunteer days held, all volunteers together."""
    return (Activity.objects.held().aggregate(total=Sum("service_minutes"))["total"] or 0) / 60


@dataclass(frozen=True)
class CertificateLine:
    """What the check page of a certificate shows: hours in hours, no name."""

    number: str
    hours: str
    issuer: str
    period_from: date
    period_to: date
    revoked_on: date | None


def _certificate(number, code):
    """The certificate of a number whose facts have this code, or None."""
    for row in ServiceCertificate.objects.filter(number=number).select_related("organization"):
        # The code of the facts as they stand now: a record that was changed afterwards fails as a forged paper does.
        if compare_digest(row.sealed(), code.upper()) and compare_digest(row.code, code.upper()):
            return row
    return None


def certificate_line(number, code):
    """The line of the certificate of a number and its check code, None where they do not belong together."""
    row = _certificate(number, code)
    if row is None:
        return None
    issuer = row.organization.name
    return CertificateLine(row.number, row.hours, issuer, row.period_from, row.period_to, row.revoked_on)


def is_on_certificate(number, code, *, name, hours):
    """Whether a certificate has this name and these hours on it, as somebody reads them from the paper."""
    row = _certificate(number, code)
    typed = unicodedata.normalize("NFKC", hours).strip().removesuffix("小时").strip()
    return row is not None and typed == row.hours and read_name(name) == read_name(row.name)
