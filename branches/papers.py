"""What is printed of branches and their things: the letterheads there are, and the sheet for counting the equipment."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.organisations import Branch, Nameplate, Organization
from config.kit.money import ZERO, yuan
from config.kit.paper.sheet import column, list_sheet


def letterheads(user):
    """`(key, name)` of every body in whose name this user prints: organisations, their plates, branches."""
    choices = [(f"organization-{row.pk}", row.seal_name) for row in Organization.objects.visible_to(user)]
    for plate in Nameplate.objects.visible_to(user).select_related("organization"):
        words = {"place": plate.organization.name, "body": plate.get_code_display()}
        choices.append((f"plate-{plate.pk}", _("%(place)s %(body)s") % words))
    return choices + [(f"branch-{row.pk}", row.name) for row in Branch.objects.visible_to(user)]


def _stocktake_columns():
    return [
        column(_("No."), 2.4, "center"),
        column(_("asset number"), 5.4),
        column(pgettext("report", "name"), 7),
        column(_("model"), 6.5),
        column(pgettext("report", "unit"), 2.6, "center"),
        column(_("quantity"), 3.2, "end"),
        column(_("unit price (yuan)"), 5.4, "end"),
        column(_("amount (yuan)"), 6, "end"),
        column(_("bought on"), 6, "center"),
        column(_("paid from"), 6.5),
        column(pgettext("report", "place"), 6.5),
        column(_("keeper"), 4.6),
        column(pgettext("report", "state"), 3.4, "center"),
        column(pgettext("stocktake", "counted"), 4),
        column(_("remark"), 7),
    ]


def _stocktake_row(number, thing):
    return [
        str(number),
        thing.asset_no,
        thing.name,
        thing.model,
        thing.unit,
        str(thing.quantity),
        yuan(thing.unit_price),
        yuan(thing.amount),
        thing.bought_on.isoformat(),
        thing.funding,
        thing.place,
        thing.keeper,
        str(thing.get_state_display()),
        "",
        "",
    ]


def stocktake_sheet(equipment, *, publisher, unit, on, paper="a4"):
    """设备盘点表: the register in the order of §3.3 of the handbook, with room for what was counted and a remark."""
    equipment = list(equipment)
    pieces = sum(thing.quantity for thing in equipment)
    worth = sum((thing.amount for thing in equipment), ZERO)
    return list_sheet(
        heading=_("Equipment stocktake"),
        publisher=publisher,
        on=on,
        mark=_("internal, keep confidential"),
        foot=[unit],
        meta=[unit, _("as of %(day)s") % {"day": date_format(on, "DATE_FORMAT")}, _("unit: yuan")],
        columns=_stocktake_columns(),
        rows=[_stocktake_row(number, thing) for number, thing in enumerate(equipment, 1)],
        total=["", _("Total"), "", "", "", str(pieces), "", yuan(worth), "", "", "", "", "", "", ""],
        signed=[[_("Counted by:"), ""], [_("Checked by:"), ""], [_("Keeper:"), ""], [pgettext("paper", "Day:"), ""]],
        size=8.6,
        title_size=1.9,
        flexible=True,
        row_inset=0.55,
        row_inset_x=0.3,
        margin=3.4,
        paper=paper,
    )
