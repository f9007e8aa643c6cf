"""The sheet on which secretaries sign for their allowance."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.money import ZERO, yuan
from config.kit.paper.sheet import column, list_sheet
from fund.ledger.papers import capitals, signers
from fund.ledger.wording import people


def allowance_sheet(run, *, publisher=""):
    """津贴发放签领表: who gets how much for a month, with a place for each to sign."""
    publisher = publisher or run.pot.organization.seal_name
    lines = list(run.lines.select_related("branch").order_by("id"))
    total = sum((line.amount for line in lines), ZERO)
    heading = _("Secretary allowance, %(month)s: to sign for") % {"month": date_format(run.month, "YEAR_MONTH_FORMAT")}
    return list_sheet(
        heading=heading,
        publisher=publisher,
        on=run.paid_on or run.month,
        foot=[run.pot.name],
        meta=[run.pot.name, str(run.get_method_display()), _("unit: yuan")],
        columns=[
            column(_("No."), 2.8, "center"),
            column(pgettext("person", "Name"), 6),
            column(_("Party branch")),
            column(pgettext("paper", "Post"), 7),
            column(_("Amount"), 6, "end"),
            column(pgettext("paper", "Signature"), 9),
            column(pgettext("paper", "Day"), 7),
        ],
        row_inset=0.75,
        rows=[
            [str(number), line.name, line.branch.name if line.branch else "", line.post, yuan(line.amount), "", ""]
            for number, line in enumerate(lines, start=1)
        ],
        total=["", _("Total"), people(len(lines)), "", yuan(total), "", ""],
        notes=[_("Total in capitals: %(words)s") % {"words": capitals(total)}],
        signed=signers(run),
    )
