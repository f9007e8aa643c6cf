"""What no text for the public may hold: what reaches, names or shames somebody.

Phone, ID and card numbers, names of people who did not agree to be named, addresses of homes, words of illness and of
hardship: `findings` tells all of them at once. A model's field that residents read is a `PublicCharField` or
`PublicTextField`; its forms, every `full_clean` and every import of it refuse such a text. An act that stores words without
`full_clean` calls `refuse_private_words` itself. This module imports no model: each app says through `register_names`
where it keeps names of people.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit.public_words import addresses_in, numbers_in, states_in
from config.kit.text_cleaning import MIDDLE_DOTS

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
DOT = "·"
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# A name may be spaced out (韦 怀 德); a space between two Chinese characters says nothing else.
SPACED = re.compile(rf"(?<=[{HAN}{DOT}])\s+(?=[{HAN}{DOT}])")
FULL_STOP = re.compile(rf"(?<=[{HAN}])\.(?=[{HAN}])")
HAN_RUN = re.compile(rf"[{HAN}]+")
DOTTED = re.compile(rf"[{HAN}]+(?:{DOT}[{HAN}]+)+")
LONGEST_PART = 8

# A query holds fewer words than a database takes.
WORDS_A_QUERY = 20_000

# Ordinary words that are also somebody's name, and words that stand for an unnamed giver.
ORDINARY_WORDS = frozenset(
    """
    文明 文化 文艺 文件 文体 和平 和谐 平安 平等 平时 安全 安心 安排 安宁 高兴 高度 高温 高龄 方便 方法 方面 方正 马上
    时间 时光 时代 金额 金秋 任务 任何 计划 项目 程序 程度 经费 经济 包括 单位 单独 常委 常务 常规 国家 国庆 国歌 党员
    党课 党建 党费 党旗 干部 干净 关心 关爱 关怀 关于 花园 花朵 华侨 温暖 温馨 康复 康乐 明天 明确 明年 成功 成果 成员
    向上 向阳 向前 应当 应急 全体 全面 全部 全国 全民 严格 家庭 家园 家访 家教 易懂 段落 路线 路口 江边 江山 山歌 山区
    水果 水管 农村 农家 农业 古城 古迹 白天 白菜 黄金 红旗 红色 朱红 石油 米粉 米油 东方 东风 双方 公开 公园 公共 公益
    万家 万岁 丰收 车站 车队 房屋 房间 师傅 师生 乐器 乐队 乐园 强国 强化 志愿 都是 都要 可爱 年货 年轻 千万 从前 支部
    热心市民 爱心人士 好心人 无名氏 居民 群众 市民 退休老党员
    """.split()
)

NamesFinder = Callable[[set[str]], Iterable[str]]
_people: list[NamesFinder] = []
_agreed: list[NamesFinder] = []


def register_names(people: NamesFinder, *, agreed: NamesFinder | None = None):
    """Register functions that return which of the given words are names of people, and which of these agreed to be named."""
    _people.append(people)
    if agreed:
        _agreed.append(agreed)


def plain(text):
    """The text as it is compared: full-width letters as usual ones, nothing invisible, no spaces inside Chinese words.

    Signs that stand for the middle dot of a name are one; a Chinese full stop ends a sentence far more often.
    """
    text = FULL_STOP.sub(DOT, MIDDLE_DOTS.sub(DOT, unicodedata.normalize("NFKC", str(text))))
    return SPACED.sub("", INVISIBLE.sub("", text))


def possible_names(text):
    """Every piece of a text that could be a Chinese name: 2 to 4 characters, or longer with dots (买买提·艾力)."""
    text = plain(text)
    names = {
        run[start : start + length]
        for run in HAN_RUN.findall(text)
        for length in (2, 3, 4)
        for start in range(len(run) - length + 1)
    }
    for name in DOTTED.findall(text):
        parts = name.split(DOT)
        for first in range(len(parts) - 1):
            for last in range(first + 1, len(parts)):
                names |= _dotted(parts[first], parts[first + 1 : last], parts[last])
    return names - ORDINARY_WORDS


def _dotted(before, between, after):
    """Names of several parts: the first and the last may be part of a longer word."""
    return {
        DOT.join([before[-length:], *between, after[:end]])
        for length in range(1, min(len(before), LONGEST_PART) + 1)
        for end in range(1, min(len(after), LONGEST_PART) + 1)
    }


def known_names(text):
    """`(names, agreed)`: names of people of the installation in a text, and those of them who agreed to be named."""
    words, names = iter(possible_names(text)), set()
    while some := set(islice(words, WORDS_A_QUERY)):
        names |= {name for find in _people for name in find(some)}
    return names, {name for find in _agreed for name in find(names)} if names else set()


def private_names(text, *, names=(), allowed=()):
    """Names in a text, longest first, of people who did not agree to be named.

    `names` are further ones, `allowed` those that may stand. A name inside a longer one that stands there is not told twice.
    """
    found, agreed = known_names(text)
    own = {name for name in map(plain, names) if len(name) > 1 and name not in ORDINARY_WORDS}
    # What may not stand in this text for its own sake may not stand though elsewhere its owner agreed.
    spared = (agreed - own) | set(map(plain, allowed))
    rest, told = plain(text), []
    for name in sorted(found | own | spared, key=lambda name: (-len(name), name)):
        if name and name in rest:
            rest = rest.replace(name, "\n" * len(name))
            told += [] if name in spared else [name]
    return told


@dataclass(frozen=True)
class Finding:
    """One piece of a text that may not be public: the `words` as they stand in it, and why, as the code of the refusal."""

    code: str
    words: str


REASONS = {
    "public_number": _(
        "This text will be public, and it holds what looks like a phone, ID or card number: %(words)s. Take it out; "
        "residents reach you through the office."
    ),
    "public_name": _(
        "This text will be public, and it holds the name of a person who has not agreed to that: %(words)s. Take the name "
        "out, and write “an old Party member” or “a volunteer”."
    ),
    "public_address": _(
        "This text will be public, and it holds what looks like the address of a home: %(words)s. Take it out, and name "
        "the community alone."
    ),
    "public_illness": _(
        "This text will be public, and it tells of somebody's illness: %(words)s. Take the words out, and say only what is "
        "needed or what was done."
    ),
    "public_hardship": _(
        "This text will be public, and it tells of somebody's hardship: %(words)s. Take the words out, and say only what "
        "is needed or what was done."
    ),
}


def findings(text, *, names=(), allowed=(), about_one=False):
    """Every `Finding` in a text, in the order of `REASONS`; one query a source of names.

    `about_one` is the stricter rule for a text about one person: no word of illness or hardship at all. What the milder
    one lets through is written at `states_in`.
    """
    if not text:
        return []
    compared = plain(text)
    illness, hardship = states_in(compared, about_one=about_one)
    found = {
        "public_number": numbers_in(compared),
        "public_name": private_names(text, names=names, allowed=allowed),
        "public_address": addresses_in(compared),
        "public_illness": illness,
        "public_hardship": hardship,
    }
    return [Finding(code, words) for code, pieces in found.items() for words in pieces]


def refuse(found):
    """ValidationError with a sentence a reason that names its words; its `code` is that of the first."""
    reasons = {}
    for finding in found:
        reasons.setdefault(finding.code, []).append(finding.words)
    refusals = [
        ValidationError(REASONS[code], code=code, params={"words": "、".join(words)}) for code, words in reasons.items()
    ]
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        refusal = ValidationError(refusals)
        refusal.code = refusals[0].code
        raise refusal


def refuse_numbers(text):
    """ValidationError `public_number` for a text with a phone, ID or card number in it."""
    refuse([Finding("public_number", words) for words in numbers_in(plain(text or ""))])


def refuse_private_words(text, *, names=(), allowed=(), about_one=False):
    """ValidationError with one of the codes of `REASONS` for a text that gives somebody away (§5.4 of the handbook).

    `names` are further names of the record itself that must not stand in it; `allowed` are those that may.
    """
    refuse(findings(text, names=names, allowed=allowed, about_one=about_one))


class PublicText:
    """Mixin for a text field that residents read.

    A model says by `names_to_spare()` which names of its own record must not stand in it, by `names_allowed()` which may.
    Where the field is itself a name (of a person who agreed, of a body, of a place), `may_name` looks for numbers alone;
    a text about one person is `about_one`.
    """

    def __init__(self, *args, may_name=False, about_one=False, **kwargs):
        self.may_name, self.about_one = may_name, about_one
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        # To the database it is a plain field; the rule may change without a migration.
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain_class}", args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        refuse(self.findings_of(value, model_instance))

    def findings_of(self, value, record=None):
        """Every `Finding` in a value of this field, of a record or of one still to be made."""
        if self.may_name:
            return [Finding("public_number", words) for words in numbers_in(plain(value or ""))]
        spare = getattr(record, "names_to_spare", tuple)
        allowed = getattr(record, "names_allowed", tuple)
        return findings(value, names=spare(), allowed=allowed(), about_one=self.about_one)


class PublicCharField(PublicText, models.CharField):
    plain_class = "CharField"


class PublicTextField(PublicText, models.TextField):
    plain_class = "TextField"
