"""Why a question or its answer is refused; facts come in as arguments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_misplaced_question(*, pot_id, kind, about, has_case):
    """A question is about things of its own pot; an objection is against a case."""
    if any(other != pot_id for other in about):
        raise ValidationError(
            _("This stands in another pot. Choose the pot of the statement, movement or case."), code="wrong_pot"
        )
    if kind == "objection" and not has_case:
        raise ValidationError(
            _("An objection is against a case in its notice. Choose the case, or record a question."),
            code="case_missing",
        )


def refuse_without_words(text):
    if not str(text).strip():
        raise ValidationError(_("Residents read this text; write it first."), code="words_missing")


def refuse_unshown_objection(*, is_objection):
    if is_objection:
        raise ValidationError(
            _("An objection stops a payment, so it is always answered. Write the answer instead."), code="objection"
        )


def refuse_without_outcome(outcome):
    if not outcome:
        raise ValidationError(_("Say whether the objection is upheld."), code="outcome_missing")
