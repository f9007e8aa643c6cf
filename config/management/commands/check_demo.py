"""Counts every figure of the demo community again and names the first that differs."""

from django.core.management.base import BaseCommand, CommandError

from config.site.demo.checking import CHECKS, first_difference


class Command(BaseCommand):
    help = "Recompute every figure of the demo community."

    def handle(self, **options):
        difference = first_difference()
        if difference:
            check, number = difference
            raise CommandError(f"{check.what}: wanted {check.wanted}, found {number}.")
        self.stdout.write(f"All {len(CHECKS)} figures of the demo are right.")
        named = [(check.what, check.people._meta.verbose_name_plural) for check in CHECKS if check.people]
        self.stdout.write(f"{len(named)} of them are counted from rows of people:")
        for what, people in named:
            self.stdout.write(f"  {what}: {people}")
