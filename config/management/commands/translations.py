"""The words people read: `update` the catalogue, `check` that none is missing, `compile` it for the server."""

from django.core.management.base import BaseCommand, CommandError

from config import translation


class Command(BaseCommand):
    help = "Update, check or compile the Chinese catalogue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["update", "check", "compile"])

    def handle(self, *, act, **options):
        if act == "compile":  # which the start of this process did
            return
        problems = translation.update() if act == "update" else translation.missing()
        for message, problem in problems:
            self.stdout.write(f"{problem}: {message!r}")
        if problems and act == "check":
            raise CommandError(f"{len(problems)} strings are not translated.")
