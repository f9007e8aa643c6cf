"""How text from old office machines becomes the characters that were meant.

GBK fonts drew characters that Unicode lacked at private-use code points; later editions of GB 18030 gave them real ones.
"""

import re
import unicodedata
from functools import lru_cache, wraps

# What the two-byte places of GB 18030 that Python's codec (edition 2000) still reads as private use became by 2022.
_GB18030_2022 = {
    0xA6D9: "︐", 0xA6DA: "︒", 0xA6DB: "︑", 0xA6DC: "︓", 0xA6DD: "︔", 0xA6DE: "︕", 0xA6DF: "︖", 0xA6EC: "︗",
    0xA6ED: "︘", 0xA6F3: "︙", 0xA8BC: "ḿ", 0xA3A0: "\u3000",
    0xFE51: "\U00020087", 0xFE52: "\U00020089", 0xFE53: "\U000200cc", 0xFE59: "\u9fb4", 0xFE61: "\u9fb5",
    0xFE66: "\u9fb6", 0xFE67: "\u9fb7", 0xFE6C: "\U000215d7", 0xFE6D: "\u9fb8", 0xFE76: "\U0002298f",
    0xFE7E: "\u9fb9", 0xFE90: "\u9fba", 0xFE91: "\U000241fe", 0xFEA0: "\u9fbb",
}  # fmt: skip

# Code page 936 numbered these places in order into the private-use area: (first code point, first place, how many).
_GBK_RUNS = [
    (0xE5E5, 0xA3A0, 1),
    (0xE76C, 0xA2E3, 1),
    (0xE78D, 0xA6D9, 7),
    (0xE794, 0xA6EC, 2),
    (0xE796, 0xA6F3, 1),
    (0xE7C7, 0xA8BC, 1),
    (0xE7C8, 0xA8BF, 1),
    (0xE7E7, 0xA989, 13),
    (0xE815, 0xFE50, 47),
    (0xE844, 0xFE80, 33),
]

# Radicals that a PDF leaves in place of the characters they look like; Unicode decomposes only two of them.
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


def _private_use():
    table = {}
    for point, place, count in _GBK_RUNS:
        for step in range(count):
            at = place + step
            table[chr(point + step)] = _GB18030_2022.get(at) or at.to_bytes(2, "big").decode("gb18030")
    return table


PRIVATE_USE = _private_use()
_INVISIBLE = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
    + [*range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_KANGXI = {chr(point): unicodedata.normalize("NFKC", chr(point)) for point in range(0x2F00, 0x2FD6)}
_COMPATIBLE = {
    chr(point): unicodedata.normalize("NFC", chr(point)) for point in [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
}
_TABLE = str.maketrans({**PRIVATE_USE, **_RADICALS, **_KANGXI, **_COMPATIBLE})
_TABLE.update(_INVISIBLE)
_TABLE.update(_SPACES)
_TABLE[ord("\ue5e5")] = " "

# Full-width digits and letters; brackets and other signs in a name stay as they are.
_WIDE = {
    wide: wide - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(first, last + 1)
}

_HAN = r"[\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
MIDDLE_DOTS = re.compile(r"\s*[·•‧・･∙⋅˙●]\s*|(?<=\S)\s*[．](?=\S)\s*")
_HAN_FULL_STOP = re.compile(rf"(?<={_HAN})\s*[.。﹒ㆍᐧ⸱⸳ꞏ᛫｡]\s*(?={_HAN})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# The same short texts stand in a column again and again; of longer ones a memory would only hold on to whole uploads.
LONGEST_REMEMBERED = 64


def remembered(function):
    """The function of a text with what it gave for the last short ones."""
    quick = lru_cache(maxsize=65536)(function)

    @wraps(function)
    def asked(text, *more):
        return quick(text, *more) if len(text) <= LONGEST_REMEMBERED else function(text, *more)

    return asked


def unescaped(text):
    """The text with characters that a workbook writes by their number (`_x0009_`) as themselves."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@remembered
def clean(text):
    """The text with private-use and look-alike characters folded and stray spaces gone; line breaks become spaces."""
    if text.isascii() and text.isalnum():
        return text
    text = unescaped(text)
    return " ".join(text.translate(_TABLE).split())


def printable(text):
    """Cleaned text without what cannot be seen or printed: for what anybody may send to a public page."""
    return clean("".join(letter if letter.isprintable() else " " for letter in text))


@remembered
def narrow(text):
    """Cleaned text with full-width digits, letters and signs made plain: for numbers, codes and headers."""
    return clean(unicodedata.normalize("NFKC", clean(text)))


@remembered
def squeezed(text):
    """Narrow text without any space."""
    return narrow(text).replace(" ", "")


def with_plain_digits(text):
    """The text with full-width digits and letters made plain, and every sign as it is."""
    return text.translate(_WIDE)


@remembered
def person_name(text):
    """A name as it is written: no spaces between Chinese characters, one kind of middle dot, plain letters and digits."""
    return with_one_dot(_BETWEEN_HAN.sub("", with_plain_digits(clean(text))))


def with_one_dot(text):
    """A text in which every sign that stands for the middle dot of a name is one, without spaces around it."""
    return _HAN_FULL_STOP.sub("·", MIDDLE_DOTS.sub("·", text))


def unknown_private_use(text):
    """Characters no font elsewhere can draw: private use that no edition of GB 18030 resolved."""
    return [
        letter
        for letter in text
        if 0xE000 <= ord(letter) <= 0xF8FF or 0xF0000 <= ord(letter) <= 0x10FFFD or letter == "\ufffd"
    ]
