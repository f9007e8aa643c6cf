"""A printed list: its head and mark on each page, pages counted, the same bytes for the same data, no character lost."""

from datetime import date

from django.utils import translation

from config.kit.paper.sheet import column, list_sheet
from tests.reading import info_of, page_size, squeezed, text_of_pdf


def make_list(rows=3, **fields):
    defaults = {
        "heading": "Things",
        "publisher": "The office",
        "on": date(2018, 10, 31),
        "columns": [column("No.", 3, "center"), column("What"), column("Yuan", 6, "end")],
        "rows": [[str(number), f"thing {number}", "1.00"] for number in range(1, rows + 1)],
    }
    with translation.override("en"):
        return list_sheet(**defaults | fields)


def test_head_mark_and_page_number_stand_on_each_page():
    content = make_list(100, mark="internal", foot=["Room 1"], total=["", "Total", "100.00"])

    pages = [squeezed(page) for page in text_of_pdf(content).split("\f")[:-1]]

    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert all(word in page for word in ("Things", "internal", "No.What", "Room1", f"Page{number}of{len(pages)}"))
    assert "thing100" in pages[-1]
    assert "100.00" in pages[-1]


def test_the_same_list_gives_the_same_bytes_and_says_whose_it_is():
    assert make_list() == make_list()
    assert info_of(make_list())["Title"] == "Things"
    assert info_of(make_list())["Author"] == "The office"


def test_a_list_lies_or_stands_on_the_paper_asked_for():
    assert page_size(make_list()) == (297, 210)
    assert page_size(make_list(flipped=False)) == (210, 297)
    assert page_size(make_list(paper="a3")) == (420, 297)


def test_columns_may_share_the_line_instead_of_counting_characters():
    assert "thing 3" in text_of_pdf(make_list(flexible=True))


def test_a_list_without_rows_is_its_head():
    assert "What" in text_of_pdf(make_list(0))


def test_a_character_without_glyph_is_spelled_and_stops_no_list():
    assert "[U+1F600]" in text_of_pdf(make_list(rows=0, notes=["😀"]))
