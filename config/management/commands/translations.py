"""The words people read: `update` the catalogues, `check` that none is missing, `compile` them for the server."""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Update, check or compile the Chinese catalogues."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["update", "check", "compile"])
        parser.add_argument("owners", nargs="*", help="apps (all of them by default)")

    def handle(self, *, act, owners, **options):
        from config import translation

        if act == "compile":  # which the start of this process did
            return
        look = translation.update if act == "update" else translation.missing
        found = [(owner, *problem) for owner in owners or translation.OWNERS for problem in look(owner)]
        for owner, message, problem in found:
            self.stdout.write(f"{owner}: {problem}: {message!r}")
        if found and act == "check":
            raise CommandError(f"{len(found)} strings are not translated.")
