"""A statement's files: the notice for the wall, JSON, CSV, XLSX, and the two offline verifiers."""

import csv
import hashlib
import io
import json
import tempfile
from operator import attrgetter, itemgetter
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.admin.list_export import harmless
from config.kit.downloads import download
from config.kit.excel import Block, Column, Frame, Worksheet, write_workbook
from config.kit.excel_cells import MONEY, NUMBER, TEXT
from config.kit.paper import paper_size
from fund.disclosure.statements import data as downloads
from fund.disclosure.statements.check_code import verdict_on
from fund.disclosure.statements.papers import notice
from fund.disclosure.statements.public import statement_page
from fund.disclosure.wording import SIDES

OFFLINE = Path(__file__).resolve().parent / "offline"


def _statement(number):
    statement = downloads.published(number)
    if statement is None:
        raise Http404
    return statement


def chinese_address(request, number):
    """The full address of a statement's Chinese page: what the code on paper opens, whatever language it is in."""
    with translation.override("zh-hans"):
        return request.build_absolute_uri(reverse("fund:statement", kwargs={"number": number}))


@require_safe
def notice_pdf(request, number):
    """The notice for the wall, in the reader's language; the same statement gives the same bytes."""
    page = statement_page(number)
    if page is None:
        raise Http404
    paper = paper_size(request.GET.get("paper", ""))
    content = notice(page, address=chinese_address(request, number), paper=paper)
    answer = download(content, f"{number}-{paper}.pdf", inline=True, is_public=True)
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return answer


@require_safe
def data_json(request, number):
    statement = _statement(number)
    content = json.dumps(downloads.data_of(statement), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return download(content, f"{statement.number}.json", is_public=True)


@require_safe
def data_csv(request, number):
    """Rows for a spreadsheet; the byte order mark lets Chinese Excel open it by double click."""
    statement, buffer = _statement(number), io.StringIO()
    writer = csv.writer(buffer)
    dictionary = downloads.dictionary()
    writer.writerow([word for _key, word, _meaning in dictionary])
    for row in downloads.rows_of(statement):
        values = [getattr(row, key) for key, _word, _meaning in dictionary]
        writer.writerow([harmless(value) if isinstance(value, str) else value for value in values])
    return download("\ufeff" + buffer.getvalue(), f"{statement.number}.csv", is_public=True)


@require_safe
def data_xlsx(request, number):
    """The rows with their sums, and beside them what each column means."""
    statement = _statement(number)
    kinds = {"number": NUMBER, "persons": NUMBER, "amount": MONEY}
    widths = {"number": 8, "date": 12, "side": 8, "kind": 14, "summary": 40, "names": 30, "persons": 8, "amount": 14}
    columns = [
        Column(word, attrgetter(key), kinds.get(key, TEXT), widths[key], total=key in {"persons", "amount"}, key=key)
        for key, word, _meaning in downloads.dictionary()
    ]
    rows = downloads.rows_of(statement)
    blocks = [
        Block(columns, [row for row in rows if row.side == side], heading=side, has_total=True)
        for side in map(str, SIDES.values())
    ]
    meanings = [
        Column(_("column"), itemgetter(1), width=20),
        Column(_("meaning"), itemgetter(2), width=70),
    ]
    sheets = [
        Worksheet(_("rows"), str(statement), blocks, unit=_("yuan")),
        Worksheet(_("columns"), _("What the columns mean"), [Block(meanings, downloads.dictionary())]),
    ]
    frame = Frame(
        reporting_unit=statement.pot.name,
        on=statement.published_on or clock.today(),
        phone=statement.pot.organization.supervision_phone,
        confidential=False,
    )
    with tempfile.TemporaryDirectory() as folder:
        content = write_workbook(Path(folder) / "statement.xlsx", sheets, frame).read_bytes()
    return download(content, f"{statement.number}.xlsx", is_public=True)


@require_safe
def verify(request):
    """How to check a statement; with a code in the address, whether it fits."""
    code = request.GET.get("code")
    return render(request, "fund/verify.html", {"code": code, "verdict": None if code is None else verdict_on(code)})


@require_safe
def verifier(request, name):
    """One of the two offline verifiers, as a file to keep: it is meant for machines that do not trust this one."""
    if name not in ("verifier.html", "yure_verify.py"):
        raise Http404
    return download((OFFLINE / name).read_bytes(), name, is_public=True)
