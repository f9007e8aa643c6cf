"""The browser's verifier, opened from disk with the network off, says what the Python one says."""

import json

import pytest

from fund.downloads import OFFLINE
from fund.models import Statement
from fund.public.downloads import data_of, published

pytestmark = pytest.mark.django_db
NUMBER = "mutual-aid-2018-2"


def verdict(page, tmp_path, data, code=""):
    file = tmp_path / "data.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    page.goto((OFFLINE / "verifier.html").as_uri())
    page.set_input_files("#file", str(file))
    page.fill("#code", code)
    page.click("#check")
    page.wait_for_function("document.getElementById('result').textContent !== ''")
    return page.inner_text("#result")


def test_the_same_statement_passes_and_every_change_is_found_offline(demo, page, context, tmp_path):
    context.set_offline(True)
    code = Statement.objects.get(number=NUMBER).short_code
    text = json.dumps(data_of(published(NUMBER)))

    assert verdict(page, tmp_path, json.loads(text), code).startswith("PASS")
    assert code in verdict(page, tmp_path, json.loads(text))
    for change, place in (
        (lambda data: data["document"]["lines"][3].update(fen=1), "第 4 行"),
        (lambda data: data["document"]["lines"].pop(3), "第 4 行"),
        (lambda data: data["document"]["lines"].insert(3, data["document"]["lines"].pop(4)), "第 4 行"),
        (lambda data: data["names"][3].update(masked="韦*福"), "被换过"),
        (lambda data: data["document"].update(organization="别的单位"), "表头"),
    ):
        data = json.loads(text)
        change(data)
        words = verdict(page, tmp_path, data, code)
        assert words.startswith("FAIL"), place
        assert place in words
    assert "纸上是" in verdict(page, tmp_path, json.loads(text), "AAAA-BBBB-CCCC-DDDD-EEEE")
    assert verdict(page, tmp_path, "no json").startswith("FAIL")
