"""What a user of the fund has acted on and others must go on with: shown on the today page until it is done."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import ForeignKey, Q
from django.urls import reverse
from django.utils.text import capfirst

from config.kit.tasks import AT_MOST
from config.kit.workflow.waiting import holders_of, next_words
from fund.disclosure.questions.models import Question
from fund.disclosure.questions.transitions import QUESTIONS
from fund.disclosure.statements.models import Statement
from fund.disclosure.statements.transitions import STATEMENTS
from fund.help.allowances.models import AllowanceRun
from fund.help.allowances.transitions import ALLOWANCES
from fund.help.cases.models import AssistanceCase
from fund.help.cases.transitions import CASES
from fund.help.visits.models import CondolenceRound
from fund.help.visits.transitions import ROUNDS

WAYS = [
    (AssistanceCase, CASES), (Statement, STATEMENTS), (CondolenceRound, ROUNDS), (AllowanceRun, ALLOWANCES),
    (Question, QUESTIONS),
]  # fmt: skip


@dataclass(frozen=True)
class HandedOn:
    """A record that others must go on with: what it is, where it stands, what it waits for and who may do that."""

    title: str
    state: str
    waits_for: str
    address: str


def handed_on(user):
    """Records this user acted on that now wait for somebody else, newest first; a query a kind in sight, and one more."""
    waiting = [
        (record, way)
        for model, way in WAYS
        if user.has_perm(_right_to_view(model))
        for record in _of_kind(model, way, user)
    ]
    holders = holders_of([row.permission for _model, way in WAYS for row in way]) if waiting else {}
    return [_line(record, way, holders) for record, way in waiting]


def _right_to_view(model):
    return f"{model._meta.app_label}.view_{model._meta.model_name}"


def _of_kind(model, way, user):
    states = {state for row in way if row.leads_on for state in row.sources}
    own = Q()
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and field.remote_field.model._meta.label == settings.AUTH_USER_MODEL:
            own |= Q(**{field.name: user})
    for record in model.objects.visible_to(user).filter(own, state__in=states).order_by("-pk")[:AT_MOST]:
        if not any(_may(user, row, record) for row in way.next_of(record)):
            yield record


def _line(record, way, holders):
    meta = record._meta
    return HandedOn(
        title=f"{capfirst(meta.verbose_name)} {record}",
        state=record.get_state_display(),
        waits_for=next_words(way, record, holders),
        address=reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]),
    )


def _may(user, row, record):
    return user.has_perm(row.permission) and user.pk not in row.excluded_actors(record)
