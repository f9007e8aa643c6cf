"""The notice on the wall says what the public sheet says, reads back from paper, and gives nobody away."""

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from config.kit.money import in_capitals
from fund.disclosure.statements.listing import chain_of
from fund.disclosure.statements.papers import notice
from fund.disclosure.statements.public import Correction, statement_page
from fund.donations.actions import receive_donation
from fund.models import Statement
from tests.fund.make import OPENED, book, make_donation, make_pot, make_quarter, published
from tests.make import make_organization, make_user
from tests.reading import fonts_of, info_of, page_size, qr_code_of, squeezed, text_of_pdf, type_size
from tests.site.test_public_pages import names_to_hide

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
ADDRESS = "https://board.example.org/fund/statements/x/"


def get(client, statement, query="", prefix=""):
    answer = client.get(f"{prefix}/fund/statements/{statement.number}/notice.pdf{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.fixture
def statement(db):
    return make_quarter()[1]


def test_the_notice_of_the_second_quarter_reads_as_in_the_handbook(client, statement):
    words = squeezed(text_of_pdf(get(client, statement)))

    for part in (
        statement.office_number,
        "2018年第二季度收支情况公示",
        "2018年4月1日",
        "一、上期结余2,200.00",
        "收入小计3,600.00",
        "支出小计2,400.00",
        "四、期末结余3,400.00",
        "2,200.00＋3,600.00－2,400.00＝3,400.00",
        "人民币叁仟肆佰元整",
        "公示时间：2018年7月10日至2018年7月18日（7个工作日）",
        "盖章处",
        statement.short_code,
        statement.previous.short_code,
    ):
        assert squeezed(part) in words, part


def test_paper_is_a4_or_a3_and_anything_else_asked_for_is_a4(client, statement):
    assert page_size(get(client, statement)) == (210, 297)
    assert page_size(get(client, statement, "?paper=a3")) == (297, 420)
    for garbage in ("?paper=", "?paper=%00", "?paper=a0&paper=letter", "?paper=" + "9" * 400, "?page=a3"):
        assert page_size(get(client, statement, garbage)) == (210, 297)
    assert client.get("/fund/statements/no-such/notice.pdf").status_code == 404
    assert client.post(f"/fund/statements/{statement.number}/notice.pdf").status_code == 405


def test_the_same_statement_gives_the_same_bytes_and_an_unchanged_copy_is_not_sent_again(client, statement):
    address = f"/fund/statements/{statement.number}/notice.pdf?paper=a3"
    first, second = client.get(address), client.get(address)

    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert not first["ETag"].startswith("W/")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_body_type_is_14_points_on_a4_and_20_on_a3(client, statement):
    for paper, least in (("a4", 14), ("a3", 20)):
        content = get(client, statement, f"?paper={paper}")

        # Only the words beside the QR code, in the seal's place and at the foot are smaller, and they repeat the page.
        assert type_size(content, "收入小计") >= least
        assert type_size(content, "党员捐款") >= least
        assert type_size(content, "公示时间") >= least


def test_the_code_opens_the_chinese_page_in_either_language(client, statement):
    for prefix in ("", "/en"):
        content = get(client, statement, prefix=prefix)

        assert qr_code_of(content) == f"http://testserver/fund/statements/{statement.number}/"


def test_the_english_path_gives_an_english_notice(client, statement):
    text = text_of_pdf(get(client, statement, prefix="/en"))

    assert "1. Opening balance" in text
    assert "Page 1 of" in text
    assert statement.short_code in text


def test_every_font_is_embedded_and_subset(client, statement):
    for query in ("", "?paper=a3"):
        fonts = fonts_of(get(client, statement, query))
        assert fonts
        assert all(font.is_embedded and font.is_subset for font in fonts)


def test_names_with_rare_characters_are_printed(client):
    pot = make_pot()
    for donor in ("𠮷㼆䶮", "㼆怀德"):
        receive_donation(make_donation(pot=pot, donor=donor), by=make_user())
    statement = published(pot, OPENED, date(2018, 6, 30), on=date(2018, 7, 10))

    text = squeezed(text_of_pdf(get(client, statement)))

    assert "𠮷*䶮" in text
    assert "㼆*德" in text


def test_a_character_no_font_has_is_spelled_and_never_a_box(client):
    pot = make_pot()
    book(pot, pot.cash, pot.source("social_donation"), "5.00", date(2018, 2, 1), summary="义卖😀")
    statement = published(pot, OPENED, date(2018, 3, 31), on=date(2018, 4, 10))

    assert "义卖[U+1F600]" in squeezed(text_of_pdf(get(client, statement)))


def test_a_statement_of_300_lines_goes_over_pages_with_its_head_and_loses_no_line(client):
    pot = make_pot()
    for number in range(300):
        book(pot, pot.cash, pot.source("social_donation"), "1.00", date(2018, 2, 1), summary=f"第{number}批旧报纸")
    statement = published(pot, OPENED, date(2018, 3, 31), on=date(2018, 4, 10))

    *pages, rest = text_of_pdf(get(client, statement)).split("\f")

    assert rest == ""
    text = squeezed("".join(pages))
    assert all(f"第{number}批旧报纸" in text for number in range(300))
    assert all(f"第 {number} 页，共 {len(pages)} 页" in page for number, page in enumerate(pages, start=1))
    assert all("来源或用途" in page for page in pages[:-1])
    assert "300.00" in pages[-1] or "300.00" in pages[-2]


def test_a_correction_stands_on_top_of_both_sheets(client):
    pot, first = make_quarter()
    correction = published(
        pot, first.period_from, first.period_to, on=date(2018, 7, 18), corrects=first, correction_reason="备注写错"
    )

    old, new = (squeezed(text_of_pdf(get(client, statement_))) for statement_ in (first, correction))

    assert f"本期更正{squeezed(first.office_number)}" in new
    assert squeezed(correction.office_number) in old
    for words in (old, new):
        assert "更正原因：备注写错" in words
        assert "各项合计没有变动" in words
        assert words.index("更正原因") < words.index("一、上期结余")
    assert f"http://testserver/fund/statements/{first.number}/" in new
    assert f"http://testserver/fund/statements/{correction.number}/" in old


def test_changed_sums_are_told_with_both_figures(statement):
    page = statement_page(statement.number)
    line = chain_of(statement.pot)[-1]
    corrected = replace(
        page,
        corrects=line,
        correction_reason="漏记一笔",
        corrections=(Correction("收入", Decimal("3500.00"), Decimal("3600.00")),),
    )

    with translation.override("zh-hans"):
        words = squeezed(text_of_pdf(notice(corrected, address=ADDRESS)))

    assert "漏记一笔" in words
    assert "3,500.00" in words
    assert "3,600.00" in words


def test_nothing_private_is_in_the_bytes_the_text_or_the_metadata(client):
    organization = make_organization(full_name="测试社区管理小组", supervision_phone="0770-0000000")
    pot = make_pot(organization=organization, holding=1000)
    planted = ["欧阳怀仁德", "14000000001", "私下转告", "经手张三丰", "住在荔枝巷"]
    receive_donation(
        make_donation(
            pot=pot, donor=planted[0], phone=planted[1], purpose=planted[2], handler=planted[3], remark=planted[4]
        ),
        by=make_user(username="planted-user-name"),
    )
    statement = published(pot, OPENED, date(2018, 6, 30), on=date(2018, 7, 10))

    for content in (get(client, statement), get(client, statement, "?paper=a3", "/en")):
        shown = squeezed(text_of_pdf(content)) + repr(info_of(content)) + content.decode("latin-1")
        assert "欧" in shown
        for value in [*planted, "planted-user-name"]:
            assert value not in shown
            assert value.encode().decode("latin-1") not in shown
            assert value.encode("utf-16-be").decode("latin-1") not in shown


def test_the_page_of_a_statement_leads_to_both_papers(client, statement):
    html = client.get(f"/fund/statements/{statement.number}/").content.decode()

    for paper in ("a4", "a3"):
        assert f'href="/fund/statements/{statement.number}/notice.pdf?paper={paper}"' in html


def test_every_notice_of_the_demo_fits_on_few_pages_and_hides_the_names_it_must(demo, client):
    hidden = names_to_hide()
    assert len(hidden) > 300

    for statement in Statement.objects.published().defer("document"):
        for prefix in ("", "/en"):
            content = get(client, statement, "?paper=a3", prefix)
            words = squeezed(text_of_pdf(content))
            assert statement.short_code in words
            assert int(info_of(content)["Pages"]) <= 3
            assert not [name for name in hidden if name in words], statement


def parsed(words):
    """Fen of an amount in capital numerals, read as an accountant reads it; nothing of the writer is used."""
    digits = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1000}
    sign, words = (-1, words[1:]) if words[0] == "负" else (1, words)
    whole, fen = 0, 0
    if "元" in words:
        text, words = words.split("元")
        total = section = digit = 0
        for character in text:
            if character in digits:
                digit = digits[character]
            elif character in units:
                section, digit = section + digit * units[character], 0
            elif character == "万":
                total, section, digit = total + (section + digit) * 10_000, 0, 0
            elif character == "亿":
                total, section, digit = (total + section + digit) * 100_000_000, 0, 0
        whole = total + section + digit
    for unit, worth in (("角", 10), ("分", 1)):
        place = words.find(unit)
        if place > 0:
            fen += digits[words[place - 1]] * worth
    return sign * (whole * 100 + fen)


def test_ten_thousand_random_amounts_in_capitals_read_back_as_themselves():
    chance = random.Random(20181030)

    for _number in range(10_000):
        fen = chance.randrange(10 ** chance.randrange(1, 14)) * chance.choice([1, 1, 10, 100, 1000, 100_000]) % 10**13
        words = in_capitals(Decimal(fen) / 100)
        assert parsed(words) == fen, (fen, words)
        assert "零零" not in words
        assert not re.search(r"零[元万亿拾佰仟]", words.replace("零元整", ""))
