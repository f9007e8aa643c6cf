"""How a person's name is read from what was typed or imported, and which names could be those of two people."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.text_cleaning import clean, person_name, squeezed, with_one_dot

# Family names of two characters: a space behind one of them parts no two people.
DOUBLE_SURNAMES = frozenset(
    """
    欧阳 上官 司马 司徒 司空 司寇 诸葛 尉迟 公孙 公冶 公羊 公西 公良 皇甫 令狐 慕容 东方 东郭 东门 独孤 夏侯 端木 南宫 南门 万俟 轩辕 闻人
    赫连 澹台 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 宇文 长孙 鲜于 闾丘 亓官 子车 颛孙 巫马 漆雕 乐正 壤驷 拓跋 夹谷 宰父 谷梁 段干 百里
    呼延 羊舌 微生 梁丘 左丘 西门 第五 纳兰 贺兰 哥舒 完颜 叶赫 耶律
    """.split()
)
_PARTED = re.compile(r"([\u3400-\u9fff]{2,})\s+([\u3400-\u9fff]{2,})")
_SHORT_WORDS = re.compile(r"[\u4e00-\u9fff]{2,3}(?: [\u4e00-\u9fff]{2,3})+")
_TWO = re.compile(r"[，,、；;/／\\&＆]|(?<=[\u3400-\u9fff]{2})[和与](?=[\u3400-\u9fff]{2})")

# What lists put before or behind a name: ticks, a form of address, 李梅（女）, 蓝德（瑶族）; other brackets may be part of it.
_MARKS = "★☆*＊※▲△●○◎■□◆◇√✓#＃ 、，,；;"
_ADDRESS = re.compile(r"(?<=..)同志$")
_BEHIND_NAME = re.compile(r"\s*[(（](?:[男女]|.{1,4}族|[男女][,，、].{1,4}族)[)）]$")

# A name as it is kept: no space between Chinese characters, one kind of middle dot, plain letters and digits.
read_name = person_name


def without_marks(text):
    """The text without ticks around it and a form of address behind it."""
    return _ADDRESS.sub("", text.strip(_MARKS)).strip(_MARKS)


def without_sex(name):
    """The name without the sex or the ethnic group that stands behind it in brackets."""
    return _BEHIND_NAME.sub("", name)


def read_person(text):
    """The name of one person, typed as lists have it: `★韦怀德（男）`, `韦怀德同志`."""
    name = read_name(text)
    return without_marks(without_sex(without_marks(name))) or name


def read_authors(text):
    """Names on a book's cover, several perhaps, which spaces may part: one kind of middle dot, nothing else changed."""
    return with_one_dot(clean(text))


def parted(text):
    """The two halves of a Chinese name between which a space may part two people, or None: `李明 王芳`, not `欧阳 手乙`."""
    match = _PARTED.fullmatch(clean(text))
    return match.groups() if match and match[1] not in DOUBLE_SURNAMES else None


def may_be_several(text):
    """Whether the spaces in a text may stand between names of people: `李明 王芳 韦德`; `欧阳 甲德` is one."""
    words = clean(text)
    if not _SHORT_WORDS.fullmatch(words):
        return False
    first, *rest = words.split(" ")
    return len(rest) > 1 or first not in DOUBLE_SURNAMES


def refuse_no_one_name(text):
    """A text that holds a number or several names is no name of one person."""
    name = squeezed(without_marks(text))
    if re.search(r"\d", name):
        raise ValidationError(
            _("the name “%(name)s” holds a number. Type the name alone; a phone has a place of its own."),
            code="number_in_name",
            params={"name": clean(text)},
        )
    if _TWO.search(name):
        raise ValidationError(
            _("“%(name)s” looks like two names. Write one person at a time."),
            code="two_names",
            params={"name": clean(text)},
        )


def refuse_two_people(text):
    """A space between two halves that are each long enough for a name may part two people."""
    if parted(without_marks(text)):
        raise ValidationError(
            _(
                "“%(name)s” can be one person or two. Write one person here: without a space, or with · between the parts of the name."
            ),
            code="one_or_two_people",
            params={"name": clean(text)},
        )


def refuse_several_people(text):
    """The same where several may be named: they are told apart by 、 and never by a space."""
    if may_be_several(text):
        raise ValidationError(
            _("“%(name)s” can be more than one person. Write 、 between names, and no space inside one."),
            code="several_names",
            params={"name": clean(text)},
        )


HAS_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]")


def called(user):
    """How a colleague is called everywhere: 黄志文 (family name first, no space), Mary Smith, else the user name."""
    family, given = user.last_name.strip(), user.first_name.strip()
    if family and given and HAS_LETTERS.search(family + given):
        return f"{given} {family}"
    return f"{family}{given}" or user.get_username()
