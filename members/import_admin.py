"""The pages by which an office brings its member roster in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.import_admin import ROWS_SHOWN, ChangeLine, ImportPage, ImportPages, asked_lines, place_of, refused_lines
from branches.models import Branch, ImportBatch
from config.kit import clock
from config.kit.months import MonthField
from config.kit.private_forms import private_fields
from members.access.actions import log_export
from members.privacy import mask_citizen_id, mask_phone
from members.roster import imports as roster_import
from members.roster.columns import COLUMNS
from members.roster.models import DAYS_KNOWN, Member

ADDED_COLUMNS = ("sex", "birth_date", "joined_on", "full_member_on", "citizen_id", "phone")


class RosterImportPages(ImportPages):
    """What `MemberAdmin` takes on to have a roster imported."""

    import_kind = ImportBatch.Kind.ROSTER
    import_title = gettext_lazy("Import a member roster")
    import_target_label = gettext_lazy("Which branch the roster belongs to")
    import_unit = gettext_lazy("people")

    def import_targets(self, request):
        return Branch.objects.visible_to(request.user).open_on(clock.today())

    def import_preview(self, request, target, name, data):
        return roster_import.preview_roster(target, name, data, by=request.user)

    def import_confirm(self, request, batch, *, skip_refused):
        return roster_import.confirm_import(batch, request.user, skip_refused=skip_refused, answers=request.POST)

    def import_undo(self, request, batch):
        return roster_import.undo_import(batch, request.user)

    def import_downloaded(self, request, batch):
        log_export(by=request.user, what=_("refused rows of %(file)s") % {"file": batch.file_name})

    def import_page(self, batch):
        content = batch.content()
        plan = content.get("plan", [])
        added = [entry for entry in plan if entry["act"] == "add"]
        changed = [entry for entry in plan if entry["act"] == "change"]
        return ImportPage(
            added_columns=[field_label(key) for key in ADDED_COLUMNS],
            added=[
                (place_of(entry["row"], entry["sheet"]), entry["name"], [(field_label(key), shown(key, entry["fields"].get(key), entry["fields"])) for key in ADDED_COLUMNS])
                for entry in added[:ROWS_SHOWN]
            ],
            changed=[
                ChangeLine(
                    place_of(entry["row"], entry["sheet"]), entry["name"], field_label(key),
                    shown(key, old, {}), shown(key, new, {}),
                )
                for entry in changed[:ROWS_SHOWN]
                for key, (old, new) in entry["fields"].items()
            ],
            refused=refused_lines(content),
            asked=asked_lines(content),
            notes=content.get("notes", []),
            warnings=[(place_of(row, sheet), sentence) for row, sheet, sentence in content.get("warnings", [])[:ROWS_SHOWN]],
            more={
                "added": max(len(added) - ROWS_SHOWN, 0),
                "changed": max(len(changed) - ROWS_SHOWN, 0),
                "refused": max(batch.refused - ROWS_SHOWN, 0),
            },
            kept=content.get("kept", []),
        )  # fmt: skip


def field_label(key):
    column = COLUMNS.by_key.get(key)
    return str(column.label if column else Member._meta.get_field(key).verbose_name)


def shown(key, value, fields):
    """A value as the preview may show it: private fields masked, codes in words, a month without a day."""
    if value in (None, ""):
        return ""
    if key == "citizen_id":
        return mask_citizen_id(value)
    if key == "phone":
        return mask_phone(value)
    if key in private_fields(Member):
        return "****"
    field = Member._meta.get_field(key)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, MonthField) or fields.get(DAYS_KNOWN.get(key), True) is False:
        return str(value)[:7]
    return str(value)
