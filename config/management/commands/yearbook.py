"""Writes the yearly workbook of the whole street or of one branch."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from branches.models import Branch


class Command(BaseCommand):
    help = "Write the yearly workbook (R1, R5, R12)."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--out", required=True, help="the .xlsx file to write")
        parser.add_argument("--branch", help="the name of one branch")

    def handle(self, *, year, out, branch, **options):
        from config.site.yearbook import write_yearbook

        if not 1949 <= year <= 2999:
            raise CommandError(f"{year} is not a year of this programme.")
        target = Path(out)
        if target.suffix != ".xlsx":
            raise CommandError("The file's name ends in .xlsx.")
        if not target.resolve().parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        try:
            found = Branch.objects.get(name=branch) if branch else None
        except Branch.DoesNotExist:
            names = ", ".join(Branch.objects.values_list("name", flat=True))
            raise CommandError(f"There is no branch {branch!r}. There are: {names}") from None
        write_yearbook(year, target, branch=found)
        self.stdout.write(f"{target}")
