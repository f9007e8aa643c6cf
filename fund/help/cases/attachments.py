"""The papers of a case: kept with it, shown to whoever may see it in full, every look written down."""

from django.core.files.base import ContentFile
from django.db import transaction

from config.kit import clock
from fund.help.cases.actions import refuse_recused_user
from fund.help.cases.models import LAST_STATES, CasePaper
from fund.help.cases.rules import refuse_finished_file, refuse_large_paper, refuse_odd_paper
from fund.ledger.actions import lock_and_refresh
from members.models import AccessLog

LARGEST_PAPER = 10 * 1024 * 1024  # bytes
# How a file of each kind begins.
SIGNS = {
    CasePaper.Kind.PDF: (b"%PDF-",),
    CasePaper.Kind.JPEG: (b"\xff\xd8\xff",),
    CasePaper.Kind.PNG: (b"\x89PNG\r\n\x1a\n",),
}


def kind_of_paper(head):
    """The kind of a file by its first bytes, or None for one that is not taken."""
    return next((kind for kind, signs in SIGNS.items() if head.startswith(signs)), None)


@transaction.atomic
def attach_paper(case, *, by, file, title):
    """Keep a paper with a case: PDF, JPEG or PNG, 10 MB at most, under a name that says nothing.

    Codes: `file_too_large`, `file_kind`, `wrong_step` once the case is closed, rejected or withdrawn.
    """
    lock_and_refresh(case)
    refuse_finished_file(is_finished=case.state in LAST_STATES)
    refuse_recused_user(case, by=by)
    refuse_large_paper(size=file.size, largest=LARGEST_PAPER)
    content = file.read(LARGEST_PAPER + 1)
    kind = kind_of_paper(content[:16])
    refuse_odd_paper(is_known=kind is not None)
    paper = CasePaper(
        case=case,
        title=title,
        kind=kind,
        size=len(content),
        original_name=str(file.name),
        added_by=by,
        added_at=clock.now(),
    )
    paper.file.save("paper", ContentFile(content), save=False)
    paper.save()
    return paper


def log_full_view(case, *, by, reason, what=""):
    """Somebody reads the difficulty behind a case in full: who, when and why is written down."""
    number = case.case_no or str(case.pk)
    AccessLog.objects.create(
        user=by,
        act=AccessLog.Act.VIEW,
        member=case.beneficiary_member,
        what=f"{number} {what}".strip(),
        reason=reason,
    )
