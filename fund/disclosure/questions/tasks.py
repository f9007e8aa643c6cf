"""What waits for a user among questions and objections."""

from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.tasks import AT_MOST, Task
from fund.disclosure.questions.models import Question


def questions_to_answer(user, today):
    """Questions and objections without an answer, by their due day, for whoever may answer them."""
    kinds = [
        kind
        for kind, right in (("question", "fund.answer_question"), ("objection", "fund.decide_question"))
        if user.has_perm(right)
    ]
    rows = Question.objects.visible_to(user).waiting().filter(kind__in=kinds).order_by("due_on", "id")[:AT_MOST]
    return [
        Task(
            due=row.due_on,
            title=_("%(kind)s %(number)s") % {"kind": row.get_kind_display(), "number": row.office_number},
            sentence=str(row.get_state_display()),
            address=reverse("admin:fund_question_change", args=[row.pk]),
            button=_("Answer it"),
            today=today,
        )
        for row in rows
    ]
