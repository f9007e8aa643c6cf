"""志愿服务记录证明: issued for a volunteer free of charge, and revoked with a reason."""

from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.workflow.transitions import Transition, Workflow

KEEPS = "activities.add_servicecertificate"


def _whole_record(volunteer):
    first = volunteer.service_records.order_by("on").values_list("on", flat=True).first()
    return {"period_from": first, "period_to": clock.today()}


VOLUNTEERS = Workflow(
    [
        Transition(
            "certify",
            _("Issue a certificate of service"),
            _("Hours and content come from the checked records of the period; it is free, and checked by its code."),
            KEEPS,
            "activities.volunteers.actions.issue_certificate",
            form="activities.volunteers.forms.CertificateForm",
            initial=_whole_record,
            applies=lambda volunteer: volunteer.minutes_given() > 0,
            leads_on=False,
        )
    ],
)
CERTIFICATES = Workflow(
    [
        Transition(
            "revoke",
            _("Revoke it"),
            _("Its check page says from then on that it is not valid any more. It cannot be taken back."),
            KEEPS,
            "activities.volunteers.actions.revoke_certificate",
            asks=("reason",),
            applies=lambda certificate: certificate.revoked_on is None,
            leads_on=False,
        )
    ],
)
