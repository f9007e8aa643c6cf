"""答复质询、处理异议: what is done with a question or an objection."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition, Workflow
from fund.disclosure.questions.models import Question
from fund.help.cases.transitions import APPROVERS, PAYER, PROPOSERS
from fund.help.records import THREE_PEOPLE

State = Question.State


def _is_objection(question):
    return question.kind == Question.Kind.OBJECTION


def _is_question(question):
    return not _is_objection(question)


def _row(name, label, explanation, right, function, target, **options):
    return Transition(
        name,
        label,
        explanation,
        f"fund.{right}_question",
        f"fund.disclosure.questions.actions.{function}",
        Question.WAITING,
        target,
        **options,
    )


def _wording(question):
    return {"public_text": question.public_text}


QUESTIONS = Workflow(
    [
        _row(
            "word",
            _("Word it for the public"),
            _("Residents read this wording beside the figure. What was said stays in the office."),
            "word",
            "word_question",
            State.OPEN,
            form="fund.disclosure.questions.forms.WordForm",
            initial=_wording,
            done=_("It stands on the questions page now."),
        ),
        _row(
            "answer",
            _("Answer it"),
            _("Question and answer are public at once and stay."),
            "answer",
            "answer_question",
            State.ANSWERED,
            form="fund.disclosure.questions.forms.AnswerForm",
            initial=_wording,
            applies=_is_question,
            done=_("Answered; residents read it at once."),
        ),
        # Nobody judges an objection to what they proposed, reviewed, approved or paid.
        _row(
            "decide",
            _("Decide on the objection"),
            _("The case goes back to the street; it approves again or rejects."),
            "decide",
            "answer_question",
            State.ANSWERED,
            form="fund.disclosure.questions.forms.DecideForm",
            initial=_wording,
            excluded=tuple(f"case__{name}" for name in (*PROPOSERS, *APPROVERS, *PAYER)),
            applies=_is_objection,
            done=_("Answered; residents read it at once."),
        ),
        _row(
            "refuse",
            _("Keep it off the page"),
            _("Only for one of the fixed reasons; number and reason stay on the page."),
            "word",
            "refuse_question",
            State.REFUSED,
            form="fund.disclosure.questions.forms.RefuseForm",
            applies=_is_question,
            done=_("It is kept off the page; its number and the reason stand there."),
        ),
    ],
    words=THREE_PEOPLE,
)
