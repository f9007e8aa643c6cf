"""What is printed for a volunteer: the certificate of service with its check code, and the sheet of all records."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.events.models import Activity
from config.kit.hours import hours_of
from config.kit.paper import qr_svg, render
from config.kit.paper.sheet import column, frame, list_sheet
from config.kit.person.names import called


def certificate(row, *, address):
    """志愿服务记录证明 on A4; its QR code holds `address`, the check page. Revoked, it says so across its head."""
    organization = row.organization
    kinds = dict(Activity.Kind.choices)
    data = frame(_("Certificate %(number)s") % {"number": row.number}, author=organization.name, on=row.issued_on) | {
        "heading": _("Certificate of service record"),
        "number": _("No. %(number)s") % {"number": row.number},
        "mark": _("revoked") if row.revoked_on else "",
        "lead": _("By the records of this platform, the volunteer named below gave the service set out here."),
        "rows": [
            [pgettext("person", "Name"), row.name],
            [_("ID number"), ""],
            [pgettext("certificate", "Period"), f"{date_format(row.period_from)} – {date_format(row.period_to)}"],
            [_("Service time"), _("%(hours)s hours") % {"hours": row.hours}],
        ],
        "head": [_("Content of the service"), _("events"), _("hours")],
        "content": [[str(kinds.get(kind, kind)), str(events), hours_of(given)] for kind, events, given in row.content],
        "issuer": [
            [_("Issuer"), organization.name],
            [_("Handled by"), called(row.issued_by)],
            [_("Phone"), organization.supervision_phone],
        ],
        "note": _("Recorded on this platform. Free of charge; not valid without the seal. Check it by the code:"),
        "code": _("Check code %(code)s") % {"code": row.code},
        "seal": [organization.name, date_format(row.issued_on), _("seal")],
    }
    return render(Path(__file__).with_name("certificate.typ"), data, files={"qr.svg": qr_svg(address)}, spell=True)


def service_sheet(volunteer, *, publisher, on):
    """志愿服务时长表 of one volunteer: every record with its hours, also what was taken back, and the total."""
    records = volunteer.service_records.select_related("activity").order_by("on", "id")
    rows = [
        [
            str(place),
            f"{record.on:%Y-%m-%d}",
            str(record.activity),
            hours_of(record.minutes),
            _("takes back what was wrong") if record.reverses_id else "",
        ]
        for place, record in enumerate(records, 1)
    ]
    return list_sheet(
        heading=_("%(name)s: service on record") % {"name": volunteer.name},
        publisher=publisher,
        on=on,
        mark=_("internal, keep confidential"),
        meta=[volunteer.get_kind_display(), "", _("recorded on this platform")],
        columns=[
            column(_("No."), 3.1, "center"),
            column(_("day of service"), 7),
            column(_("activity")),
            column(_("hours"), 5, "end"),
            column(_("remark"), 9),
        ],
        rows=rows,
        total=["", _("Total"), "", hours_of(volunteer.minutes_given()), ""],
        flipped=False,
    )
