"""How text of old office machines becomes the characters that were meant."""

import pytest

from config.kit.text_cleaning import PRIVATE_USE, clean, narrow, person_name, squeezed, unknown_private_use

# Places of GB 18030 (two bytes) and the characters their fonts drew, by the editions of 2005 and 2022.
PLACES = {
    "\ue863": "䶮", "\ue816": "\U00020087", "\ue817": "\U00020089", "\ue818": "\U000200cc", "\ue81e": "龴", "\ue826": "龵",
    "\ue82b": "龶", "\ue82c": "龷", "\ue831": "\U000215d7", "\ue832": "龸", "\ue83b": "\U0002298f", "\ue843": "龹",
    "\ue854": "龺", "\ue855": "\U000241fe", "\ue864": "龻", "\ue81a": "㑳", "\ue82d": "㭎", "\ue844": "䜣", "\ue7c7": "ḿ",
    "\ue78d": "︐", "\ue78e": "︒", "\ue78f": "︑", "\ue793": "︖", "\ue794": "︗", "\ue795": "︘", "\ue796": "︙",
}  # fmt: skip


@pytest.mark.parametrize("point", PLACES)
def test_private_use_points_of_gb18030_become_real_characters(point):
    assert clean(f"韦{point}") == f"韦{PLACES[point]}"


def test_no_private_use_point_is_folded_to_another():
    assert all(unknown_private_use(real) == [] for real in PRIVATE_USE.values())
    assert all(unknown_private_use(point) == [point] for point in PRIVATE_USE)


def test_every_two_byte_place_of_gb18030_comes_out_real():
    for lead, trails in (
        (0xFE, [*range(0x50, 0x7F), *range(0x80, 0xA1)]),
        (0xA6, [*range(0xD9, 0xF6)]),
        (0xA8, [0xBC, 0xBF]),
    ):
        for trail in trails:
            assert unknown_private_use(clean(bytes([lead, trail]).decode("gb18030"))) == []


def test_points_of_an_offices_own_font_stay_and_are_told():
    assert clean("韦\ue000") == "韦\ue000"
    assert unknown_private_use("韦\ue000\ufffd") == ["\ue000", "\ufffd"]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("韦\u00a0德", "韦 德"),
        ("\ufeff韦\u200b德", "韦德"),
        ("韦\r\n德", "韦 德"),
        ("⻩⽯", "黄石"),
        ("\uf9d1", "六"),
        ("韦\ue5e5德", "韦 德"),
        ("a_x000D_\nb", "a b"),
    ],
)
def test_spaces_and_look_alikes_are_folded(typed, plain):
    assert clean(typed) == plain


@pytest.mark.parametrize(
    ("typed", "plain"), [("１９６８．０７", "1968.07"), ("（０７７０）", "(0770)"), ("ＡＢＣ", "ABC"), ("①", "1")]
)
def test_full_width_signs_are_made_narrow(typed, plain):
    assert narrow(typed) == plain


def test_squeezed_text_has_no_space():
    assert squeezed(" 身　份 证\n号 ") == "身份证号"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("陈 庆", "陈庆"),
        ("欧 阳　秀 强", "欧阳秀强"),
        ("阿依 · 买买提", "阿依·买买提"),
        ("阿依.买买提", "阿依·买买提"),
        ("J. Smith", "J. Smith"),
        ("韦Ａ", "韦A"),
        ("Ｍａｒｙ　Ｓｍｉｔｈ", "Mary Smith"),
        ("荔园（第２）超市", "荔园（第2）超市"),
    ],
)
def test_a_name_is_freed_of_stray_spaces_and_wide_letters_and_has_one_kind_of_dot(typed, name):
    assert person_name(typed) == name
