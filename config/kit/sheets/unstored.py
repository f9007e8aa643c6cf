"""What was read and not stored, as a batch keeps it and as its notes say it."""

from django.utils.translation import gettext as _

from config.kit.sheets.tables import row_text


def refused_rows(reading):
    """The refused rows as plain data for keeping: header, cells as sent, reasons; `None` in `kind` marks nothing."""
    return {
        "headers": {str(place): label for place, label in reading.headers.items()},
        "rows": [
            {
                "row": record.row,
                "sheet": record.sheet,
                "name": str(record.values.get("name") or record.values.get("donor") or ""),
                "cells": record.raw,
                "reasons": [[reason.column, reason.sentence, reason.code] for reason in record.reasons],
            }
            for record in reading.refused
        ],
    }


def unstored_notes(left, unanswered):
    """Sentences for the asked rows of which nothing was stored."""
    sentences = (
        (left, _("Not stored, as answered: %(rows)s.")),
        (unanswered, _("Not stored, because a question about the row was not answered: %(rows)s.")),
    )
    return [
        sentence % {"rows": _(", ").join(f"{row_text(row['row'], row['sheet'])} {row['name']}".strip() for row in rows)}
        for rows, sentence in sentences
        if rows
    ]


def plain(cell):
    """[kind, value, format] of a cell with nothing JSON cannot hold."""
    kind, value, shape = cell
    return [
        kind,
        value
        if isinstance(value, str | int | float | bool)
        else value.isoformat()
        if hasattr(value, "isoformat")
        else str(value),
        shape,
    ]
