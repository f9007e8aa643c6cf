"""What a filled cell means as a name, a number to call or a code; a doubt is a refusal that says why.

Each reader takes a Cell and the day serial number 0 stands for; it returns a value, or None where the cell only marks a
place ("—"), or raises ValidationError with a code and what to type.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.person.citizen_ids import read_citizen_id
from config.kit.person.phones import read_phone, refuse_two_phones
from config.kit.sheets.cells import BOOL, DATE, ERROR, EXACT, FORMULA, MERGED, NUMBER, TEXT, number_text
from config.kit.text_cleaning import clean, person_name, remembered, squeezed

NOTHING = {"", "/", "//", "\\", "无", "、", "~", "…", "……", "不详", "未知", "null", "none", "n/a", "空", "暂无", "空白", "没有", "不明", "不清", "不清楚", "记不清", "未填", "待查", "待补", "待定", "暂缺", "缺"}  # fmt: skip
# Characters of a remark, and of a name, day, amount, number or word of a list. What is longer is none, and no pattern
# is tried on it.
LONGEST_TEXT, LONGEST_WORD = 2_000, 300


def refuse(code, message, **params):
    raise ValidationError(message % params if params else message, code=code)


def refuse_what_no_reader_takes(cell):
    """Formulas, errors and shared cells are refused whatever the column."""
    if cell.kind == FORMULA:
        refuse("formula", _("a formula stands here, and what it shows may be out of date. Type the value itself."))
    if cell.kind == ERROR:
        refuse("error_value", _("the cell shows the error %(error)s. Type the value itself."), error=cell.value)
    if cell.kind == MERGED:
        refuse(
            "merged",
            _("one merged cell covers rows %(rows)s. Split it and write each row's own value."),
            rows=cell.format,
        )


def refuse_long_text(cell, most):
    if len(cell.value) > most:
        refuse(
            "text_too_long",
            _("the text has %(count)s characters; %(most)s at most belong here. Shorten it."),
            count=f"{len(cell.value):,}",
            most=f"{most:,}",
        )


def is_nothing(cell):
    return cell.kind == TEXT and says_nothing(cell.value)


@remembered
def says_nothing(text):
    """Whether a text only marks a place: a dash, a stroke, or a word for "not known"."""
    words = squeezed(text).lower()
    return words in NOTHING or not words.strip("-—–−_─")


# Text


# Most words are Chinese characters, digits and letters; nothing folds or drops any of these.
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+(?: [0-9A-Za-z]+)*")


def is_kept(text):
    """Whether a text comes back unchanged when its cell is read as a text or a name."""
    if _PLAIN.fullmatch(text):
        return text.replace(" ", "").lower() not in NOTHING
    return person_name(text) == text and text[-1] not in ")）" and not says_nothing(text)


def as_text(cell, epoch=None):
    """Cleaned text; a number as its digits, a date as 1968-07-01."""
    if cell.format == EXACT and cell.kind == TEXT:
        return cell.value
    if is_nothing(cell):
        return None
    return clean(cell.value) if cell.kind == TEXT else cell.shown


def as_name(cell, epoch=None):
    if cell.kind != TEXT:
        refuse("not_a_name", _("“%(value)s” is no name. Type the name as text."), value=cell.shown)
    if cell.format == EXACT:
        return cell.value
    name = person_name(cell.value)
    return None if name not in {"无", "空"} and says_nothing(name) else name


def as_citizen_id(cell, epoch=None):
    """The 18 characters as text. A number cell keeps 15 digits, so what stands there is refused."""
    if cell.kind in (NUMBER, DATE, BOOL) or (cell.kind == TEXT and _is_scientific(cell.value)):
        refuse(
            "id_as_number",
            _(
                "the number stands in a number cell, which loses its last digits. Set the column to “Text” and type all 18 characters again."
            ),
        )
    if is_nothing(cell):
        return None
    return read_citizen_id(cell.value)


def _is_scientific(text):
    return bool(re.fullmatch(r"[\d.]+[eE]\+?\d+", squeezed(text)))


def as_phone(cell, epoch=None):
    """A number to call without spaces, brackets and the country's code; a landline keeps its dash."""
    if cell.kind == NUMBER:
        return number_text(cell.value)
    if cell.kind != TEXT:
        refuse("phone", _("“%(value)s” is no phone number. Type its digits as text."), value=cell.shown)
    if is_nothing(cell):
        return None
    number = read_phone(cell.value)
    refuse_two_phones(number, cell.value)
    return number


YES = {"是", "√", "✓", "✔", "☑", "■", "有", "对", "y", "yes", "true", "1", "v", "属于", "在"}
NO = {"否", "×", "x", "☐", "□", "无", "不是", "n", "no", "false", "0", "不属于", "没有", "非"}


def as_yes(cell, epoch=None):
    """True or False for a yes-no column."""
    if cell.kind == BOOL:
        return cell.value
    text = squeezed(cell.shown).lower()
    if text in YES:
        return True
    if text in NO or says_nothing(text):
        return False
    return refuse("yes_or_no", _("“%(value)s” is neither yes nor no. Type 是 or 否."), value=cell.shown)


def as_code(words, allowed, *, endings=()):
    """A reader for a code list.

    `words` maps every usual word to its code, `allowed` is what the refusal offers, `endings` may follow any word.
    """

    def spellings(word):
        return [word, *(word.removesuffix(ending) for ending in endings)]

    @remembered
    def read(text):
        key = squeezed(text).lower()
        if key in words:
            return words[key]
        if says_nothing(key):
            return None
        short = re.sub(r"[(\[（【].*?[)\]）】]", "", key[:100])
        numbered = re.fullmatch(r"(\d{1,2})[-.、:]?(\D.*)", short)
        # Several words for one thing (本科/学士), and a word behind its own number (1.男), say no more than the word.
        said = [numbered[2]] if numbered else re.split(r"[/、,;]", short)
        codes = {next((words[one] for one in spellings(each) if one in words), None) for each in said}
        if numbered and numbered[1] in words:
            codes.add(words[numbered[1]])
        if len(codes) == 1 and None not in codes:
            return codes.pop()
        return refuse(
            "unknown_word",
            _("“%(value)s” is not in the list. Type one of: %(words)s."),
            value=clean(text),
            words=allowed,
        )

    def reader(cell, epoch=None):
        return read(cell.shown)

    reader.words = words
    return reader
