"""Reads an office's donation register into a pot and books it: `import_donations FILE --pot NAME`."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from config.kit.sheets.commands import ImportCommand
from fund.donations.imports import compare_donations, confirm_donations, preview_donations
from fund.donations.reading import row_of
from fund.ledger.models import Pot


class Command(ImportCommand):
    help = "Reads a donation register (.xlsx, .xls, .csv) into a pot and books it: all rows or none, unless --skip-refused."
    target_option = "pot"
    target_help = "name of the pot"

    def target_words(self):
        return _("pot")

    def find_target(self, name):
        name = name.strip()
        return Pot.objects.filter(name=name).first() or Pot.objects.filter(code=name).first()

    def read(self, pot, name, data):
        reading, _plan, _asked = compare_donations(pot, name, data)
        return reading, [row_of(record) for record in reading.accepted], (name, data)

    def store(self, pot, prepared, *, by, skip_refused):
        by = by or command_account()
        name, data = prepared
        batch = confirm_donations(preview_donations(pot, name, data, by=by), by, skip_refused=skip_refused)
        return _("Booked: %(added)s gifts; %(same)s were booked already.") % {"added": batch.added, "same": batch.same}


def command_account():
    """Every entry names who recorded it; without --by that is an account nobody can sign in with."""
    account, _created = get_user_model().objects.get_or_create(
        username="import-donations", defaults={"is_active": False, "password": "!"}
    )
    return account
