"""How a certificate of service is issued and revoked. Days in dates, hours from the checked records alone."""

from django.db import transaction
from django.db.models import Count, Sum

from activities.volunteers.models import ServiceCertificate, ServiceRecord
from activities.volunteers.rules import refuse_no_service, refuse_same_certificate, refuse_wrong_period
from activities.volunteers.transitions import CERTIFICATES
from branches.models import Organization
from config.kit import clock
from config.kit.numbering import next_label
from config.kit.workflow.locks import locked


def content_of(volunteer, first, last):
    """`[[kind of event, events, minutes]]` of a volunteer's service in a period, largest first; taken back is taken off."""
    kinds = (
        ServiceRecord.objects.filter(volunteer=volunteer, on__range=(first, last))
        .order_by()
        .values_list("activity__kind")
        .annotate(events=Count("activity", distinct=True), given=Sum("minutes"))
    )
    return sorted(([kind, events, given] for kind, events, given in kinds if given), key=lambda row: (-row[2], row[0]))


@transaction.atomic
def issue_certificate(volunteer, *, by, period_from, period_to):
    """Issue the next certificate of the volunteer's organisation for a period, both days included.

    ValidationError: `period_order`, `period_ahead`, `no_service`, `same_certificate`.
    """
    # Nobody else takes a number of this organisation meanwhile.
    Organization.objects.select_for_update().get(pk=volunteer.organization_id)
    today = clock.today()
    refuse_wrong_period(first=period_from, last=period_to, today=today)
    content = content_of(volunteer, period_from, period_to)
    minutes = sum(given for _kind, _events, given in content)
    refuse_no_service(minutes=minutes)
    facts = {"period_from": period_from, "period_to": period_to, "minutes": minutes, "name": volunteer.name}
    same = ServiceCertificate.objects.standing().filter(volunteer=volunteer, content=content, **facts).first()
    refuse_same_certificate(number=same and same.number)
    given = ServiceCertificate.objects.filter(organization=volunteer.organization_id).values_list("number", flat=True)
    certificate = ServiceCertificate(
        organization_id=volunteer.organization_id,
        volunteer=volunteer,
        number=next_label(given, prefix=f"{today.year}-"),
        content=content,
        issued_on=today,
        issued_by=by,
        **facts,
    )
    certificate.code, certificate._history_user = certificate.sealed(), by
    certificate.save()
    return certificate


@transaction.atomic
def revoke_certificate(certificate, *, by, reason):
    """Revoke a certificate with a reason that stays in the office; its check page says so from now on. `wrong_step`."""
    certificate = locked(certificate)
    CERTIFICATES.begin(certificate, "revoke", by=by)
    certificate.revoked_on, certificate.revoked_by, certificate.revoked_because = clock.today(), by, reason
    certificate._history_user = by
    certificate.save()
    return certificate
