"""Names as pinyin, for sorting and search."""

# Read otherwise as surnames than as words; a general dictionary gets these wrong.
SURNAME_READINGS = {
    "仇": "qiu", "单": "shan", "解": "xie", "查": "zha", "曾": "zeng", "任": "ren", "华": "hua", "朴": "piao",
    "盖": "ge", "区": "ou", "翟": "zhai", "缪": "miao", "覃": "qin", "晁": "chao", "种": "chong", "尹": "yin",
    "召": "shao", "乐": "yue", "员": "yun", "冼": "xian", "宁": "ning", "尉迟": "yu chi", "万俟": "mo qi",
}  # fmt: skip


def pinyin_of(name):
    """The name in toneless pinyin, syllables apart: `仇国林` → `qiu guo lin`; letters it cannot read stay."""
    # On first use: pypinyin takes 140 ms and 55 MB to load.
    from pypinyin import lazy_pinyin

    name = name.strip()
    for length in (2, 1):
        reading = SURNAME_READINGS.get(name[:length])
        if reading:
            return " ".join([reading, *lazy_pinyin(name[length:])]).strip()
    return " ".join(lazy_pinyin(name))[:120]
