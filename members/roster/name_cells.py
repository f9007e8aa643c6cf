"""What a name cell of a roster says beside the name: marks, forms of address, brackets, two names, numbers."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.person.names import parted, refuse_no_one_name, without_marks
from config.kit.sheets.questions import Answer, Question, leave_out
from config.kit.text_cleaning import clean, squeezed
from members.roster.codes import MemberKind
from members.roster.columns import COLUMNS
from members.roster.departures import gone_in

_DASH = re.compile(r"(?<=[\u3400-\u9fff])\s*[-－—–‐﹣]+\s*(?=[\u3400-\u9fff])")
_BRACKETS = re.compile(r"^(.+?)[（(【\[]([^）)】\]]*)[）)】\]]?$")
_PROBATIONARY = re.compile(r"预备")
_FULL = re.compile(r"正式")
# A column is called so, and people may be.
_ALSO_NAMES = {"文化"}


def read_name(record):
    """Put the bare name into the record; refuse what is no name, ask where the cell could mean two things."""
    typed = record.values.get("name", "")
    name = without_marks(typed)
    if not name or record.around.is_own:
        return
    try:
        _refuse_no_name(name)
    except ValidationError as refusal:
        record.refuse("name", refusal)
        return
    record.values["name"] = name
    halves = parted(without_marks(_as_sent(record)))
    if halves:
        dotted = "·".join(halves)
        _ask(
            record,
            _("is “%(name)s” one person?"),
            " ".join(halves),
            Answer("one", name, {}),
            Answer("dot", dotted, {"name": dotted}),
        )
    elif _DASH.search(name):
        record.values["name"] = dotted = _DASH.sub("·", name)
        _ask(
            record,
            _("is the dash in “%(name)s” a middle dot?"),
            typed,
            Answer("dot", dotted, {}),
            Answer("as_typed", name, {"name": name}),
        )
    elif brackets := _BRACKETS.match(name):
        _read_brackets(record, typed, brackets)


def _refuse_no_name(name):
    if COLUMNS.whole(name) and squeezed(name) not in _ALSO_NAMES:
        raise ValidationError(
            _("“%(name)s” is no name. This looks like a form of one person; write one person a row under a header."),
            code="form_of_one",
            params={"name": name},
        )
    refuse_no_one_name(name)


def _read_brackets(record, typed, brackets):
    """（预备） asks for the kind of member; （正式） and what says of a departure go; others tell two of a name apart."""
    bare = without_marks(brackets[1])
    if _PROBATIONARY.search(brackets[2]):
        record.values["name"] = bare
        probationary = {
            "member_kind": MemberKind.PROBATIONARY.value,
            "full_member_on": None,
            "full_member_day_known": None,
        }
        _ask(
            record,
            _("“%(name)s”: what kind of member is this?"),
            typed,
            Answer("probationary", _("probationary member"), probationary),
            Answer("full", _("full member"), {"member_kind": MemberKind.FULL.value}),
        )
    elif _FULL.search(brackets[2]) or gone_in(brackets[2]):
        record.values["name"] = bare


def _as_sent(record):
    """The name cell as it was sent: a space or a line break in it may part two people."""
    places = [place for place, key in record.around.keys.items() if key == "name" and place in record.around.cells]
    return clean(str(record.around.cells[places[0]].value)) if places else ""


def _ask(record, sentence, typed, *answers):
    record.ask(Question("name", record.labels.get("name", ""), sentence % {"name": typed}, (*answers, leave_out())))
