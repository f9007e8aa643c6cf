"""The route sheet of a condolence round."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.money import ZERO, yuan
from config.kit.paper.sheet import column, list_sheet
from fund.ledger.papers import NOBODY, capitals, signers
from fund.ledger.wording import day, people


def route_sheet(round_, *, with_addresses, publisher=""):
    """走访慰问路线表, by branch and name: for the office only. Addresses stand where the reader may see them."""
    publisher = publisher or round_.pot.organization.seal_name
    visits = list(round_.visits.select_related("branch", "member").order_by("branch__name", "unit", "id"))
    total = sum((visit.amount for visit in visits), ZERO)
    heading = _("Condolence round, %(season)s: whom to visit") % {"season": round_.get_season_display()}

    def reached(visit):
        if not with_addresses or visit.member is None:
            return ["", ""]
        return [visit.member.address, visit.member.phone]

    return list_sheet(
        heading=heading,
        publisher=publisher,
        on=round_.visited_on,
        foot=[round_.pot.name],
        mark=_("internal, keep confidential"),
        meta=[
            _("Visitors: %(names)s") % {"names": round_.visitors or NOBODY},
            day(round_.visited_on),
            _("unit: yuan"),
        ],
        columns=[
            column(_("No."), 2.8, "center"),
            column(pgettext("person", "Name"), 5),
            column(_("Branch or unit"), 11),
            column(pgettext("paper", "Kind"), 6),
            column(pgettext("paper", "Address")),
            column(pgettext("paper", "Phone"), 7.5),
            column(_("Amount"), 5, "end"),
            column(pgettext("paper", "Signature"), 7),
        ],
        row_inset=0.6,
        rows=[
            [
                str(number),
                visit.name,
                visit.branch.name if visit.branch else visit.unit,
                str(visit.get_category_display()),
                *reached(visit),
                yuan(visit.amount),
                "",
            ]
            for number, visit in enumerate(visits, start=1)
        ],
        total=["", _("Total"), people(len(visits)), "", "", "", yuan(total), ""],
        notes=[_("Total in capitals: %(words)s") % {"words": capitals(total)}],
        signed=signers(round_),
    )
