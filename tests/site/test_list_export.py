"""Every list of the office leaves it as it is seen: rows, order, columns, words and limits are the page's own."""

import csv
import io
import re
from html import unescape
from itertools import cycle

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from config.kit.crypto import EncryptedTextField
from config.site.demo.accounts import DEMO_ACCOUNTS
from members.models import AccessLog, Member

pytestmark = pytest.mark.django_db

OTHER_BRANCH = "荔园社区离退休干部党支部"
GARBAGE = [
    "?o=99.-99.x&q=%00%ff", "?nonsense__exact=1", "?p=-1", "?_to_field=citizen_id", "?branch__id__exact=%00",
    "?branch=99999999999999999999", "?state=x&state=y",
]  # fmt: skip


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def content_of(response):
    """The bytes of an answer; a file is read to its end, which closes it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(response):
    """The title line, the headings and the rows."""
    content = content_of(response)
    assert content.startswith(b"\xef\xbb\xbf")
    title, headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return title[0], headings, rows


def sheet_of(response):
    return load_workbook(io.BytesIO(content_of(response))).worksheets[0]


def sheet_rows(response):
    """The headings and the rows of the table in a workbook."""
    sheet = sheet_of(response)
    top = int(re.search(r"\d+", sheet.print_title_rows)[0])
    rows = list(sheet.iter_rows(min_row=top, values_only=True))
    foot = next(place for place, row in enumerate(rows) if str(row[0] or "").startswith("单位负责人"))
    return list(rows[0]), [list(row) for row in rows[1:foot]]


def seen_rows(response):
    """What the page's own table shows, cell by cell, without the boxes for choosing rows."""
    html = response.content.decode()
    body = html.partition('id="result_list"')[2].partition("</table>")[0].partition("<tbody>")[2]
    rows = []
    for row in body.split("<tr>")[1:]:
        cells = re.findall(r"<t[dh]([^>]*)>(.*?)</t[dh]>", row, re.S)
        rows.append([text_of(inner) for looks, inner in cells if "action-checkbox" not in looks])
    return rows


def seen_headings(response):
    """The headings of the columns that the page's own table shows."""
    head = response.content.decode().partition('id="result_list"')[2].partition("</thead>")[0]
    headings = [
        text_of(inner) for looks, inner in re.findall(r"<th( [^>]*)>(.*?)</th>", head, re.S) if "checkbox" not in looks
    ]
    return [heading.strip(" ▲▼") for heading in headings]


def said_once(response):
    """`{heading: words}` of the columns that are left out because each row says the same."""
    line = re.search(r'<p class="same-in-all"><b>.*?</b>(.*?)</p>', response.content.decode(), re.S)
    return dict(part.split("：", 1) for part in text_of(line[1]).split("；")) if line else {}


def whole_rows(response):
    """`{heading: words}` of each row, with what the page says once for all of them."""
    said = {heading: "" if words == "无" else words for heading, words in said_once(response).items()}
    headings = seen_headings(response)
    return [said | dict(zip(headings, cells, strict=True)) for cells in seen_rows(response)]


def text_of(inner):
    icon = re.search(r'<img src="[^"]*icon-(yes|no|unknown)', inner)
    if icon:
        return {"yes": "是", "no": "否", "unknown": "—"}[icon[1]]
    return " ".join(unescape(strip_tags(inner)).split())


def as_seen(text):
    """A cell of the file in the page's spelling: dates by numbers, amounts and counts without signs between digits."""
    text = " ".join(str("" if text is None else text).split())
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", text) or re.fullmatch(r"(\d{4})年(\d+)月(\d+)日", text)
    if day:
        return tuple(map(int, day.groups()))
    moment = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d)", text)
    moment = moment or re.fullmatch(r"(\d{4})年(\d+)月(\d+)日 (\d\d?:\d\d)", text)
    if moment:
        return (*map(int, moment.groups()[:3]), moment[4].zfill(5))
    number = text.replace(",", "")
    if re.fullmatch(r"-?\d+(\.\d+)?", number):
        return float(number)
    return "" if text == "—" else text


