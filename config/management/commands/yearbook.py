"""Writes the yearly workbook of the whole street or of one branch, or one report of it; says on stderr how far it is."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from branches.models import Branch
from config.kit.dates import FIRST_YEAR, LAST_YEAR
from config.kit.files import stopping_in_order
from config.site.yearbook import reports_for, scope_of, write_yearbook

CODES = [f"R{number}" for number in range(1, 13)]


class Command(BaseCommand):
    help = "Write the yearly workbook (R1 to R12 with cover, contents and cross-check), or one report of it."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--out", required=True, help="the .xlsx file to write")
        parser.add_argument("--branch", help="the name of one branch")
        parser.add_argument("--report", help="one report alone: R1 to R12")

    def handle(self, *, year, out, branch, report=None, **options):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(f"{year} is not a year of this programme.")
        target = Path(out)
        if target.suffix != ".xlsx":
            raise CommandError("The file's name ends in .xlsx.")
        if not target.resolve().parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        try:
            chosen = Branch.objects.get(name=branch) if branch else None
        except Branch.DoesNotExist:
            names = ", ".join(Branch.objects.values_list("name", flat=True)[:50])
            raise CommandError(f"There is no branch {branch!r}. There are: {names}") from None
        report = report.upper() if report else None
        if report and report not in CODES:
            raise CommandError(f"There is no report {report}. There are: {', '.join(CODES)}")
        if report and report not in {row.code for row in reports_for(scope_of(chosen))}:
            raise CommandError(f"{report} belongs to the whole organisation; leave --branch out.")
        on_progress = self.tell if options["verbosity"] else None
        try:
            with stopping_in_order():
                write_yearbook(year, target, branch=chosen, report=report, on_progress=on_progress)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror or error}") from None
        self.stdout.write(f"{target}")

    def tell(self, sheet, rows):
        self.stderr.write(f"{sheet}: {rows:,} rows")
