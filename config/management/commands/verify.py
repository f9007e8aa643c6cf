"""Recompute everything that must add up, and name the first place where it does not."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from fund.ledger import triggers
from fund.verification import Difference, verify


class Command(BaseCommand):
    help = "Checks ledger, month totals, balances and statements; exits 1 and names the first difference."

    def handle(self, *args, **options):
        for name in triggers.missing(connection):
            self.stderr.write(_("Trigger %(name)s is missing; `manage.py migrate` puts it back.") % {"name": name})
        try:
            pots, entries, statements = verify(self.say)
        except Difference as difference:
            raise CommandError(str(difference)) from None
        self.stdout.write(
            _("In order: %(pots)s pots, %(entries)s entries, %(statements)s statements.")
            % {"pots": pots, "entries": entries, "statements": statements}
        )

    def say(self, pot, number, last):
        self.stderr.write(
            _("%(pot)s: %(number)s of %(last)s entries.")
            % {"pot": pot.name, "number": f"{number:,}", "last": f"{last:,}"}
        )
