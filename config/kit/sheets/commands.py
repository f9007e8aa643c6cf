"""What the import commands share: arguments, words or JSON on stdout, exit codes.

0 nothing was refused or asked, 1 rows were, 2 there was no such target or file, or the file as a whole cannot be read.
"""

import json
import sys
from abc import ABC, abstractmethod
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.sheets.size import LARGEST_FILE
from config.kit.sheets.tables import row_text


class ImportCommand(BaseCommand, ABC):
    """A subclass names its target option and says how to find it, read the file and store what was read."""

    target_option = ""
    target_help = ""

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="the office's workbook as it is: .xlsx, .xls or .csv")
        parser.add_argument(f"--{self.target_option}", required=True, metavar="NAME", help=self.target_help)
        parser.add_argument("--dry-run", action="store_true", help="read and report, store nothing")
        parser.add_argument(
            "--skip-refused",
            action="store_true",
            help="store the accepted rows though others are refused or asked; those are not stored",
        )
        parser.add_argument("--by", metavar="USER", help="user name written into the records as the one who imported")
        parser.add_argument("--json", action="store_true", help="report as JSON: accepted, asked and refused rows")

    @abstractmethod
    def find_target(self, name):
        """The place that an option names, or None."""

    @abstractmethod
    def read(self, target, name, data):
        """`(reading, rows as plain words, what to store)`."""

    @abstractmethod
    def store(self, target, prepared, *, by, skip_refused):
        """Store and say in a sentence what was stored."""

    def handle(self, *args, **options):
        target = self.find_target(options[self.target_option])
        if target is None:
            raise CommandError(
                _("There is no %(what)s named “%(name)s”.")
                % {"what": self.target_words(), "name": options[self.target_option]},
                returncode=2,
            )
        by = get_user_model().objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(_("There is no user named “%(name)s”.") % {"name": options["by"]}, returncode=2)
        path = Path(options["file"])
        data = bytes_of(path)
        try:
            reading, rows, prepared = self.read(target, path.name, data)
            stored = ""
            if not options["dry_run"] and (not (reading.refused or reading.asked) or options["skip_refused"]):
                stored = self.store(target, prepared, by=by, skip_refused=options["skip_refused"])
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0], returncode=2) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(as_json(reading, rows), ensure_ascii=False))
            for note in reading.notes:
                self.stderr.write(_("Note: %(note)s") % {"note": note})
        else:
            self.report(reading, rows, stored, options)
        if reading.refused or reading.asked:
            sys.exit(1)

    def report(self, reading, rows, stored, options):
        for note in reading.notes:
            self.stdout.write(_("Note: %(note)s") % {"note": note})
        for record in reading.accepted:
            for warning in record.warnings:
                self.stdout.write(
                    _("Check %(place)s: %(warning)s")
                    % {"place": row_text(record.row, record.sheet), "warning": warning}
                )
        for record in reading.accepted:
            self.stdout.write(_("Accepted: %(place)s") % {"place": self.accepted_line(record)})
        for record in reading.refused:
            for reason in record.reasons:
                self.stdout.write(
                    _("Refused: %(place)s, %(reason)s")
                    % {"place": row_text(record.row, record.sheet), "reason": reason}
                )
        for record in reading.asked:
            for question in record.questions:
                self.stdout.write(
                    _("Asked: %(place)s, %(question)s")
                    % {"place": row_text(record.row, record.sheet), "question": question}
                )
        self.stdout.write(
            _("Accepted %(accepted)s rows, refused %(refused)s rows.")
            % {"accepted": len(reading.accepted), "refused": len(reading.refused)}
        )
        if reading.asked:
            self.stdout.write(
                ngettext(
                    "%(count)s row could mean two things and is not stored. Answer in the office's import page, or write it in the workbook.",
                    "%(count)s rows could mean two things and are not stored. Answer in the office's import page, or write it in the workbook.",
                    len(reading.asked),
                )
                % {"count": len(reading.asked)}
            )
        if stored:
            self.stdout.write(stored)
        elif options["dry_run"]:
            self.stdout.write(_("A trial run: nothing was stored."))
        else:
            self.stdout.write(
                _("Nothing was stored. Mend the refused rows, or run again with --skip-refused to store the others.")
            )

    def accepted_line(self, record):
        return f"{row_text(record.row, record.sheet)} {record.values.get('name') or record.values.get('donor') or ''}"


def bytes_of(path):
    """What stands in a file, one byte past the limit at the most; CommandError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        why = _("there is no such file")
    except IsADirectoryError:
        why = _("it is a folder")
    except PermissionError:
        why = _("this account may not open it")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
    raise CommandError(_("The file %(file)s cannot be read: %(why)s.") % {"file": path, "why": why}, returncode=2)


def as_json(reading, rows):
    refused = []
    for record in reading.refused:
        line = {"row": record.row}
        if record.sheet:
            line["sheet"] = record.sheet
        line["reasons"] = [str(reason) for reason in record.reasons]
        line["codes"] = [reason.code for reason in record.reasons]
        refused.append(line)
    warned = [
        row | ({"warnings": record.warnings} if record.warnings else {})
        for row, record in zip(rows, reading.accepted, strict=True)
    ]
    asked = []
    for record in reading.asked:
        line = {"row": record.row}
        if record.sheet:
            line["sheet"] = record.sheet
        asked.append(line | {"questions": [str(question) for question in record.questions]})
    return {"accepted": warned, "asked": asked, "refused": refused}
