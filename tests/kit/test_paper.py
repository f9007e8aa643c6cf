"""A template and its data become a PDF with embedded fonts, and nothing is printed as an empty box."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from config.kit.paper import paper_size, qr_svg, refuse_unprintable, render, spelled
from tests.reading import fonts_of, info_of, page_size, qr_code_of, squeezed, text_of_pdf

TEMPLATE = """
#import "base.typ": *
#show: form.with(size: 14pt, foot: ("脚注",))
#title(over: "单位", under: ("第二行",), data.title)
#meta-line("左", "中", "右")
#ruled(columns: (1fr, 5em), align: (start, end), head: ("姓名", "金额"), ..data.rows.flatten())
#seal-place("单位", "2018年7月10日", "盖章处")
#if "code" in data { image("qr.svg", width: 30mm) }
"""
DATA = {
    "title": "名册 一览",
    "author": "测试单位",
    "day": date(2018, 7, 10),
    "language": "zh",
    "region": "cn",
    "page_words": "第 {page} 页，共 {pages} 页",
    "rows": [["韦怀德", "1.00"]],
}


@pytest.fixture
def template(tmp_path) -> Path:
    path = tmp_path / "form.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_the_same_data_gives_the_same_bytes_and_names_only_what_was_given(template):
    content = render(template, DATA)

    assert content == render(template, DATA)
    info = info_of(content)
    assert (info["Title"], info["Author"]) == ("名册 一览", "测试单位")
    assert "2018" in info["CreationDate"]
    assert not {"Subject", "Keywords"} & set(info)


@pytest.mark.parametrize(("paper", "size"), [("a3", (297, 420)), ("a4", (210, 297)), ("a5", (148, 210))])
def test_the_same_form_fills_every_size_of_paper(template, paper, size):
    assert page_size(render(template, DATA, paper=paper)) == size


@pytest.mark.parametrize("typed", ["", "A9", "\0", "a4' or 1", "9" * 40, None])
def test_an_unknown_paper_is_a4(typed):
    assert paper_size(typed) == "a4"
    assert paper_size("A3") == "a3"


def test_rare_names_are_drawn_with_embedded_subset_fonts(template):
    content = render(template, DATA | {"rows": [["𠮷㼆䶮堃", "1.00"], ["Ōta Ñandú", "2.00"]]})

    assert "𠮷㼆䶮堃" in text_of_pdf(content)
    assert fonts_of(content)
    assert all(font.is_embedded and font.is_subset for font in fonts_of(content))


def test_a_character_no_font_has_is_refused_with_its_place_and_never_printed_as_a_box(template):
    with pytest.raises(ValidationError) as refusal:
        render(template, DATA | {"rows": [["韦😀德", "1.00"]]})

    assert refusal.value.code == "unprintable"
    assert refusal.value.params["character"] == "😀"
    assert refusal.value.params["point"] == "U+1F600"
    assert refusal.value.params["where"] == "韦😀德"
    assert "韦[U+1F600]德" in text_of_pdf(render(template, DATA | {"rows": [["韦😀德", "1.00"]]}, spell=True))


def test_signs_that_are_never_drawn_are_no_missing_characters():
    refuse_unprintable("葛\U000e0100 姓　名\n1\t2\u200b ﹏〔〕…—“”×＋")
    assert spelled("韦怀德") == "韦怀德"


def test_data_stays_text_whatever_it_looks_like(template):
    evil = '#import "x.typ" $1$ \\ *b* _i_ <l> @r `c` #read("/etc/passwd")'

    content = render(template, DATA | {"rows": [[evil, gettext_lazy("Income")]]})

    assert squeezed(evil) in squeezed(text_of_pdf(content)).replace("’", "'")


def test_a_long_table_repeats_its_head_and_counts_its_pages(template):
    content = render(template, DATA | {"rows": [[f"第{number}人", f"{number}.00"] for number in range(1, 301)]})

    *pages, rest = text_of_pdf(content).split("\f")
    assert rest == ""
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
    assert all("姓名" in page for page in pages if "人" in page.partition("第 ")[0])
    assert all(f"第{number}人" in squeezed("".join(pages)) for number in range(1, 301))


def test_a_printed_code_is_read_back(template):
    address = "https://board.example.org/fund/statements/mutual-aid-2018-2/"

    content = render(template, DATA | {"code": True}, files={"qr.svg": qr_svg(address)})

    assert qr_code_of(content) == address
