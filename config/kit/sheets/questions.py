"""A row that could mean two things: what is asked about it, which answers there are, and what each answer stores.

A reader asks with `record.ask(question)`; the row is then neither accepted nor refused. Nothing of it is stored until
every question of the row is answered.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.punctuation import labelled

LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class Answer:
    """One possible answer: a code for machines, its words, and the values by column key that it writes.

    `sets` None: the row is not stored. A value None in `sets` empties the column.
    """

    code: str
    words: str
    sets: dict | None


@dataclass(frozen=True)
class Question:
    """What is asked about one row: a code, the column in the file's own words (or ""), a sentence, the answers."""

    code: str
    column: str
    sentence: str
    answers: tuple

    def __str__(self):
        question = labelled(self.column, self.sentence) if self.column else self.sentence
        words = _(" / ").join(answer.words for answer in self.answers)
        return _("%(question)s Possible answers: %(answers)s.") % {"question": question, "answers": words}


class Asked(ValidationError):
    """Raised by a reader that understands a cell in one way of two: `value` is that way, `sentence` asks whether it is right.

    Where nobody can be asked it is a refusal with `message`.
    """

    def __init__(self, message, *, code, value, sentence, answers):
        super().__init__(message, code=code)
        self.value, self.sentence, self.answers = value, sentence, answers


def leave_out():
    return Answer(LEAVE_OUT, _("do not store this row"), None)


def as_typed(words=""):
    return Answer("as_typed", words or _("store it as it stands"), {})


def asked_rows(reading):
    """The asked rows as plain data for keeping, in the order of the reading."""
    return [
        {
            "row": record.row,
            "sheet": record.sheet,
            "name": str(record.values.get("name") or record.values.get("donor") or ""),
            "questions": [
                {
                    "code": question.code,
                    "column": question.column,
                    "sentence": question.sentence,
                    "answers": [[answer.code, answer.words, answer.sets] for answer in question.answers],
                }
                for question in record.questions
            ],
        }
        for record in reading.asked
    ]


def field_name(at, code):
    """The name under which the answer to question `code` of the asked row at place `at` is sent."""
    return f"answer-{at}-{code}"


def settle(rows, answers):
    """What the answers make of kept asked rows: `(rows to store with the values set, rows left out, rows unanswered)`.

    `answers` is `{field_name(place, question code): answer code}`; unknown answers count as none. A row is stored
    when every question of it is answered and no answer leaves it out.
    """
    stored, left, open_rows = [], [], []
    for at, row in enumerate(rows):
        chosen = [
            next(
                (
                    sets
                    for code, _words, sets in question["answers"]
                    if code == answers.get(field_name(at, question["code"]))
                ),
                "",
            )
            for question in row["questions"]
        ]
        if None in chosen:
            left.append(row)
        elif "" in chosen:
            open_rows.append(row)
        else:
            stored.append((row, {key: value for sets in chosen for key, value in sets.items()}))
    return stored, left, open_rows
