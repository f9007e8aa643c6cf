"""Puts the announced holidays and exchange days of some years into the table that working days are counted by."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from branches.calendar import seed_holidays
from config.kit.refusals import sentences


class Command(BaseCommand):
    help = "Put announced holidays into the database."

    def add_arguments(self, parser):
        parser.add_argument("years", nargs="+", type=int)

    def handle(self, *, years, **options):
        try:
            added = seed_holidays(years)
        except ValidationError as refusal:
            raise CommandError(" ".join(sentences(refusal))) from refusal
        self.stdout.write(f"{added} days added.")
