"""Why a step of an import is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_not_waiting(*, is_waiting, state):
    """Only an upload that waits for confirmation is confirmed or discarded; `state` is the word for where it stands."""
    if not is_waiting:
        raise ValidationError(
            _("This import is %(state)s; nothing was stored. Upload the workbook again."),
            code="not_waiting",
            params={"state": state},
        )


def refuse_refused_rows(*, count, skip):
    """Rows that cannot be stored hold up the others, unless somebody chose to leave them out."""
    if count and not skip:
        raise ValidationError(
            _("%(count)s rows are refused. Mend them and upload again, or choose to leave them out."),
            code="refused_rows",
            params={"count": count},
        )


def refuse_asked_rows(*, count, skip):
    """Where nobody can be asked, rows that could mean two things hold up the others like refused ones."""
    if count and not skip:
        raise ValidationError(
            _("%(count)s rows could mean two things. Answer them in the office's import page, or leave them out."),
            code="asked_rows",
            params={"count": count},
        )


def refuse_unconfirmed(*, is_confirmed):
    """Only what was stored can be taken back."""
    if not is_confirmed:
        raise ValidationError(_("This import was not confirmed, so there is nothing to undo."), code="not_confirmed")
