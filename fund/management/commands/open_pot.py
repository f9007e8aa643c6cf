"""Opens a pot with the usual accounts of its kind."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from branches.models import Branch, Organization
from config.kit.dates import day_argument
from config.kit.refusals import sentences
from fund.ledger.actions import open_pot
from fund.ledger.models import Pot


class Command(BaseCommand):
    help = "Opens a pot with the usual accounts of its kind."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True)
        parser.add_argument("--code", required=True, help="short name in addresses, letters and dashes")
        parser.add_argument("--kind", choices=Pot.Kind.values, default=Pot.Kind.MUTUAL_AID.value)
        parser.add_argument("--opened", required=True, type=day_argument, metavar="YYYY-MM-DD")
        parser.add_argument("--organization", help="its name; may be left out where there is only one")
        parser.add_argument("--branch", help="for a branch's own pot")
        parser.add_argument("--notice-prefix", default="")
        parser.add_argument("--by", help="user name written into the history")

    def handle(self, *args, **options):
        branch = self._one(Branch, options["branch"]) if options["branch"] else None
        organization = branch.organization if branch else self._one(Organization, options["organization"])
        by = get_user_model().objects.filter(username=options["by"]).first()
        if options["by"] and not by:
            raise CommandError(f"There is no user {options['by']!r}.")
        try:
            pot = open_pot(
                organization=organization,
                branch=branch,
                name=options["name"],
                kind=options["kind"],
                code=options["code"],
                opened_on=options["opened"],
                notice_prefix=options["notice_prefix"],
                by=by,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(sentences(refusal))) from None
        self.stdout.write(f"{pot.name}: {pot.accounts.count()} accounts.")

    def _one(self, model, name):
        rows = list(model.objects.filter(name=name) if name else model.objects.all()[:2])
        if len(rows) != 1:
            names = ", ".join(model.objects.values_list("name", flat=True)[:20])
            raise CommandError(f"Name one {model._meta.verbose_name}: {names or '(there is none)'}.")
        return rows[0]
