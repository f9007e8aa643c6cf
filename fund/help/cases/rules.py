"""Why a transition of a case is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.money import yuan


def refuse_recused(*, is_recused):
    if is_recused:
        raise ValidationError(
            _("You are registered as recused from this person's cases. Let somebody else act."), code="recused"
        )


def refuse_recused_actors(*, count):
    if count:
        raise ValidationError(
            _(
                "Somebody who acted on this case was registered as recused since. Withdraw it and have others hand it in "
                "anew."
            ),
            code="recused_hand",
        )


def refuse_own_case(*, account_name, beneficiary):
    """回避: the register may miss somebody, so the name itself is compared too."""
    own = "".join(account_name.split())
    if own and own == "".join(beneficiary.split()):
        raise ValidationError(
            _("The applicant bears your name; nobody acts on their own case. Let somebody else act."), code="own_case"
        )


def refuse_odd_votes(*, votes_for, votes_against, votes_abstained, agreed, is_needed):
    """A branch agrees by more than half of those present; without votes there was no meeting."""
    present = votes_for + votes_against + votes_abstained
    if min(votes_for, votes_against, votes_abstained) < 0 or (is_needed and not present):
        raise ValidationError(_("Enter the votes of the meeting."), code="votes")
    if present and agreed and votes_for * 2 <= present:
        raise ValidationError(
            _("%(votes_for)s of %(present)s votes are not more than half; the branch did not agree."),
            code="votes",
            params={"votes_for": votes_for, "present": present},
        )


def refuse_excluded(*, words):
    """§4.9: whoever is excluded is not helped from the fund; the case can be rejected."""
    if words:
        raise ValidationError(
            _("The check found an exclusion: %(words)s. Reject the case."),
            code="excluded",
            params={"words": "; ".join(words)},
        )


def refuse_above_standard(*, amount, highest):
    if highest is not None and amount > highest:
        raise ValidationError(
            _("One case gets %(highest)s yuan at most; %(amount)s yuan cannot be approved. Lower the amount."),
            code="above_standard",
            params={"highest": yuan(highest), "amount": yuan(amount)},
        )


def refuse_too_many_cases(*, recent, most):
    if most is not None and recent >= most:
        raise ValidationError(
            _(
                "This person was helped %(recent)s times in the last 12 months; %(most)s are allowed. If it was somebody "
                "else of this name, return to the check and write there how you know."
            ),
            code="too_many_cases",
            params={"recent": recent, "most": most},
        )


def refuse_undecided_namesake(*, sure, perhaps, most, numbers):
    """The cap on cases of one person: cases of somebody of the same name count, or somebody says that they do not."""
    if most is not None and sure < most <= sure + perhaps:
        raise ValidationError(
            _(
                "Somebody of this name was helped in the last 12 months: %(numbers)s. If it is the same person, %(most)s are "
                "allowed. Choose the person from the roster or enter the citizen ID number; if it is somebody else, return "
                "to the check and write under “another person of this name” how you know."
            ),
            code="same_name",
            params={"numbers": ", ".join(numbers), "most": most},
        )


def refuse_other_day(*, day, today):
    """公示: the working days of a notice count from the day it can be read, so it is dated neither back nor ahead."""
    if day != today:
        raise ValidationError(
            _("A notice begins on the day it is put on the board: today, %(today)s. It is not dated otherwise."),
            code="notice_day",
            params={"today": today.isoformat()},
        )


def refuse_finished_file(*, is_finished):
    """A case that is closed, rejected or withdrawn takes nothing more."""
    if is_finished:
        raise ValidationError(
            _("This case is closed, rejected or withdrawn; its file takes no more papers."), code="wrong_step"
        )


def refuse_open_objection(*, count):
    if count:
        raise ValidationError(
            _("An objection to this case is not answered yet. Answer it first."), code="open_objection"
        )


def refuse_objection_outside(*, in_notice):
    if not in_notice:
        raise ValidationError(
            _("This case stands in no notice, so nobody can object to it. Record a question instead."),
            code="wrong_step",
        )


def refuse_during_notice(*, on, notice_to):
    """公示期: what is noticed happens on a day after the last day of the notice."""
    if notice_to is None:
        raise ValidationError(_("The notice has not begun. Start it first."), code="in_notice")
    if on <= notice_to:
        raise ValidationError(
            _("The notice lasts to %(last)s, that day included. Come back after it."),
            code="in_notice",
            params={"last": notice_to.isoformat()},
        )


def refuse_without_finding(finding):
    if not str(finding).strip():
        raise ValidationError(_("Write what the recipient said."), code="reason_missing")


def refuse_incomplete(*, is_signed, is_spot_checked, has_notice):
    """归档: a file is closed when signature and spot check are in it, and the notice that an emergency put off."""
    missing = [
        word
        for word, is_there in (
            (_("the signature or transfer slip"), is_signed),
            (_("the spot check with the recipient"), is_spot_checked),
            (_("the notice"), has_notice),
        )
        if not is_there
    ]
    if missing:
        raise ValidationError(
            _("The file is not complete. Missing: %(missing)s."),
            code="incomplete",
            params={"missing": "; ".join(str(word) for word in missing)},
        )


def refuse_large_paper(*, size, largest):
    if size > largest:
        raise ValidationError(
            _("The file has %(size)s MB; %(largest)s MB are the most. Scan it with a lower resolution."),
            code="file_too_large",
            params={"size": -(-size // 1024**2), "largest": largest // 1024**2},
        )


def refuse_odd_paper(*, is_known):
    if not is_known:
        raise ValidationError(_("Choose a PDF, JPEG or PNG file."), code="file_kind")


def refuse_nobody(*, is_named):
    """A recusal is from somebody's cases."""
    if not is_named:
        raise ValidationError(_("Choose somebody of the roster, or write a name."), code="required")


def refuse_unexplained_emergency(*, is_emergency, reason):
    if is_emergency and not str(reason).strip():
        raise ValidationError(_("Write why it cannot wait."), code="reason_missing")
