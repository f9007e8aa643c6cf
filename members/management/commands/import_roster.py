"""Reads an office's member roster into a branch: `import_roster FILE --branch NAME`."""

from django.utils.translation import gettext as _

from branches.models import Branch
from config.kit import clock
from config.kit.sheets.commands import ImportCommand
from members.roster.imports import compare_roster, confirm_import, preview_roster
from members.roster.reading import row_of


class Command(ImportCommand):
    help = "Reads a member roster (.xlsx, .xls, .csv) into a branch: all rows or none, unless --skip-refused."
    target_option = "branch"
    target_help = "name of the Party branch"

    def target_words(self):
        return _("Party branch")

    def find_target(self, name):
        return Branch.objects.filter(name=name.strip()).first()

    def read(self, branch, name, data):
        reading, _plan, _asked = compare_roster(branch, name, data, today=clock.today())
        return reading, [row_of(record, reading.keys) for record in reading.accepted], (name, data)

    def store(self, branch, prepared, *, by, skip_refused):
        name, data = prepared
        batch = confirm_import(preview_roster(branch, name, data, by=by), by, skip_refused=skip_refused)
        return _("Stored: %(added)s added, %(changed)s changed, %(same)s the same.") % {
            "added": batch.added,
            "changed": batch.changed,
            "same": batch.same,
        }
