"""The papers of the office in one table: what each is, what it takes to print it, how its PDF is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.papers import sign_in_sheet
from branches.exports import equipment_until
from branches.papers import stocktake_sheet
from config.kit.dates import month_end
from config.site.printing import forms
from fund.donations.papers import receipt, receipts, receipts_of
from fund.help.allowances.papers import allowance_sheet
from fund.help.visits.papers import route_sheet
from fund.ledger.papers import voucher
from members.exports import roll
from members.papers.cards import JULY, birthday_cards, birthdays
from members.papers.roster import roster_sheet


@dataclass(frozen=True)
class OfficePaper:
    """One paper: `make(form)` gives the PDF of checked choices; it takes all of `rights`, and any of `any_right`."""

    name: str
    label: Promise
    what: Promise
    form: type
    make: Callable
    rights: tuple
    any_right: tuple = ()
    is_private: bool = True

    def is_offered_to(self, user):
        return user.has_perms(self.rights) and (
            not self.any_right or any(user.has_perm(right) for right in self.any_right)
        )


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
    return sign_in_sheet(
        activity,
        roll(on=activity.day, branches=branches) if branches else [],
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
    things = equipment_until(on).visible_to(form.user)
    if organization:
        things = things.filter(organization=organization)
    return stocktake_sheet(
        things.order_by("organization_id", "asset_no"),
        publisher=form.publisher,
        unit=organization.seal_name if organization else form.publisher,
        on=on,
        paper=form.cleaned_data["size"],
    )


def _receipts(form):
    gifts = list(receipts_of(form.cleaned_data["collection"]))
    if not gifts:
        raise ValidationError(_("No gift of this day has a receipt."), code="nothing")
    return receipts(gifts, publisher=form.publisher)


def _route(form):
    may_see = form.user.has_perm("members.view_private_member")
    return route_sheet(form.cleaned_data["round"], with_addresses=may_see, publisher=form.publisher)


OFFICE_PAPERS = [
    OfficePaper(
        "roster",
        gettext_lazy("Roster"),
        gettext_lazy("Every member on the roll of a branch, with the columns of the roster; masked for those who see it masked."),
        forms.RosterForm,
        _roster,
        ("members.view_member",),
    ),
    OfficePaper(
        "sign-in",
        gettext_lazy("Sign-in sheet"),
        gettext_lazy("Names in the order of the roster for one activity, with blank rows; no phone numbers."),
        forms.SignInForm,
        _sign_in,
        ("members.view_member", "activities.view_activity"),
    ),
    OfficePaper(
        "cards",
        gettext_lazy("Political birthday cards"),
        gettext_lazy("A card for each who joined the Party in a month, or for everybody on 1 July."),
        forms.CardsForm,
        _cards,
        ("members.view_member",),
        ("members.change_member", "members.view_private_member"),
    ),
    OfficePaper(
        "stocktake",
        gettext_lazy("Equipment stocktake"),
        gettext_lazy("The register of equipment with a column for what was counted."),
        forms.StocktakeForm,
        _stocktake,
        ("branches.view_equipment",),
    ),
    OfficePaper(
        "receipts",
        gettext_lazy("Receipts of a collection day"),
        gettext_lazy("The receipts of all gifts of a day in their order, each twice on a page with a line to cut."),
        forms.CollectionForm,
        _receipts,
        ("fund.view_collection", "fund.view_donation"),
    ),
    OfficePaper(
        "receipt",
        gettext_lazy("Receipt of one gift"),
        gettext_lazy("One receipt by its number, for the giver and for the file."),
        forms.ReceiptForm,
        lambda form: receipt(form.record, publisher=form.publisher),
        ("fund.view_donation",),
    ),
    OfficePaper(
        "voucher",
        gettext_lazy("Payment voucher"),
        gettext_lazy("The voucher of one entry of the books by its number, with places to sign."),
        forms.VoucherForm,
        lambda form: voucher(form.record, publisher=form.publisher),
        ("fund.view_entry",),
        is_private=False,
    ),
    OfficePaper(
        "allowance",
        gettext_lazy("Allowance signature sheet"),
        gettext_lazy("Who gets how much allowance for a month, with a place for each to sign."),
        forms.AllowanceForm,
        lambda form: allowance_sheet(form.cleaned_data["run"], publisher=form.publisher),
        ("fund.view_allowancerun",),
    ),
    OfficePaper(
        "route",
        gettext_lazy("Condolence route sheet"),
        gettext_lazy("Whom a round visits, by branch; addresses for those who may see them."),
        forms.RouteForm,
        _route,
        ("fund.view_condolenceround",),
    ),
]  # fmt: skip


def offered_to(user):
    """The papers that this user may print."""
    return [paper for paper in OFFICE_PAPERS if paper.is_offered_to(user)]


def paper_named(name):
    return next((paper for paper in OFFICE_PAPERS if paper.name == name), None)
