"""Whoever downloads a statement can prove it unchanged offline; any change is found, and where."""

import copy
import csv
import io
import json
import re
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from openpyxl import load_workbook

from fund.disclosure.statements.actions import withdraw_name
from fund.disclosure.statements.downloads import OFFLINE
from fund.models import Donation, Statement
from tests.reading import text_of_pdf

pytestmark = pytest.mark.django_db
NUMBER = "mutual-aid-2018-2"
PAGE = f"/fund/statements/{NUMBER}"


@pytest.fixture
def data(client, demo):
    return client.get(f"{PAGE}/data.json").json()


def verdict(tmp_path, *files, code=""):
    """Exit code and words of the Python verifier, run as a file of its own with no project in reach."""
    paths = []
    for place, content in enumerate(files):
        path = tmp_path / f"{place}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        paths.append(str(path))
    tool = tmp_path / "yure_verify.py"
    tool.write_bytes((OFFLINE / "yure_verify.py").read_bytes())
    answer = subprocess.run(
        [sys.executable, "-I", str(tool), *paths, *([code] if code else [])],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    return answer.returncode, answer.stdout


def one_fen(data):
    data["document"]["lines"][3]["fen"] += 1


def dropped_row(data):
    del data["document"]["lines"][3]


def swapped_rows(data):
    lines = data["document"]["lines"]
    lines[3], lines[4] = lines[4], lines[3]


def exchanged_name(data):
    data["names"][3]["masked"] = "韦*福"


def another_total(data):
    data["document"]["closing"] += 100


def another_header(data):
    data["document"]["organization"] = "别的单位"


def reseal(data, **header):
    """What a forger can do to one file: change its header and work out digest and code anew."""
    scope: dict = {"__name__": "tool"}
    exec((OFFLINE / "yure_verify.py").read_text(encoding="utf-8"), scope)
    data["document"].update(header)
    data["digest"] = scope["sha256"](scope["canonical"](data["document"]))
    data["short_code"] = scope["code_of"](data["digest"])


def missing_name(data):
    del data["names"][3]


CHANGES = {
    one_fen: "row 4",
    dropped_row: "row 4",
    swapped_rows: "row 4",
    exchanged_name: "name",
    another_total: "closing balance",
    another_header: "header",
    missing_name: "missing",
}


def test_an_untouched_statement_passes_with_the_code_on_the_paper(data, tmp_path):
    code = Statement.objects.get(number=NUMBER).short_code

    assert verdict(tmp_path, data, code=code) == (0, f"PASS {NUMBER}  {code}\n")
    assert verdict(tmp_path, data, code=code.lower().replace("-", " "))[0] == 0


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_statement_fails_and_the_place_is_named(data, tmp_path, change):
    changed = copy.deepcopy(data)
    change(changed)

    exit_code, words = verdict(tmp_path, changed)

    assert exit_code == 1
    assert words.startswith("FAIL")
    assert CHANGES[change] in words


def test_a_forger_who_recomputes_everything_is_caught_by_the_paper(data, tmp_path):
    code = data["short_code"]
    forged = copy.deepcopy(data)
    reseal(forged, organization="别的单位")

    assert verdict(tmp_path, forged)[0] == 0
    exit_code, words = verdict(tmp_path, forged, code=code)
    assert exit_code == 1
    assert "the paper says" in words


def test_all_statements_follow_on_one_another_and_a_missing_one_is_told(client, demo, tmp_path):
    numbers = Statement.objects.published().order_by("sequence").values_list("number", flat=True)
    files = [client.get(f"/fund/statements/{number}/data.json").json() for number in numbers]

    assert verdict(tmp_path, *files)[0] == 0
    exit_code, words = verdict(tmp_path, *files[:5], *files[6:])
    assert exit_code == 1
    assert "missing between" in words


def test_after_a_consent_is_withdrawn_the_name_is_gone_and_it_still_passes(client, demo, tmp_path):
    gift = Donation.objects.filter(publicity="named", donated_on="2018-06-28", returned_entry=None).first()
    before = client.get(f"{PAGE}/data.json").content.decode()
    assert gift.donor in before

    withdraw_name(gift, by=get_user_model().objects.get(username="keeper"))

    after = client.get(f"{PAGE}/data.json")
    assert gift.donor not in after.content.decode()
    code = Statement.objects.get(number=NUMBER).short_code
    assert verdict(tmp_path, after.json(), code=code)[0] == 0


def test_a_broken_chain_is_told_and_the_newest_code_holds_the_whole_of_it(client, demo, tmp_path):
    numbers = list(Statement.objects.published().order_by("sequence").values_list("number", flat=True))
    files = [client.get(f"/fund/statements/{number}/data.json").json() for number in numbers]
    newest = Statement.objects.get(number=numbers[-1]).short_code

    assert verdict(tmp_path, *reversed(files), code=newest)[0] == 0
    exit_code, words = verdict(tmp_path, *files, code=Statement.objects.get(number=numbers[0]).short_code)
    assert exit_code == 1
    assert "the paper says" in words
    reseal(files[3], organization="别的单位")
    exit_code, words = verdict(tmp_path, *files)
    assert exit_code == 1
    assert f"chain: {numbers[4]} does not follow on this {numbers[3]}" in words
    reseal(files[3], sequence=None)
    assert verdict(tmp_path, *files)[0] == 1


def test_the_untouched_file_passes_with_the_code_printed_on_the_notice(client, data, tmp_path):
    words = text_of_pdf(client.get(f"{PAGE}/notice.pdf?paper=a3").content)
    printed = re.findall(r"\b(?:[2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}\b", words)

    assert printed[0] == data["short_code"]
    assert verdict(tmp_path, data, code=printed[0])[0] == 0
    assert data["document"]["previous"]["short_code"] in printed
    assert verdict(tmp_path, data, code=data["document"]["previous"]["short_code"])[0] == 1


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"document": 1}', "\x00"])
def test_what_is_no_statement_fails_with_a_sentence(content, tmp_path):
    (tmp_path / "x.json").write_text(content)
    answer = subprocess.run(
        [sys.executable, "-I", str(OFFLINE / "yure_verify.py"), str(tmp_path / "x.json")],
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 1
    assert "FAIL" in answer.stdout
    assert not answer.stderr


def test_rows_for_a_spreadsheet_sum_to_the_totals(client, demo, tmp_path):
    text = client.get(f"{PAGE}/data.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    (tmp_path / "d.xlsx").write_bytes(client.get(f"{PAGE}/data.xlsx").content)
    book = load_workbook(tmp_path / "d.xlsx", data_only=True)
    totals = [row[7] for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "合计"]

    assert sum(float(row[7]) for row in rows[1:] if row[2] == "收入") == 3600
    assert sum(float(row[7]) for row in rows[1:] if row[2] == "支出") == 2400
    assert totals == [3600, 2400]
    assert [row[0] for row in book.worksheets[1].iter_rows(min_row=4, max_row=11, values_only=True)] == rows[0]


def test_the_tools_are_files_to_keep(client):
    for name in ("verifier.html", "yure_verify.py"):
        answer = client.get(f"/fund/verify/{name}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert b"http" not in answer.content.lower().replace(b"http-equiv", b"")
    assert client.get("/fund/verify/settings.py").status_code == 404
    assert client.get("/fund/statements/no-such/data.json").status_code == 404
