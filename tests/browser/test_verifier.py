"""The browser's verifier, opened from disk with the network off, says what the Python one says."""

import json
import re

import pytest
from django.contrib.auth import get_user_model

from fund.disclosure.statements.actions import withdraw_name
from fund.disclosure.statements.data import data_of, published
from fund.disclosure.statements.downloads import OFFLINE
from fund.models import Donation, Statement
from tests.fund.test_downloads import reseal
from tests.reading import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_database")]
NUMBER = "mutual-aid-2018-2"


def verdict(page, tmp_path, *contents, code=""):
    paths = []
    for place, content in enumerate(contents):
        file = tmp_path / f"{place}.json"
        file.write_text(
            content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8"
        )
        paths.append(str(file))
    page.goto((OFFLINE / "verifier.html").as_uri())
    page.set_input_files("#file", paths)
    page.fill("#code", code)
    page.click("#check")
    page.wait_for_function("document.getElementById('result').textContent !== ''")
    return page.inner_text("#result")


def test_the_same_statement_passes_and_every_change_is_found_offline(demo, page, context, tmp_path):
    context.set_offline(True)
    code = Statement.objects.get(number=NUMBER).short_code
    text = json.dumps(data_of(published(NUMBER)))

    assert verdict(page, tmp_path, json.loads(text), code=code).startswith("PASS")
    assert code in verdict(page, tmp_path, json.loads(text))
    for change, place in (
        (lambda data: data["document"]["lines"][3].update(fen=data["document"]["lines"][3]["fen"] + 1), "第 4 行"),
        (lambda data: data["document"]["lines"].pop(3), "第 4 行"),
        (lambda data: data["document"]["lines"].insert(3, data["document"]["lines"].pop(4)), "第 4 行"),
        (lambda data: data["names"][3].update(masked="韦*福"), "被换过"),
        (lambda data: data["document"].update(organization="别的单位"), "表头"),
    ):
        data = json.loads(text)
        change(data)
        words = verdict(page, tmp_path, data, code=code)
        assert words.startswith("FAIL"), place
        assert place in words
    assert "纸上是" in verdict(page, tmp_path, json.loads(text), code="AAAA-BBBB-CCCC-DDDD-EEEE")
    assert verdict(page, tmp_path, "no json").startswith("FAIL")


def test_several_files_pass_together_and_a_broken_chain_is_told(demo, page, context, tmp_path):
    context.set_offline(True)
    rows = list(Statement.objects.published().order_by("sequence"))[-4:]
    files = [data_of(published(row.number)) for row in rows]

    whole = verdict(page, tmp_path, *reversed(files), code=rows[-1].short_code)
    assert whole.startswith("PASS")
    assert all(row.short_code in whole for row in rows)
    assert "中间缺了一期" in verdict(page, tmp_path, files[0], *files[2:])
    assert "纸上是" in verdict(page, tmp_path, *files, code=rows[0].short_code)
    reseal(files[1], organization="别的单位")
    words = verdict(page, tmp_path, *files)
    assert words.startswith("FAIL")
    assert "接不上" in words
    assert rows[2].number in words


def test_the_code_printed_on_the_notice_passes_and_still_does_after_a_name_is_taken_off(
    demo, client, page, context, tmp_path
):
    context.set_offline(True)
    words = text_of_pdf(client.get(f"/fund/statements/{NUMBER}/notice.pdf").content)
    printed = re.findall(r"\b(?:[2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}\b", words)[0]
    gift = Donation.objects.filter(publicity="named", donated_on="2018-06-28", returned_entry=None).first()

    assert verdict(page, tmp_path, data_of(published(NUMBER)), code=printed).startswith("PASS")
    withdraw_name(gift, by=get_user_model().objects.get(username="keeper"))
    data = data_of(published(NUMBER))
    assert gift.donor not in json.dumps(data, ensure_ascii=False)
    assert verdict(page, tmp_path, data, code=printed).startswith("PASS")
