"""The office's import pages: three steps, scoped to the branch, refusals as sentences."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from branches.models import ImportBatch
from config.site.roles import sync_roles
from members.models import AccessLog, Member
from tests.kit.workbooks import xlsx
from tests.make import make_branch, make_user
from tests.members.rosters import HEADER, person

DATA = Path(__file__).parent.parent / "data"

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    sync_roles()
    return make_branch(name="荔香街道办事处离退休干部党支部")


@pytest.fixture
def secretary(client, branch):
    user = make_user("secretary", branch=branch)
    client.force_login(user)
    return user


def send(client, branch, data, name="花名册.xlsx"):
    return client.post(
        reverse("admin:members_member_import"),
        {"file": SimpleUploadedFile(name, data), "target": branch.pk},
        follow=True,
    )


def text(response):
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def test_the_member_list_leads_to_the_import(client, secretary):
    response = client.get(reverse("admin:members_member_changelist"))

    assert reverse("admin:members_member_import") in response.content.decode()


def test_the_sample_goes_through_upload_look_confirm_and_undo(client, secretary, branch):
    response = send(client, branch, (DATA / "roster-street.xlsx").read_bytes())
    batch = ImportBatch.objects.get()
    assert response.redirect_chain == [(reverse("admin:members_member_import_batch", args=[batch.pk]), 302)]
    assert (batch.added, batch.refused, Member.objects.count()) == (39, 4, 0)
    assert "陈永英" in response.content.decode()

    held = client.post(reverse("admin:members_member_import_act", args=[batch.pk, "confirm"]), follow=True)
    assert Member.objects.count() == 0
    assert "messagelist" in held.content.decode()

    client.post(reverse("admin:members_member_import_act", args=[batch.pk, "confirm"]), {"skip": "on"})
    assert Member.objects.filter(branch=branch).count() == 39
    client.post(reverse("admin:members_member_import_act", args=[batch.pk, "undo"]))
    assert Member.objects.count() == 0


def test_the_look_shows_changes_and_masks_private_fields(client, secretary, branch):
    send(client, branch, xlsx([HEADER, person(1)]))
    client.post(reverse("admin:members_member_import_act", args=[ImportBatch.objects.get().pk, "confirm"]))

    page = text(send(client, branch, xlsx([HEADER, person(1, phone="14000009999")])))

    assert "140****0001" in page
    assert "140****9999" in page
    assert "14000009999" not in page


def test_refused_rows_are_downloaded_and_the_download_is_logged(client, secretary, branch):
    send(client, branch, xlsx([HEADER, person(1, name=None)]))
    batch = ImportBatch.objects.get()

    response = client.get(reverse("admin:members_member_import_refused", args=[batch.pk]))

    assert response.status_code == 200
    assert response.content.startswith(b"PK")
    assert AccessLog.objects.filter(act=AccessLog.Act.EXPORT, user=secretary).count() == 1


def test_a_long_file_name_is_kept_whole_where_it_was_imported_and_where_it_was_taken(client, secretary, branch):
    name = f"{'荔园社区离退休干部党支部党员花名册' * 14}.xlsx"
    send(client, branch, xlsx([HEADER, person(1, name=None)]), name)
    batch = ImportBatch.objects.get()

    client.get(reverse("admin:members_member_import_refused", args=[batch.pk]))

    assert batch.file_name == name
    assert AccessLog.objects.get().what == f"{name} 中存不了的行"


@pytest.mark.parametrize("data", [b"", b"<html><table></table></html>", b"\x00\x01\x02", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_a_sentence_and_stores_nothing(client, secretary, branch, data):
    response = send(client, branch, data)

    assert response.status_code == 200
    assert "id_file_error" in response.content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_forged_branch_is_refused(client, secretary):
    other = make_branch()

    send(client, other, xlsx([HEADER, person(1)]))

    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize("act", ["confirm", "discard", "undo"])
def test_another_branchs_import_is_not_there(client, secretary, branch, act):
    send(client, branch, xlsx([HEADER, person(1)]))
    batch = ImportBatch.objects.get()
    client.force_login(make_user("secretary", branch=make_branch()))

    statuses = [
        client.get(reverse("admin:members_member_import_batch", args=[batch.pk])).status_code,
        client.get(reverse("admin:members_member_import_refused", args=[batch.pk])).status_code,
        client.post(reverse("admin:members_member_import_act", args=[batch.pk, act])).status_code,
    ]

    assert statuses == [404, 404, 404]
    assert ImportBatch.objects.get().state == ImportBatch.State.PREVIEWED


def test_who_may_not_add_members_may_not_import(client, branch):
    client.force_login(make_user("publicity_officer", branch=branch))

    response = client.get(reverse("admin:members_member_import"))

    assert response.status_code == 403
    assert (
        reverse("admin:members_member_import")
        not in client.get(reverse("admin:members_member_changelist")).content.decode()
    )


def test_nothing_is_done_by_a_link(client, secretary, branch):
    send(client, branch, xlsx([HEADER, person(1)]))

    response = client.get(reverse("admin:members_member_import_act", args=[ImportBatch.objects.get().pk, "confirm"]))

    assert (response.status_code, Member.objects.count()) == (405, 0)


def test_the_list_of_imports_leads_to_their_pages_and_stays_in_the_branch(client, secretary, branch):
    send(client, branch, xlsx([HEADER, person(1)]))
    batch = ImportBatch.objects.get()

    assert "花名册.xlsx" in client.get(reverse("admin:branches_importbatch_changelist")).content.decode()
    response = client.get(reverse("admin:branches_importbatch_change", args=[batch.pk]))
    assert response.url == reverse("admin:members_member_import_batch", args=[batch.pk])

    client.force_login(make_user("secretary", branch=make_branch()))
    assert "花名册.xlsx" not in client.get(reverse("admin:branches_importbatch_changelist")).content.decode()


def test_the_page_of_a_batch_asks_a_fixed_number_of_queries(client, secretary, branch, django_assert_max_num_queries):
    send(client, branch, xlsx([HEADER, *(person(number, name=f"韦{number}") for number in range(1, 60))]))
    address = reverse("admin:members_member_import_batch", args=[ImportBatch.objects.get().pk])
    for number in range(5):
        send(client, branch, xlsx([HEADER, person(number + 1)]))

    with django_assert_max_num_queries(12):
        client.get(address)
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:members_member_import"))
