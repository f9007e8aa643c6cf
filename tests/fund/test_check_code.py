"""The box for a check code: whoever holds the paper types its code and reads whether it matches."""

import re
from html import unescape

import pytest
from django.db import connection

from fund.disclosure.statements.check_code import verdict_on
from fund.disclosure.statements.document import bare_code
from fund.models import Statement
from tests.fund.lifted_triggers import lifted
from tests.fund.make import make_quarter

pytestmark = pytest.mark.django_db


def newest():
    return Statement.objects.published().filter(pot__code="mutual-aid").order_by("-period_to").first()


def answer(client, code, prefix=""):
    """`(heading, everything the box says)` after a code was typed."""
    page = client.get(f"{prefix}/fund/verify/", {"code": code})
    assert page.status_code == 200
    box = re.search(r'<section class="verdict.*?</section>', page.content.decode(), re.S)[0]
    text = unescape(re.sub(r"<[^>]+>", "", box))
    return text.split()[1], " ".join(text.split())


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        "{bare}",
        "{spaced}",
        "{small}",
        " {lines}\r\n",
        "{wide}",
        "校验码：{code}。",
        "{dots}",
        "{digest}",
    ],
)
def test_a_code_matches_however_it_is_typed(client, demo, typed):
    statement = newest()
    bare = statement.short_code.replace("-", "")
    groups = statement.short_code.split("-")
    forms = {
        "code": statement.short_code,
        "bare": bare,
        "spaced": "  ".join(groups),
        "small": statement.short_code.lower(),
        "lines": "\r\n".join(groups),
        "wide": "　".join(groups).translate({point: point + 0xFEE0 for point in range(0x21, 0x7F)}),
        "dots": "·".join(groups),
        "digest": statement.digest,
    }

    heading, text = answer(client, typed.format(**forms))

    assert heading == "相符"
    assert "2018年第三季度" in text
    assert "期末结余应当是 2,800.00 元" in text


def test_the_first_groups_of_a_code_match_so_far(client, demo):
    heading, text = answer(client, newest().short_code[:9])

    assert heading == "目前相符"
    assert "前 8 个字" in text
    assert "还有 12 个字" in text


def test_a_misread_code_does_not_match_and_names_the_group_that_differs(client, demo):
    code = newest().short_code
    typed = code[:5] + "0I" + code[7:]

    heading, text = answer(client, typed)

    assert heading == "不相符"
    assert f"第 2 组：您输入的是 0I{code[7:9]}，公示上是 {code[5:9]}" in text
    assert "原样留好" in text


def test_a_code_that_nobody_published_does_not_match_and_says_what_to_do(client, demo):
    heading, text = answer(client, "M3VH 8WTC Q6ZE 2KRP D9XA")

    assert heading == "不相符"
    assert "没有这个校验码" in text
    assert "监督电话" in text
    assert answer(client, "f" * 64)[0] == "不相符"
    assert answer(client, "M3VH 8WTC Q6ZE 2KRP D9XA", "/en")[1].startswith("✕ Does not match")


def test_a_sheet_that_was_changed_on_the_website_does_not_match_the_code_on_paper(client, demo):
    statement = newest()
    with lifted(connection):
        Statement.objects.filter(pk=statement.pk).update(
            document=statement.document.replace('"closing":280000', '"closing":280001')
        )

    heading, text = answer(client, statement.short_code)

    assert heading == "不相符"
    assert "网上这一份被人改过" in text


def test_the_code_of_a_corrected_statement_matches_and_leads_to_the_correction(client, demo):
    correction = Statement.objects.published().exclude(corrects=None).first()

    heading, text = answer(client, correction.corrects.short_code)

    assert heading == "相符"
    assert f"{correction.office_number}更正过" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "还没有输入"),
        (" \r\n　", "还没有输入"),
        ("校验码", "您输入了 0 个"),
        ("7RC", "您输入了 3 个"),
        ("\x00'\"--<b>", "您输入了 1 个"),
        ("A" * 21, "您输入了 21 个字"),
        ("A" * 5000, "您输入了 5000 个字"),
    ],
)
def test_empty_and_nonsense_codes_are_answered_in_a_sentence(client, demo, typed, sentence):
    heading, text = answer(client, typed)

    assert heading == "还没有核对"
    assert sentence in text
    assert "四个字" in text


def test_a_page_without_a_code_asks_for_one_and_judges_nothing(client, demo):
    html = client.get("/fund/verify/").content.decode()

    assert 'class="verdict' not in html
    assert re.search(r'<form class="filter" action="/fund/verify/"[^>]*>.*<input[^>]* name="code"', html, re.S)


def test_nothing_matches_before_anything_is_published(client, db):
    assert answer(client, "M3VH8WTCQ6ZE2KRPD9XA")[0] == "不相符"


def test_the_list_of_statements_finds_a_code_however_it_is_typed(client, demo):
    code = newest().short_code

    for typed in (code, code.lower().replace("-", " "), bare_code(code)[4:12]):
        html = client.get("/fund/statements/", {"q": typed}).content.decode()
        assert "共 1 期" in html, typed


def test_the_number_of_a_statement_is_told_from_its_code_and_leads_to_it(demo):
    spellings = ["〔2018〕2 号", "〔2018〕2号", "2018-2", "[2018] 2", "２０１８年2号", "第2018-002号"]
    verdicts = {typed: verdict_on(typed) for typed in spellings}

    assert {(verdict.is_same, verdict.heading) for verdict in verdicts.values()} == {(None, "这是编号，不是校验码")}
    assert {verdict.address for verdict in verdicts.values()} == {"/fund/statements/mutual-aid-2018-2/"}
    assert verdict_on("〔2018〕9 号").address == ""
    make_quarter()  # another pot has the same number: which one is meant is not guessed
    assert {verdict_on(typed).address for typed in spellings} == {""}