def answer_to(client, page, username="admin"):
    client.force_login(get_user_model().objects.get(username=username))
    return client.get(page)


@pytest.mark.same_everywhere
def test_both_files_hold_the_rows_and_columns_of_the_page(client, demo):
    compared = 0
    for model in admin.site._registry:
        names = {}
        for kind, read in (("csv", lambda response: csv_rows(response)[1:]), ("xlsx", sheet_rows)):
            # Asked anew each time: the log of exports grows by each.
            page = answer_to(client, address(model, "changelist"))

            names[kind], rows = read(client.get(address(model, "export", kind)))

            if kind == "xlsx" and not page.context["cl"].result_count:
                rows = rows[1:] if rows[0][0] == "列表为空。" else rows
            assert len(rows) == page.context["cl"].result_count, model
            for row, cells in zip(rows, whole_rows(page), strict=False):
                taken = {heading: as_seen(text) for heading, text in zip(names[kind], row, strict=True)}
                assert taken == {heading: as_seen(text) for heading, text in cells.items()}, model
                compared += 1
        assert names["csv"] == names["xlsx"], model
    assert compared > 400


def test_a_filtered_searched_and_sorted_list_leaves_as_it_stands(client, demo):
    tail = "?roll=all&sex__exact=1&q=韦&o=-4"
    page = answer_to(client, address(Member, "changelist") + tail)
    assert page.context["cl"].result_count > 3

    title, headings, lines = csv_rows(client.get(address(Member, "export", "csv") + tail))

    assert [line[0] for line in lines] == [row.name for row in page.context["cl"].result_list]
    assert headings[0] == "姓名"
    assert "内部资料 注意保密" in title
    assert "检索：韦" in title
    assert "男" in title
    assert f"共 {len(lines)} 行" in title


def test_the_header_of_a_workbook_names_unit_filter_person_and_moment(client, demo):
    response = answer_to(client, address(Member, "export", "xlsx") + "?q=韦", "secretary-a")

    sheet = sheet_of(response)
    top = [str(row[0]) for row in sheet.iter_rows(max_row=5, values_only=True)]
    assert "荔香街道" in top[1]
    assert top[2] == "内部资料 注意保密"
    assert "检索：韦" in top[3]
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", top[3])


def test_the_link_on_the_page_keeps_its_address(client, demo):
    page = answer_to(client, address(Member, "changelist") + "?sex__exact=1&q=%E9%9F%A6&p=1&o=-1")

    links = re.findall(r'href="([^"]*/export/[^"]*)"', page.content.decode())
    assert [unescape(link) for link in links] == [
        f"/admin/members/member/export/{kind}/?sex__exact=1&q=%E9%9F%A6&o=-1" for kind in ("xlsx", "csv")
    ]
    assert "/export/" not in client.get(address(Member, "changelist") + "?_popup=1").content.decode()


def test_a_secretary_takes_away_nothing_of_the_other_branch(client, demo):
    taken = 0
    for model in admin.site._registry:
        response = answer_to(client, address(model, "export", "csv"), "secretary-a")
        if response.status_code == 200:
            assert OTHER_BRANCH not in content_of(response).decode(), model
            taken += 1
    assert taken > 10


def test_a_forged_filter_tells_nothing_of_the_other_branch(client, demo):
    from branches.models import Branch

    other = Branch.objects.get(name=OTHER_BRANCH)
    others = set(other.members.values_list("name", flat=True))
    others -= set(Member.objects.exclude(branch=other).values_list("name", flat=True))
    response = answer_to(client, address(Member, "export", "csv") + f"?branch__id__exact={other.pk}", "secretary-a")

    content = content_of(response).decode()
    assert OTHER_BRANCH not in content
    assert not [name for name in others if name in content]


