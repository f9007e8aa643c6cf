"""The demo's certificate of service, for one volunteer of the troupe."""

from datetime import date

from activities.models import ServiceCertificate
from activities.volunteers.actions import content_of
from config.site.demo.people import TODAY


def certify(volunteer, user):
    """A certificate of the year so far, as the office issues it, of the demo's day."""
    first = date(TODAY.year, 1, 1)
    content = content_of(volunteer, first, TODAY)
    certificate = ServiceCertificate(
        organization_id=volunteer.organization_id,
        volunteer=volunteer,
        number=f"{TODAY.year}-0001",
        name=volunteer.name,
        period_from=first,
        period_to=TODAY,
        minutes=sum(minutes for _kind, _events, minutes in content),
        content=content,
        issued_on=TODAY,
        issued_by=user,
        salt="0" * 32,
    )
    certificate.code = certificate.sealed()
    certificate.save()
