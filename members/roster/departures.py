"""What in a roster says that somebody is no longer a member of the branch, and what is then asked.

A row says so by its section or sheet (已故党员, 转出党员), a status column, a remark, a comment, brackets behind the name
or by being struck out. What is said of a relative (老伴去世) says nothing about the member.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.sheets.beside import (
    ask_about_lines,
    is_struck_out,
    said_above,
    said_in_comments,
    tell_what_stands_beside,
)
from config.kit.sheets.cells import DATE, TEXT
from config.kit.sheets.days import as_day
from config.kit.sheets.questions import Answer, Question, leave_out
from config.kit.sheets.values import is_nothing
from config.kit.text_cleaning import squeezed
from members.roster.codes import KIN_WORDS, ON_ROLL, Status

DEPARTURE = "departure"
_DIED = r"去世|不在人世|(?<![转调搬迁出])走了|已走(?!访)|病故|已故|亡故|过世|身故|物故|病逝|逝世|仙逝|辞世|离世|长逝|死亡|病亡|已殁|已亡|已死|故去|故世|牺牲|遗属|(?:19|20)\d\d年.{0,6}故(?!障|居|意|事|乡)|^故$"
_MOVED = (
    r"转出|转走|转往|转离|转移|转外|迁出|迁走|迁往|调出|调走|划出|划走|划转|转(?:到|至)(?!本|我|该)"
    r"|已转(?!正|为|入|来|回|本)|(?:组织)?关系(?:(?![未没不]).){0,8}转(?!正|入|来|回|进|本)|不在本(?:支部|社区)"
)
_REMOVED = (
    r"除名|停止党籍|停党|停籍|退党|脱党|出党|开除|劝退|自行脱|取消.{0,3}(?:预备|党员|党籍|资格)|清退|清除|注销|不在册|非党员"
    r"|失联|失去联系|联系不上|下落不明|查无此人|失踪|定居(?:国外|境外|海外|[美加英澳])|(?:国外|境外|海外|出国|出境).{0,4}定居|移居|移民|入(?:外国|外)籍"
)
_VOID = r"作废|重复|删除|删掉|删去|多录|误录|错录|不要|停用|无效|已离开|减员"
_OLD = r"旧名?册?|历史|以前|原名册|老名册|作废|废弃|备份|往年"
GONE = {
    Status.DECEASED: re.compile(_DIED),
    Status.TRANSFERRED_OUT: re.compile(_MOVED),
    Status.REMOVED: re.compile(_REMOVED),
    "void": re.compile(_VOID),
}
_KIN_WORDS = "|".join((*KIN_WORDS, "其夫", "其妻", "其子", "其女"))
_KIN = re.compile(_KIN_WORDS)
# 已故战友遗孀: who died is named behind the word.
_KIN_BEHIND = re.compile(rf"(?:同志)?的?(?:{_KIN_WORDS})")
# A relative is the subject only right before the word: “女儿来电告知已去世” is said of the member.
_OF_KIN = re.compile(
    rf"(?:{_KIN_WORDS})(?:的?(?:户口|户籍|关系|组织关系|党组织关系))?(?:均|都|也|已经?|早已|早年|先|于|因病|因|[\d年月日.．/-]|去年|今年|前年)*$"
)
_NOT_YET = re.compile(r"(?:未|没|没有|不|无|非|是否)$")
_CLAUSE = re.compile(r"[,，;；。、!！\n]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
# Things of a member that move without the member, and words that say that the member stays.
_THING = re.compile(
    r"(?:户口|户籍|档案|医保|社保|工资|养老金|行政)(?:关系)?(?:已经?|也|均|都|虽|早已|于|[\d年月日.．/-])*$"
)
_STAYS = re.compile(
    r"(?:本?人|党?组织关系|党员关系|关系|党籍)(?:还|仍|尚|均|并|都|一直)*(?:(?:未|没有?|不)(?:转|迁|调|走|离|变)|在(?!外|国|境|他|别))"
)
# Columns that say whether somebody is still there, with the words that say yes.
_STATUS_LABEL = re.compile(
    r"^(?:党籍|党员|在册|人员|组织关系|党组织关系|会籍|目前|现)?状态$|^(?:党籍|组织关系|在册|党员)(?:状况|情况)?$|^是否(?:在册|健在|在世)$|去向|变动|异动"
)
_PRESENT = re.compile(
    r"(?:是|在|在册|正常|健在|在世|有效|√|✓|y|yes|正式|预备|正式党员|预备党员|党员|在职|在岗|退休|离休|无|否|-|转入|已转入|恢复党籍|无变动|无变化|未变动|在本支部|本支部|流动|流动党员|活跃)"
)
_DAY_LABEL = re.compile(r"时间|日期|年月|何时|日$")
_READ_FOR_STATUS = {"remark", "roll_status", "party_post", "health"}


def gone_in(text):
    """`(status, words)` where a text says that the member died, moved, was removed or the row is void; else None.

    What a clause says of a relative, and what it denies, says nothing; nor does a household register that moved
    (`户口转出，人未转`) where the text says that the member stays.
    """
    stays = bool(_STAYS.search(squeezed(text)))
    for clause in _CLAUSE.split(text):
        clause = squeezed(clause)
        for status, pattern in GONE.items():
            for match in pattern.finditer(clause):
                before = clause[: match.start()]
                if _NOT_YET.search(before) or (_OF_KIN.search(before) and status != "void"):
                    continue
                if match[0] in {"已故", "亡故"} and _KIN_BEHIND.match(clause[match.end() :]):
                    continue
                if stays and status == Status.TRANSFERRED_OUT and _THING.search(before):
                    continue
                return status, match[0]
    return None


def ask_about_departure(record):
    """Ask about a row that says by anything about it that its member is no longer on the roll."""
    for column, said, found in _signs(record):
        status = found[0]
        record.ask(Question(DEPARTURE, column, _departure_words(said, status), _answers(record, status)))
        return
    tell_what_stands_beside(record)


def _departure_words(said, status):
    if status == "struck":
        sentence = _("the text is struck out: “%(said)s”. Is this member still on the roll?")
    else:
        sentence = _("“%(said)s” may mean that this member is no longer on the roll. What is right?")
    return sentence % {"said": said[:60]}


def ask_about_lines_between(reading):
    """Ask about members of whom a line under them says that they are gone: 以上人员已转出."""

    def ask(record, text, found):
        sentence = _departure_words(text, found[0])
        record.ask(Question(DEPARTURE, record.labels["name"], sentence, _answers(record, found[0])))

    ask_about_lines(reading, find=gone_in, ask=ask)


def _answers(record, status):
    day = _day_of_death(record)
    died = {"status": Status.DECEASED} | ({"died_on": day.isoformat()} if day else {})
    answers = [
        Answer("deceased", _("store as deceased"), died),
        Answer("transferred_out", _("store as transferred out"), {"status": Status.TRANSFERRED_OUT}),
    ]
    if status in {Status.REMOVED, "struck"}:
        answers.append(Answer("removed", _("store as struck off"), {"status": Status.REMOVED}))
    return (*answers, leave_out(), Answer("on_the_roll", _("still on the roll, store as a member"), {}))


def _day_of_death(record):
    """The day of death that a column of its own states, or None; nothing is made up from a remark."""
    around = record.around
    for place, cell in around.cells.items() if around else ():
        label = squeezed(around.labels.get(place, ""))
        if GONE[Status.DECEASED].search(label) and _DAY_LABEL.search(label) and not _KIN.search(label):
            try:
                return as_day(cell, around.epoch)
            except ValidationError:  # what cannot be read as a day states none
                return None
    return None


def _signs(record):
    """`(column, what is said, (status, words))` of everything about a row that says its member is gone, surest first."""
    around = record.around
    for place, cell in sorted(around.cells.items()):
        yield from _signs_of_cell(around, place, cell)
    for column, text in said_in_comments(around):
        if found := gone_in(text):
            yield column, text, found
    lead = [place for place, key in around.keys.items() if key == "name" and place in around.cells]
    if is_struck_out(around, "name"):
        yield record.labels["name"], around.cells[lead[0]].shown if lead else "", ("struck", "")
    for kind, column, text in said_above(around):
        if found := gone_in(text):
            yield column, squeezed(text), found
        elif kind == "sheet" and (old := re.search(_OLD, text)):
            yield column, squeezed(text), ("void", old[0])


def _signs_of_cell(around, place, cell):
    key, label = around.keys.get(place), squeezed(around.labels.get(place, ""))
    behind = re.search(r"[(（【\[].*", cell.value) if cell.kind == TEXT and key == "name" else None
    if behind and (found := gone_in(behind[0].strip("()（）【】[] "))):
        yield label, squeezed(cell.value), found
    if (key is not None and key not in _READ_FOR_STATUS) or _KIN.search(label) or is_nothing(cell):
        return
    text = squeezed(cell.shown)
    is_status = bool(_STATUS_LABEL.search(label))
    if is_status and label.startswith("是否"):
        if text in {"否", "不", "n", "no", "×", "不在", "不在册"}:
            yield label, text, (Status.REMOVED, text)
        return
    if gone := gone_in(label.removeprefix("是否")):
        if text not in {"否", "无", "未", "没有", "n", "no", "×", "0"}:
            yield label, f"{label} {text}" if cell.kind != DATE else f"{label} {cell.shown}", gone
        return
    if cell.kind != TEXT:
        return
    if found := gone_in(cell.value):
        yield label, text, found
    elif is_status and not _PRESENT.fullmatch(text.lower()):
        yield label, text, ("void", text)


def settle_by_record(record, member):
    """Take back a question that the member's record answers, and answers that need a day the roster does not have.

    Who is recorded as gone is gone; who is recorded as a member leaves on a day, which is typed in the record.
    """
    kept = []
    for question in record.questions:
        if question.code == DEPARTURE:
            if member.status not in ON_ROLL:
                continue
            question = Question(
                question.code,
                question.column,
                _(
                    "%(question)s The member is on this branch's roll: record death, transfer or removal in the member's record, with its day."
                )
                % {"question": question.sentence},
                tuple(answer for answer in question.answers if answer.sets is None or not answer.sets),
            )
        kept.append(question)
    record.questions[:] = kept
