"""The papers of the office in one table: what each is, what it takes to print it, how its PDF is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from activities.attendance.sheet import people_listed
from activities.events.papers import sign_in_sheet
from activities.meetings.exports import study_hours
from activities.meetings.models import Minutes
from activities.meetings.papers import minutes_paper, study_hours_sheet
from activities.signups.exports import signed_up
from activities.volunteers.papers import certificate, service_sheet
from branches.exports import equipment_until
from branches.papers import stocktake_sheet
from config.kit import clock
from config.kit.dates import month_end
from config.site.printing import forms
from fund.donations.papers import receipt, receipts, receipts_of
from fund.help.allowances.papers import allowance_sheet
from fund.help.visits.papers import route_sheet
from fund.ledger.papers import voucher
from members.papers.cards import JULY, birthday_cards, birthdays
from members.papers.roster import roster_sheet
from members.roster.exports import roll


@dataclass(frozen=True)
class RecordButton:
    """What leads from a record of `model` to its paper: to the choices, of which `choice` is made, or to the PDF at once.

    `name` stands in the address of the PDF; `is_offered(record)` says whether the record has the paper yet.
    """

    model: str
    label: Promise
    choice: str = ""
    name: str = ""
    is_offered: Callable = lambda record: True


@dataclass(frozen=True)
class OfficePaper:
    """One paper: `make(chosen)` gives its PDF; it takes all of `rights`, and any of `any_right`.

    `chosen` is the checked form, or a `ChosenRecord` where a record's button leads to the PDF at once.
    """

    name: str
    label: Promise
    what: Promise
    form: type
    make: Callable
    rights: tuple
    any_right: tuple = ()
    is_private: bool = True
    button: RecordButton | None = None

    def is_offered_to(self, user):
        return user.has_perms(self.rights) and (
            not self.any_right or any(user.has_perm(right) for right in self.any_right)
        )


@dataclass(frozen=True)
class ChosenRecord:
    """A record whose paper is printed without further choices: in the name of the organisation that keeps it."""

    record: models.Model
    user: AbstractBaseUser
    publisher: str = ""
    # Where this site's public pages begin, for the codes on papers that lead there.
    site: str = ""


def _roster(form):
    rows = list(roll(on=form.cleaned_data["on"], branches=form.branches()))
    return roster_sheet(
        rows,
        publisher=form.publisher,
        unit=form.unit,
        on=form.cleaned_data["on"],
        masked=not form.user.has_perm("members.view_private_member"),
        paper=form.cleaned_data["size"],
    )


def _sign_in(form):
    activity = form.cleaned_data["activity"]
    branches = form.branches()
    listed = people_listed(activity, branches) if branches else []
    names = {member.name for _number, _branch, member in listed}
    return sign_in_sheet(
        activity,
        listed,
        others=[row.name for row in signed_up(activity) if row.name not in names],
        publisher=form.publisher,
        unit=form.unit if branches else form.publisher,
        blanks=form.cleaned_data["blanks"],
        signs_out=form.cleaned_data["signs_out"],
    )


def _cards(form):
    year, month = form.cleaned_data["year"], form.cleaned_data["month"]
    members = [member for _number, _branch, member in roll(on=_last_day(year, month), branches=form.branches())]
    rows = birthdays(members, year=year, month=month)
    if not rows:
        raise ValidationError(_("Nobody of this choice has a political birthday then."), code="nobody")
    return birthday_cards(
        rows, publisher=form.publisher, year=year, month=month, two_on_a_page=form.cleaned_data["two"]
    )


def _last_day(year, month):
    """The day as of which the roll counts: the end of the month the cards are for."""
    return month_end(date(year, month or JULY, 1))


def _stocktake(form):
    organization, on = form.cleaned_data["organization"], form.cleaned_data["on"]
    equipment = equipment_until(on).visible_to(form.user)
    if organization:
        equipment = equipment.filter(organization=organization)
    return stocktake_sheet(
        equipment.order_by("organization_id", "asset_no"),
        publisher=form.publisher,
        unit=organization.seal_name if organization else form.publisher,
        on=on,
        paper=form.cleaned_data["size"],
    )


def _receipts(chosen):
    gifts = list(receipts_of(chosen.record))
    if not gifts:
        raise ValidationError(_("No gift of this day has a receipt."), code="nothing")
    return receipts(gifts, publisher=chosen.publisher)


def _route(chosen):
    may_see = chosen.user.has_perm("members.view_private_member")
    return route_sheet(chosen.record, with_addresses=may_see, publisher=chosen.publisher)


def _minutes(chosen):
    activity = chosen.record
    minutes = (
        Minutes.objects.visible_to(chosen.user).filter(activity=activity).select_related("activity__branch").first()
    )
    if minutes is None:
        raise ValidationError(_("No minutes of your own branch are on record for this meeting."), code="nothing")
    return minutes_paper(minutes)


def _study_hours(form):
    year, on = form.cleaned_data["year"], clock.today()
    until = min(date(year, 12, 31), on)
    rows = study_hours(form.branches(), year=year, until=until)
    return study_hours_sheet(rows, year=year, publisher=form.publisher, unit=form.unit, on=until)


def _certificate(chosen):
    row = chosen.record
    with override("zh-hans"):
        check = reverse("activities:certificate", args=[row.number, row.code])
    return certificate(row, address=urljoin(chosen.site, check))


def _service(chosen):
    volunteer = chosen.record
    publisher = chosen.publisher or volunteer.organization.seal_name
    return service_sheet(volunteer, publisher=publisher, on=clock.today())


OFFICE_PAPERS = [
    OfficePaper(
        "roster",
        gettext_lazy("Roster"),
        gettext_lazy("Every member on the roll of a branch, with the columns of the roster; masked for those who see it masked."),
        forms.RosterForm,
        _roster,
        ("members.view_member",),
        button=RecordButton("branches.branch", gettext_lazy("Print the roster"), choice="branch"),
    ),
    OfficePaper(
        "sign-in",
        gettext_lazy("Sign-in sheet"),
        gettext_lazy("Names in the order of the roster for one activity, with blank rows; no phone numbers."),
        forms.SignInForm,
        _sign_in,
        ("members.view_member", "activities.view_activity"),
        button=RecordButton("activities.activity", gettext_lazy("Print a sign-in sheet"), choice="activity"),
    ),
    OfficePaper(
        "minutes",
        gettext_lazy("Minutes of a meeting"),
        gettext_lazy("The minutes of one meeting of your own branch, with places to sign."),
        forms.MinutesForm,
        _minutes,
        ("activities.view_minutes",),
        button=RecordButton(
            "activities.activity",
            gettext_lazy("Print the minutes"),
            name="minutes",
            is_offered=lambda activity: Minutes.objects.filter(activity=activity).exists(),
        ),
    ),
    OfficePaper(
        "study-hours",
        gettext_lazy("Study hours of a year"),
        gettext_lazy("Hours together and at home of every member of a branch, in the order of the roster."),
        forms.StudyHoursForm,
        _study_hours,
        ("members.view_member", "activities.view_homestudy"),
        button=RecordButton("branches.branch", gettext_lazy("Print the study hours"), choice="branch"),
    ),
    OfficePaper(
        "service",
        gettext_lazy("Service record of a volunteer"),
        gettext_lazy("Every checked record of one volunteer with its hours, and the total."),
        forms.ServiceForm,
        _service,
        ("activities.view_volunteer",),
        button=RecordButton(
            "activities.volunteer",
            gettext_lazy("Print the service record"),
            name="service",
            is_offered=lambda volunteer: volunteer.service_records.exists(),
        ),
    ),
    OfficePaper(
        "certificate",
        gettext_lazy("Certificate of service record"),
        gettext_lazy("A certificate that was issued, by its number, with the code of its check page."),
        forms.CertificateForm,
        _certificate,
        ("activities.view_servicecertificate",),
        button=RecordButton(
            "activities.servicecertificate", gettext_lazy("Print the certificate"), name="certificate"
        ),
    ),
    OfficePaper(
        "cards",
        gettext_lazy("Political birthday cards"),
        gettext_lazy("A card for each who joined the Party in a month, or for everybody on 1 July."),
        forms.CardsForm,
        _cards,
        ("members.view_member",),
        ("members.change_member", "members.view_private_member"),
        button=RecordButton("branches.branch", gettext_lazy("Print birthday cards"), choice="branch"),
    ),
    OfficePaper(
        "stocktake",
        gettext_lazy("Equipment stocktake"),
        gettext_lazy("The register of equipment with a column for what was counted."),
        forms.StocktakeForm,
        _stocktake,
        ("branches.view_equipment",),
        button=RecordButton("branches.organization", gettext_lazy("Print a stocktake"), choice="organization"),
    ),
    OfficePaper(
        "receipts",
        gettext_lazy("Receipts of a collection day"),
        gettext_lazy("The receipts of all gifts of a day in their order, each twice on a page with a line to cut."),
        forms.CollectionForm,
        _receipts,
        ("fund.view_collection", "fund.view_donation"),
        button=RecordButton(
            "fund.collection",
            gettext_lazy("Print all receipts"),
            name="receipts",
            is_offered=lambda collection: collection.is_counted and receipts_of(collection).exists(),
        ),
    ),
    OfficePaper(
        "receipt",
        gettext_lazy("Receipt of one gift"),
        gettext_lazy("One receipt by its number, for the giver and for the file."),
        forms.ReceiptForm,
        lambda chosen: receipt(chosen.record, publisher=chosen.publisher),
        ("fund.view_donation",),
        button=RecordButton(
            "fund.donation",
            gettext_lazy("Print the receipt"),
            name="receipt",
            is_offered=lambda gift: gift.is_booked,
        ),
    ),
    OfficePaper(
        "voucher",
        gettext_lazy("Payment voucher"),
        gettext_lazy("The voucher of one entry of the books by its number, with places to sign."),
        forms.VoucherForm,
        lambda chosen: voucher(chosen.record, publisher=chosen.publisher),
        ("fund.view_entry",),
        is_private=False,
        button=RecordButton("fund.entry", gettext_lazy("Print the voucher"), name="voucher"),
    ),
    OfficePaper(
        "allowance",
        gettext_lazy("Allowance signature sheet"),
        gettext_lazy("Who gets how much allowance for a month, with a place for each to sign."),
        forms.AllowanceForm,
        lambda chosen: allowance_sheet(chosen.record, publisher=chosen.publisher),
        ("fund.view_allowancerun",),
        button=RecordButton("fund.allowancerun", gettext_lazy("Print the sheet to sign"), name="signatures"),
    ),
    OfficePaper(
        "route",
        gettext_lazy("Condolence route sheet"),
        gettext_lazy("Whom a round visits, by branch; addresses for those who may see them."),
        forms.RouteForm,
        _route,
        ("fund.view_condolenceround",),
        button=RecordButton("fund.condolenceround", gettext_lazy("Print the route sheet"), name="route"),
    ),
]  # fmt: skip


def offered_to(user):
    """The papers that this user may print."""
    return [paper for paper in OFFICE_PAPERS if paper.is_offered_to(user)]


def paper_named(name):
    return next((paper for paper in OFFICE_PAPERS if paper.name == name), None)


def papers_with_button(model):
    """The papers that records of a model class lead to."""
    return [paper for paper in OFFICE_PAPERS if paper.button and paper.button.model == model._meta.label_lower]


def printed_models():
    """The model classes whose records print a PDF at once."""
    named = {paper.button.model for paper in OFFICE_PAPERS if paper.button and paper.button.name}
    return [apps.get_model(label) for label in sorted(named)]
