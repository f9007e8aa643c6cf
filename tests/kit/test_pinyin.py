"""Surnames are read as surnames."""

import pytest
from django.contrib.auth.models import User

from config.kit.person.names import called
from config.kit.pinyin import pinyin_of


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


@pytest.mark.parametrize(
    ("family", "given", "said"),
    [
        ("黄", "志文", "黄志文"),
        ("欧阳", "怀德", "欧阳怀德"),
        ("Smith", "Mary", "Mary Smith"),
        ("", "志文", "志文"),
        ("", "", "clerk"),
    ],
)
def test_a_colleague_is_called_family_name_first_without_a_space(family, given, said):
    assert called(User(username="clerk", last_name=family, first_name=given)) == said