@pytest.mark.same_everywhere
@pytest.mark.parametrize("username", [account.username for account in DEMO_ACCOUNTS if account.role])
def test_who_sees_a_list_may_take_it_and_nobody_else(client, demo, username):
    user = get_user_model().objects.get(username=username)
    client.force_login(user)
    allowed, kinds = 0, cycle(("xlsx", "csv", "csv"))
    for model in admin.site._registry:
        app, name = model._meta.app_label, model._meta.model_name
        may = user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")
        response = client.get(address(model, "export", next(kinds)))
        assert response.status_code == (200 if may else 403), model
        content_of(response)
        allowed += may
    assert AccessLog.objects.filter(act=AccessLog.Act.EXPORT).count() == allowed
    assert allowed > 0


def test_private_fields_never_leave(client, demo):
    member = Member.objects.on_roll().first()

    text = content_of(answer_to(client, address(Member, "export", "csv"))).decode()

    assert member.citizen_id not in text
    assert member.phone not in text
    assert f"…{member.citizen_id[-4:]}," in text
    for model, site_admin in admin.site._registry.items():
        private = {field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)}
        assert not private & set(site_admin.list_display), model


def test_a_number_searched_for_is_written_neither_into_the_file_nor_into_the_log(client, demo):
    member = Member.objects.on_roll().first()

    title, _headings, lines = csv_rows(answer_to(client, f"{address(Member, 'export', 'csv')}?q={member.citizen_id}"))

    assert len(lines) == 1
    assert member.citizen_id not in title
    assert member.citizen_id not in AccessLog.objects.get().what


def test_an_export_with_a_long_filter_is_written_down_whole(client, demo):
    words = "韦" * 400

    content_of(answer_to(client, address(Member, "export", "csv") + f"?q={words}", "secretary-a"))

    assert words in AccessLog.objects.get().what


def test_an_export_is_written_down_with_list_rows_and_filter(client, demo):
    response = answer_to(client, address(Member, "export", "csv") + "?q=韦", "secretary-a")
    content_of(response)

    log = AccessLog.objects.get()
    assert (log.user.username, log.act) == ("secretary-a", AccessLog.Act.EXPORT)
    assert "CSV" in log.what
    assert "检索：韦" in log.what


@pytest.mark.same_everywhere
def test_garbage_gives_what_the_list_gives_and_never_breaks(client, demo):
    client.force_login(get_user_model().objects.get(username="admin"))
    for model in admin.site._registry:
        for tail in GARBAGE:
            page = client.get(address(model, "changelist") + tail)
            response = client.get(address(model, "export", "csv") + tail)
            content_of(response)
            assert response.status_code == page.status_code, (model, tail)
    assert client.get(address(Member, "export", "pdf")).status_code == 404
    assert client.post(address(Member, "export", "csv")).status_code == 405
    assert client.head(address(Member, "export", "csv")).status_code == 405


def test_an_export_asks_as_many_queries_for_many_rows_as_for_few(client, demo, django_assert_max_num_queries):
    client.force_login(get_user_model().objects.get(username="admin"))
    for model in admin.site._registry:
        counts = []
        for tail in ("?q=%E6%97%A0%E6%AD%A4", ""):
            with django_assert_max_num_queries(14, info=str(model)) as queries:
                content_of(client.get(address(model, "export", "csv") + tail))
            counts.append(len(queries))
        # Nothing found needs no look at what belongs to the rows.
        assert counts[1] - counts[0] <= 4, (model, counts)


def test_a_refused_export_leaves_neither_log_nor_file(client, demo, tmp_path, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    site_admin = admin.site._registry[Member]

    def stops(record):
        raise PermissionDenied

    monkeypatch.setattr(site_admin, "id_ending", stops)
    for kind in ("xlsx", "csv"):
        assert answer_to(client, address(Member, "export", kind)).status_code == 403

    assert list(tmp_path.iterdir()) == []
    assert not AccessLog.objects.exists()


def test_a_finished_export_leaves_no_file_either(client, demo, tmp_path, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    for kind in ("xlsx", "csv"):
        content_of(answer_to(client, address(Member, "export", kind)))

    assert list(tmp_path.iterdir()) == []
