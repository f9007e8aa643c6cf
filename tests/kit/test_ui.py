"""How figures are written on pages, and what the components make of odd values."""

import re
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from config.kit import ui
from config.kit.paging import page_of


def rendered(source, **context):
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ["275 人", "1,086 人次"]), ("en", ["275 persons", "1,086 person-times"])]
)
def test_persons_and_person_times_are_separate_words(language, words):
    with translation.override(language):
        assert [ui.persons(275), ui.person_times(1086)] == words


def test_figures_keep_their_thousands_apart_and_their_decimals():
    assert [ui.number(1046), ui.number(None), ui.yuan(Decimal("25000")), ui.plain_number(Decimal("150.00"))] == [
        "1,046",
        "",
        "25,000.00",
        "150",
    ]
    assert rendered('{% amount value "元" size="large" %}', value=Decimal("2800")) == (
        '<span class="amount amount-large">2,800.00<span class="unit">元</span></span>'
    )


def test_a_check_code_is_read_in_groups_of_four():
    assert ui.groups_of_four("M3VH-8WTC-Q6ZE") == ["M3VH", "8WTC", "Q6ZE"]


def test_a_chinese_title_breaks_between_its_phrases_only():
    with translation.override("zh-hans"):
        assert ui.heading("荔园社区 <收支> 公示") == "荔园社区<wbr>&lt;收支&gt;<wbr>公示"
    with translation.override("en"):
        assert ui.heading("The third quarter") == "The third quarter"


def test_other_words_in_the_address_survive_a_change_of_page():
    request = RequestFactory().get("/wishes/", {"q": "灯&泡", "page": "2"})

    assert ui.asking({"request": request}, page=3) == "?q=%E7%81%AF%26%E6%B3%A1&page=3"
    assert ui.asking({"request": request}, page=None, q="") == "?"


@pytest.mark.parametrize(
    ("here", "there"),
    [("/", "/en/"), ("/en/", "/"), ("/english-books/", "/en/english-books/"), ("/en/fund/?q=1", "/fund/?q=1")],
)
def test_the_same_page_in_the_other_language(here, there):
    assert ui.other_language({"request": RequestFactory().get(here)}) == there


def test_the_pager_names_the_pages_before_and_after():
    request = RequestFactory().get("/", {"page": "2"})
    page = page_of(request, list(range(70)), per_page=30)

    html = rendered("{% pager page %}", page=page, request=request)

    assert 'href="?page=1"' in html
    assert 'href="?page=3"' in html
    assert rendered("{% pager page %}", page=page_of(request, [1]), request=request) == ""


def test_what_people_typed_is_never_markup():
    html = rendered('{% search_field "q" "找" value %}', value='"><script>alert(1)</script>')

    assert "<script>" not in html


FILTER = """{% filter_form "查书" %}{% search_field "q" "书名" q %}{% choice_field "kind" "分类" kinds kind everything="全部分类" %}
<select name="year"><option value="">全部年份</option><option value="2018"{% if year %} selected{% endif %}>2018年</option></select>
{% endfilter_form %}"""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "查书：全部"),
        ({"q": "山歌 & <b>", "kind": "a"}, "查书：山歌 &amp; &lt;b&gt;，文学"),
        ({"year": 2018}, "查书：2018年"),
    ],
)
def test_a_folded_filter_says_what_is_chosen(given, said):
    with translation.override("zh-hans"):
        html = rendered(FILTER, kinds=[("a", "文学"), ("b", "政经")], **given)

    assert re.search("<summary>(.*)</summary>", html)[1] == said


def test_a_form_that_its_page_is_for_is_not_folded():
    html = rendered('{% filter_form "核对" folded=False %}{% search_field "q" "校验码" %}{% endfilter_form %}')

    assert "<details" not in html


def test_every_part_of_a_table_says_its_role():
    html = rendered(
        '{% table "ledger-lines" %}<caption>账</caption><thead><tr><th scope="col">日</th></tr></thead><tbody>'
        '<tr class="total"><th scope="row" colspan="2">合计</th><td class="num">{{ typed }}</td></tr></tbody>{% endtable %}',
        typed="<td>",
    )

    assert html == (
        '<table class="ledger-lines" role="table"><caption>账</caption><thead role="rowgroup"><tr role="row">'
        '<th scope="col" role="columnheader">日</th></tr></thead><tbody role="rowgroup"><tr role="row" class="total">'
        '<th scope="row" role="rowheader" colspan="2">合计</th><td role="cell" class="num">&lt;td&gt;</td></tr></tbody></table>'
    )
