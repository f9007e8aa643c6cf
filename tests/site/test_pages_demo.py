"""What the public pages say of the demo community, and how much they weigh."""

import re

import pytest

from activities.models import MiniWish
from tests.site.test_pages import PAGES, SHEETS

pytestmark = pytest.mark.django_db

MOST_BYTES = 100_000


def test_a_page_weighs_less_than_a_hundred_kilobytes(client, demo, settings):
    style = sum((settings.BASE_DIR / f"static/css/{name}.css").stat().st_size for name in SHEETS)
    script = (settings.BASE_DIR / "static/js/read-aloud.js").stat().st_size

    for page in [*PAGES, "/fund/lines/"]:
        assert len(client.get(page).content) + style + script < MOST_BYTES, page


def test_the_front_page_shows_the_demo_figures(client, demo):
    html = client.get("/").content.decode()

    figures = re.findall(r'<span class="amount[^"]*">([\d,.]+)<span class="unit">(\w+)', html)
    assert figures == [
        ("275", "人"),
        ("1,046", "人"),
        ("72", "场"),
        ("91", "人"),
        ("10", "场"),
        ("25,000.00", "元"),
        ("24", "个"),
        ("1,086", "人次"),
        ("216", "种"),
        ("2,068", "册"),
    ]
    assert re.findall(r'<dd class="amount">([\d,.]+)', html)[:4] == ["3,400.00", "0.00", "600.00", "2,800.00"]
    assert "看他的 173 项荣誉" in html
    assert 'datetime="2018-11-08"' in html


def test_search_finds_public_lines_of_every_kind(client, demo):
    html = client.get("/search/", {"q": "志愿"}).content.decode()

    assert [word for word in ("活动", "荣誉典型") if f">{word}</h2>" in html] == ["活动", "荣誉典型"]
    assert ">图书</h2>" in client.get("/search/", {"q": "故事"}).content.decode()
    assert ">党支部</h2>" in client.get("/search/", {"q": "离退休干部党支部"}).content.decode()


def test_a_withdrawn_wish_is_counted_but_its_words_are_found_nowhere(client, demo):
    withdrawn = MiniWish.objects.filter(state="withdrawn").first()
    MiniWish.objects.filter(pk=withdrawn.pk).update(public_text="想要一只会唱山歌的鹦鹉")

    requests = [("/wishes/", {"q": "鹦鹉"}), ("/wishes/", {"state": "withdrawn"}), ("/search/", {"q": "鹦鹉"})]
    pages = [client.get(address, query).content.decode() for address, query in requests]

    assert not [html for html in pages if "山歌" in html]
    assert withdrawn.code in pages[1]


def test_each_group_of_wishes_lists_as_many_as_the_tally_says(client, demo):
    html = client.get("/wishes/").content.decode()
    tally = re.findall(r'<a href="\?state=(\w+)">([\d,]+)</a>', html)

    listed = [client.get("/wishes/", {"state": group}).content.decode() for group, _number in tally]

    assert tally == [("closed", "24"), ("in_hand", "6"), ("posted", "4"), ("withdrawn", "2")]
    assert [page.count('class="wish-slip"') for page in listed] == [24, 6, 4, 2]
