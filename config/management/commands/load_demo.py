"""Loads the fictitious demo community into an empty database."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.kit.refusals import sentences
from config.site.demo.accounts import DEMO_PASSWORD
from config.site.demo.loading import load_demo


class Command(BaseCommand):
    help = "Load the demo community into an empty database."

    def add_arguments(self, parser):
        parser.add_argument("--password", default=DEMO_PASSWORD, help="of all demo accounts; needed on a public name")

    def handle(self, *, password, **options):
        try:
            load_demo(password)
        except ValidationError as refusal:
            raise CommandError(" ".join(sentences(refusal))) from refusal
        self.stdout.write(_("The demo community is loaded."))
