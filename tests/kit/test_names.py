"""Surnames are read as surnames."""

import pytest

from config.kit.names import pinyin_of


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("仇国林", "qiu guo lin"),
        ("单明", "shan ming"),
        ("欧阳怀德", "ou yang huai de"),
        ("宁光英", "ning guang ying"),
        ("尉迟敬", "yu chi jing"),
    ],
)
def test_names_are_read(name, pinyin):
    assert pinyin_of(name) == pinyin


def test_a_letter_that_cannot_be_read_stays():
    assert pinyin_of("𠮷田") == "𠮷 tian"
