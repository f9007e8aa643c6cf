"""Keys kept beside a person's name and numbers, by which somebody is found without typing either in full.

Initials and joined pinyin come from the name in pinyin; of private numbers the last four characters are kept as a keyed hash.
"""

import re

from config.kit.text_cleaning import narrow, squeezed

TAIL = 4


def latin_keys(sort_name):
    """` lxz lixiuzhen ` of `li xiu zhen`: initials and joined pinyin, each between spaces; ü also as u."""
    syllables = re.findall(r"[a-z]+", sort_name.lower())
    keys = ["".join(syllable[0] for syllable in syllables), "".join(syllables)]
    if "v" in keys[1]:
        keys.append(keys[1].replace("v", "u"))
    return f" {' '.join(keys)} " if syllables else ""


def read_latin(words):
    """Letters typed for a name, joined: `Li Xiu-Zhen` is `lixiuzhen`; empty where anything but letters was typed."""
    text = re.sub(r"[\s'’`·.-]", "", narrow(words).lower().replace("ü", "v"))
    return text if re.fullmatch(r"[a-z]+", text) else ""


def tail_of(number):
    """The last four characters of an ID or phone number, or nothing of a shorter one."""
    text = re.sub(r"[^0-9A-Z]", "", number.upper())
    return text[-TAIL:] if len(text) >= TAIL else ""


def read_tail(words):
    """The last four of a number as typed (`002x` is `002X`), or nothing where something else was typed."""
    text = squeezed(words).upper()
    return text if re.fullmatch(r"[0-9]{3}[0-9X]", text) else ""
