"""A record's way through its states as a table: each row names everything that one transition is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from config.kit.workflow.rules import refuse_excluded_actor, refuse_wrong_step


@dataclass(frozen=True)
class Transition:
    """One thing that is done to a record by one person at one step of its way.

    `sources` are the states it starts from (none: `applies` alone decides), `target` the state it ends in (None: the same).
    `excluded` names the fields, with `__` for those of a related record, whose user may not do it. `function` is the dotted
    name of what does it, called as `function(record, by=user)` with the fields of `form` (a dotted name), or of the plain
    form that asks for the names in `asks`; a form's `day` is the function's `on`. `done` is said afterwards, or makes what
    is said of what the function returned. `leads_on` marks the transitions that a record waits for.
    """

    name: str
    label: str | Promise
    explanation: str | Promise
    permission: str
    function: str = ""
    sources: tuple[str, ...] = ()
    target: str | None = None
    excluded: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    form: str = ""
    initial: Callable[[Any], dict] = lambda record: {}
    applies: Callable[[Any], bool] = lambda record: True
    done: str | Promise | Callable[[Any], str] = ""
    leads_on: bool = True

    def fits(self, record):
        return (not self.sources or record.state in self.sources) and bool(self.applies(record))

    def excluded_actors(self, record):
        """Keys of the users who did what its doer may not have done."""
        return {reduce(getattr, name.split("__"), record) for name in self.excluded} - {None}

    def run(self, record, *, by, **data):
        """Do it with what its form has read. Raises ValidationError, as the function does."""
        if "day" in data:
            data["on"] = data.pop("day")
        return import_string(self.function)(record, by=by, **data)

    def move(self, record, *, by, **fields):
        """Store a record in the state that this transition leads to, with what it writes."""
        record._history_user = by
        for field, value in (fields | {"state": self.target or record.state}).items():
            setattr(record, field, value)
        record.save()
        return record


class Workflow:
    """The transitions of a kind of record, in the order in which they are offered; `words` tell an excluded actor why,
    where any transition excludes somebody."""

    def __init__(self, transitions, *, words=""):
        self.transitions = tuple(transitions)
        self.words = words
        self.by_name = {transition.name: transition for transition in self.transitions}

    def __iter__(self):
        return iter(self.transitions)

    def __getitem__(self, name):
        return self.by_name[name]

    def next_of(self, record):
        """The transitions that a record waits for now."""
        return [row for row in self.transitions if row.leads_on and row.fits(record)]

    def begin(self, record, name, *, by):
        """The transition of a name. Raises ValidationError: another step by now (`wrong_step`), an excluded actor
        (`excluded_actor`). `by` is None for what came from a public page."""
        transition = self.by_name[name]
        refuse_wrong_step(fits=transition.fits(record))
        refuse_excluded_actor(
            acting=by.pk if by else None, excluded=transition.excluded_actors(record), words=self.words
        )
        return transition


def waiting_for_others(transitions, user):
    """Condition of the records at the start of one of some transitions, at which this user is no excluded actor.

    The database leaves out one's own before a list is cut, so that no work behind them disappears.
    """
    condition = Q(pk__in=())
    for transition in transitions:
        own = Q()
        for name in transition.excluded:
            own |= Q(**{name: user.pk})
        condition |= Q(state__in=transition.sources) & ~own if own else Q(state__in=transition.sources)
    return condition
