"""A published statement as data: the frozen document, the names beside it, its rows for a spreadsheet."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from config.kit.money import from_fen
from fund.disclosure.statements.document import canonical_json
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import SIDES
from fund.ledger.wording import account_label


@dataclass(frozen=True)
class DataRow:
    """One movement for a spreadsheet: amount in yuan, persons as person-times, names as residents read them."""

    number: int
    date: str
    side: str
    kind: str
    summary: str
    names: str
    persons: int
    amount: Decimal


def published(number):
    """The published statement of an address with its names, or None."""
    return Statement.objects.published().prefetch_related("names").filter(number=number).first()


def data_of(statement):
    """What `data.json` holds: enough to check everything offline against the code on the paper.

    `line_digests` only locate a change; what proves a file unchanged is the code.
    """
    document = json.loads(statement.document)
    return {
        "format": "yure-download-1",
        "document": document,
        "line_digests": [hashlib.sha256(canonical_json(line).encode()).hexdigest() for line in document["lines"]],
        "digest": statement.digest,
        "short_code": statement.short_code,
        "names": [
            {
                "line": name.line,
                "position": name.position,
                "masked": name.masked,
                "masked_salt": name.masked_salt,
                "full": name.name,
                "full_salt": name.name_salt,
            }
            for name in statement.names.all()
        ],
    }


def rows_of(statement):
    """The movements of a statement, in its order."""
    shown: dict[int, list] = {}
    for name in statement.names.all():
        shown.setdefault(name.line, []).append(name.shown)
    return [
        DataRow(
            number=line["no"],
            date=line["date"],
            side=str(SIDES[line["side"]]),
            kind=account_label(line["account"]),
            summary=line["summary"],
            names=_(", ").join(shown.get(line["no"], [])),
            persons=line["persons"],
            amount=from_fen(line["fen"]),
        )
        for line in json.loads(statement.document)["lines"]
    ]


def dictionary():
    """`(field of DataRow, heading, meaning)` of each column: the data dictionary beside the rows."""
    return [
        ("number", _("entry number"), _("number of the movement in the book of its pot, without a gap")),
        ("date", _("date"), _("day it was booked, year-month-day")),
        ("side", _("income or spending"), _("on which side of the account it stands")),
        ("kind", _("kind"), _("the source of the money, or its use")),
        ("summary", _("summary"), _("what it was, without names")),
        ("names", _("name as shown"), _("part of the name, the full name by its owner's wish, or a well-wisher")),
        ("persons", _("person-times"), _("givers or people helped; a red line takes them back")),
        ("amount", _("amount (yuan)"), _("two decimals; negative on a red line, which takes an earlier one back")),
    ]
