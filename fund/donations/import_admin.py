"""The pages by which the fund keeper brings a donation register in."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from branches.import_admin import ROWS_SHOWN, ImportPage, ImportPages, asked_lines, place_of, refused_lines
from branches.models import ImportBatch
from config.kit.money import yuan
from fund.donations import imports as donation_import
from fund.donations.models import Donation
from fund.donations.reading import COLUMNS
from fund.ledger.models import Pot
from members.access.actions import log_export

SHOWN = ("receipt_no", "donated_on", "source", "method", "amount", "publicity")
WORDS = {
    "source": dict(Donation.Source.choices),
    "method": dict(Donation.Method.choices),
    "publicity": dict(Donation.Publicity.choices),
}


class DonationImportPages(ImportPages):
    """What `DonationAdmin` takes on to have a register imported; undoing asks for the right to return gifts."""

    import_kind = ImportBatch.Kind.DONATIONS
    import_title = _("Import a donation register")
    import_target_label = _("Which pot the gifts belong to")
    import_unit = _("gifts")

    def import_targets(self, request):
        return Pot.objects.at_desk_of(request.user).filter(kind=Pot.Kind.MUTUAL_AID)

    def import_preview(self, request, target, name, data):
        return donation_import.preview_donations(target, name, data, by=request.user)

    def import_confirm(self, request, batch, *, skip_refused):
        return donation_import.confirm_donations(batch, request.user, skip_refused=skip_refused, answers=request.POST)

    def import_undo(self, request, batch):
        if not request.user.has_perm("fund.return_donation"):
            raise PermissionDenied
        return donation_import.undo_donations(batch, request.user)

    def import_downloaded(self, request, batch):
        log_export(by=request.user, what=_("refused rows of %(file)s") % {"file": batch.file_name})

    def import_page(self, batch):
        content = batch.content()
        added = [entry for entry in content.get("plan", []) if entry["act"] == "add"]
        return ImportPage(
            added_columns=[str(COLUMNS.by_key[key].label) for key in SHOWN],
            added=[
                (
                    place_of(entry["row"], entry["sheet"]),
                    entry["name"],
                    [(str(COLUMNS.by_key[key].label), shown(key, entry["fields"].get(key, ""))) for key in SHOWN],
                )
                for entry in added[:ROWS_SHOWN]
            ],
            refused=refused_lines(content),
            asked=asked_lines(content),
            notes=content.get("notes", []),
            warnings=[(place_of(row, sheet), line) for row, sheet, line in content.get("warnings", [])[:ROWS_SHOWN]],
            more={"added": max(len(added) - ROWS_SHOWN, 0), "refused": max(batch.refused - ROWS_SHOWN, 0)},
            kept=content.get("kept", []),
        )


def shown(key, value):
    """A value as the preview shows it: codes in words, amounts with their thousands."""
    if key == "amount":
        return yuan(value)
    return str(WORDS[key].get(value, value)) if key in WORDS else value
