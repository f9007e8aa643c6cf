"""How a pair ends, and goes on."""

from django.db import transaction

from activities.mentoring.rules import refuse_wrong_end
from activities.mentoring.transitions import PAIRS
from config.kit import clock
from config.kit.workflow.locks import locked


@transaction.atomic
def end_pair(pair, *, by, on, result=""):
    """End a pair on a day, with what came of it. ValidationError: `wrong_step`, `end_ahead`, `end_before_start`."""
    pair = locked(pair)
    PAIRS.begin(pair, "end", by=by)
    refuse_wrong_end(on=on, first=pair.starts_on, today=clock.today())
    pair.ends_on, pair.result, pair._history_user = on, result, by
    pair.save()
    return pair


@transaction.atomic
def resume_pair(pair, *, by):
    """Take up an ended pair again. ValidationError: `wrong_step`."""
    pair = locked(pair)
    PAIRS.begin(pair, "resume", by=by)
    pair.ends_on, pair.result, pair._history_user = None, "", by
    pair.save()
    return pair
