"""What in a donation register says that a gift was none in the end, and what is then asked.

A row says so by a column (作废, 已退款), a comment, its section or sheet, by being struck out, or by a later row that takes
the same gift back. What is denied (未退款) says nothing.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.money import yuan
from config.kit.sheets.beside import (
    ask_about_lines,
    is_struck_out,
    said_above,
    said_in_comments,
    tell_what_stands_beside,
)
from config.kit.sheets.cells import DATE, TEXT
from config.kit.sheets.questions import Answer, Question, leave_out
from config.kit.sheets.tables import row_text
from config.kit.sheets.values import NO, is_nothing
from config.kit.text_cleaning import squeezed
from fund.ledger.movements import WAITING

TAKEN_BACK = "taken_back"
_TAKEN_BACK = re.compile(
    r"作废|无效|(?<!离)退[回还款捐票汇]|(?<!离)已退(?![休伍役出居])|原路(?:返|退)|(?:返还|归还|退给|还给)(?:本人|捐款人|捐赠人|其|个人)|[已又再]转回"
    r"|红冲|冲红|红字|冲销|冲正|撤[销回]|抹账|取消|未到账|未收到|未缴|未交|误[收记录登]|错[收记录登]|重复[登记录收]?|重[记录登]|(?<![众许很])多[记录登]"
)
_NOT = re.compile(r"(?:未|没|没有|不|无|非|是否)$")
# Columns that are filled only for gifts that were none.
_LABEL = re.compile(r"作废|退[回还款捐]|冲销|撤销")
_READ = ("state", "remark", "donor", "purpose", "goods", "handler", "receipt_no")


def taken_back_in(text):
    """The words by which a text says that a gift was void or given back, or an empty text."""
    text = squeezed(text)
    for found in _TAKEN_BACK.finditer(text):
        if not _NOT.search(text[: found.start()]):
            return found[0]
    return ""


def says_it(said):
    """Whether a column such as 是否作废 or 退款金额 is filled with more than a no or a nought."""
    return squeezed(said).lower() not in NO and not re.fullmatch(r"0+(?:\.0+)?", squeezed(said))


def ask_about_taking_back(record):
    """Ask about a row that says by anything about it that its gift was void or given back; whether it did."""
    for key, column, said in _signs(record):
        is_dated = "donated_on" in record.values or any(reason.code == "day_missing" for reason in record.reasons)
        if "amount" not in record.values or not is_dated:
            # A void receipt without a gift: there is nothing to ask.
            record.reasons.clear()
            record.refuse(key, ValidationError(_void_words(said), code=TAKEN_BACK))
        else:
            _ask(record, column, _words(said))
        return True
    tell_what_stands_beside(record)
    return False


def _ask(record, column, sentence):
    book = Answer("a_gift", _("it is a gift after all, book it"), {})
    record.ask(Question(TAKEN_BACK, column, sentence, (leave_out(), book)))


def _void_words(said):
    return _("“%(words)s” says that the receipt is void, and no gift stands beside it. Take the row out.") % {
        "words": said[:60]
    }


def _words(said):
    if said:
        return _("“%(words)s”: the gift may be void, given back or never have arrived. Is it to be booked?") % {
            "words": said[:60]
        }
    return _("the row is struck out. Is the gift to be booked?")


def _signs(record):
    """`(key, column, what is said)` of everything about a row that says its gift was none, surest first; "" for a line through it."""
    around = record.around
    for key in _READ:
        said = record.values.get(key, "")
        is_state = key == "state" and (WAITING.search(said) or (_LABEL.search(record.labels[key]) and says_it(said)))
        if said and (is_state or taken_back_in(said)):
            yield key, record.labels[key], said
    yield from _signs_of_other_columns(record)
    for column, text in said_in_comments(around):
        if taken_back_in(text):
            yield "donor", column, text
    if is_struck_out(around, "donor") or is_struck_out(around, "amount"):
        yield "donor", record.labels["donor"], ""
    for _kind, column, text in said_above(around):
        if taken_back_in(text):
            yield "donor", column, squeezed(text)


def _signs_of_other_columns(record):
    """What stands in columns nobody asked for: 退款日期, 说明二."""
    around = record.around
    for place, cell in sorted(around.cells.items()):
        if around.keys.get(place) is not None or is_nothing(cell):
            continue
        label = squeezed(around.labels.get(place, ""))
        if _LABEL.search(label) and says_it(cell.shown):
            said = cell.shown if cell.kind == DATE else squeezed(cell.shown)
            yield "donor", label, f"{label} {said}"
        elif (cell.kind == TEXT and "状态" in label and WAITING.search(squeezed(cell.value))) or (
            cell.kind == TEXT and taken_back_in(cell.value)
        ):
            yield "donor", label, squeezed(cell.value)


def ask_about_direction(record, keys):
    """In a list of a payment app, money that went out is no gift, and of a row that says neither (/) it is asked."""
    direction = record.values.pop("direction", None)
    if "direction" not in keys or direction == "in" or any(reason.key == "direction" for reason in record.reasons):
        return
    if direction == "out":
        sentence = _("the money went out, so this is no gift. Take the row out.")
        record.refuse("direction", ValidationError(sentence, code="went_out"))
        return
    _ask(record, record.labels["direction"], _("the row says neither 收 nor 支. Is it a gift?"))


def ask_about_lines_between(reading):
    ask_about_lines(
        reading,
        find=taken_back_in,
        ask=lambda record, text, _found: _ask(record, record.labels["donor"], _words(text)),
    )


def ask_about_counter_entries(reading):
    """Ask about gifts that a row below zero takes back; that row itself is refused, as no gift is below zero.

    Where none is of just that amount, a part of a larger one was given back.
    """
    taken: dict = {}
    for record in reading.refused:
        amount = record.values.get("amount", 0)
        if amount < 0:
            taken.setdefault(record.values.get("donor"), {}).setdefault(-amount, record)
    gifts: dict = {}
    for record in reading.accepted:
        if record.values["donor"] in taken:
            gifts.setdefault(record.values["donor"], []).append(record)
    asked = []
    for donor, of_donor in gifts.items():
        minus = taken[donor]
        parts = minus.keys() - {record.values["amount"] for record in of_donor}
        for record in of_donor:
            amount = record.values["amount"]
            back = amount if amount in minus else min(parts, default=amount)
            if back < amount or amount in minus:
                _ask(record, record.labels["amount"], _back_words(minus[back], back))
                asked.append(record)
    reading.ask_instead(asked)


def _back_words(minus, amount):
    return _("%(place)s takes %(amount)s yuan of this donor back. Is the gift to be booked?") % {
        "place": row_text(minus.row, minus.sheet),
        "amount": yuan(amount),
    }


def settle_booked(record, *, number):
    """A gift that is booked already is not asked about as if it were new: giving it back is an act on its own page.

    What its amount is, the books say.
    """
    kept = []
    for question in record.questions:
        if question.code == TAKEN_BACK:
            sentence = _(
                "%(question)s It is booked already (receipt %(number)s). If it was given back, open the gift and record the return there."
            ) % {"question": question.sentence, "number": number or "—"}
            known = Answer("known", _("seen, nothing to store"), None)
            kept.append(Question(question.code, question.column, sentence, (known,)))
    record.questions[:] = kept
