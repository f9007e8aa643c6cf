"""The file of a case in the office, and the notices that residents read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate as today

from config.site.roles import sync_roles
from fund.help.cases.actions import propose_case
from fund.help.cases.attachments import attach_paper
from fund.models import AssistanceCase, Recusal
from members.models import AccessLog
from tests.fund.make import make_case, make_pot, noticed_case, paid_case
from tests.make import codes_of, make_branch, make_citizen_id, make_organization, make_user, refusal_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 proof"


# In the office


def act_address(case, act):
    return reverse("admin:fund_assistancecase_transition", args=[case.pk, act])


def test_each_button_of_the_file_does_its_act_and_the_page_says_who_is_next(client):
    sync_roles()
    organization = make_organization()
    pot, branch = make_pot(organization=organization, holding=1000), make_branch(organization=organization)
    users = {
        role: make_user(role, organization=organization)
        for role in ("fund_keeper", "street_officer", "cashier", "discipline_officer", "accountant")
    }
    users["secretary"] = make_user("secretary", branch=branch)
    case = make_case(pot=pot, branch=branch)
    case.save()
    walk = [
        ("secretary", "propose", {}),
        (
            "secretary",
            "agree",
            {"day": "2018-04-03", "votes_for": 9, "votes_against": 0, "votes_abstained": 1, "amount": "300"},
        ),
        ("fund_keeper", "check", {"day": "2018-04-04", "remark": "齐全"}),
        ("street_officer", "approve", {"day": "", "amount": "260"}),
        ("fund_keeper", "start_notice", {}),
    ]

    with_today = today().isoformat()
    for role, act, data in walk:
        client.force_login(users[role])
        page = client.get(reverse("admin:fund_assistancecase_change", args=[case.pk]))
        assert act_address(case, act) in page.content.decode(), act
        assert client.get(act_address(case, act)).status_code == 200
        answered = client.post(act_address(case, act), data | ({"day": with_today} if data.get("day") == "" else {}))
        assert answered.status_code == 302, (act, answered.context and answered.context["form"].errors)

    case.refresh_from_db()
    assert (case.state, case.approved_amount) == ("in_notice", Decimal(260))
    client.force_login(users["accountant"])
    page = client.get(reverse("admin:fund_assistancecase_change", args=[case.pk])).content.decode()
    assert 'aria-current="step"' in page
    assert "下一步：结束公示（街道管理员，基金专管员）" in page
    assert act_address(case, "end_notice") not in page
    assert client.post(act_address(case, "end_notice")).status_code == 403


def test_papers_are_kept_private_named_by_nothing_and_every_look_is_written_down(client):
    sync_roles()
    organization = make_organization()
    pot, branch = make_pot(organization=organization, holding=1000), make_branch(organization=organization)
    secretary = make_user("secretary", branch=branch)
    case = make_case(pot=pot, branch=branch)
    case.save()
    client.force_login(secretary)

    for name, content in (("病历.exe", b"MZ"), ("空.pdf", b"")):
        answered = client.post(
            act_address(case, "attach"), {"title": "证明", "file": SimpleUploadedFile(name, content)}
        )
        assert answered.status_code == 200
    answered = client.post(
        act_address(case, "attach"), {"title": "低保证", "file": SimpleUploadedFile("陈志强病历.pdf", PDF)}
    )

    assert answered.status_code == 302
    paper = case.papers.get()
    assert paper.file.name.startswith("private/cases/")
    assert "陈" not in paper.file.name
    address = reverse("admin:fund_assistancecase_paper", args=[case.pk, paper.pk])
    served = client.get(address)
    assert (b"".join(served.streaming_content), "no-store" in served["Cache-Control"]) == (PDF, True)
    assert served["Content-Disposition"].startswith("attachment")
    assert AccessLog.objects.get().user == secretary
    for role, status in (("cashier", 403), ("publicity_officer", 404)):
        place = {"organization": organization} if role == "cashier" else {"branch": make_branch()}
        client.force_login(make_user(role, **place))
        assert client.get(address).status_code in {status, 403}
    client.logout()
    assert client.get(address).status_code == 302
    assert client.get(f"/media/{paper.file.name}").status_code == 404


def test_a_draft_that_is_deleted_takes_its_papers_from_the_disk(client, django_capture_on_commit_callbacks):
    client.force_login(make_user(is_superuser=True))
    case = make_case()
    case.save()
    paper = attach_paper(case, by=make_user(), file=SimpleUploadedFile("x.pdf", PDF), title="证明")
    address = reverse("admin:fund_assistancecase_delete", args=[case.pk])

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"post": "yes"}).status_code == 302

    assert not AssistanceCase.objects.exists()
    assert not paper.file.storage.exists(paper.file.name)


def test_a_paper_that_is_too_large_is_refused():
    case = make_case()
    case.save()

    too_large = SimpleUploadedFile("x.pdf", PDF + b"0" * (10 * 1024 * 1024))

    assert refusal_of(attach_paper, case, by=make_user(), file=too_large, title="x") == "file_too_large"


def test_the_application_form_asks_for_everything_the_paper_form_asks_for(client):
    client.force_login(make_user(is_superuser=True))
    pot = make_pot()
    data = {
        "pot": pot.pk,
        "applied_on": "2018-04-02",
        "beneficiary": "陈志强",
        "sex": "1",
        "birth_date": "1940-03-15",
        "citizen_id": make_citizen_id(),
        "joined_on": "1967-07-01",
        "unit": "荔江支部",
        "family_size": "2",
        "income_per_head": "800",
        "address": "榕树巷 2 号",
        "phone": "14000000001",
        "category": "hardship_member",
        "hardship": "serious_illness",
        "reason": "住院",
        "applied_amount": "300",
        "method": "cash",
    }
    add = reverse("admin:fund_assistancecase_add")
    for field, value in (("citizen_id", "123"), ("phone", "12"), ("applied_on", "2999-01-01"), ("is_emergency", "on")):
        form = client.post(add, data | {field: value}).context["adminform"].form
        assert set(form.errors) & {field, "emergency_reason"}

    assert client.post(add, data).status_code == 302

    case = AssistanceCase.objects.get()
    assert (case.family_size, case.income_per_head, case.phone) == (2, Decimal(800), "14000000001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT citizen_id, address, phone, reason FROM fund_assistancecase")
        assert not any(secret in str(cursor.fetchone()) for secret in (data["citizen_id"], "榕树巷", "14000000001"))


def test_the_street_keeps_the_register_of_recusals_for_its_own_people(client):
    sync_roles()
    street, elsewhere = make_organization(), make_organization()
    officer = make_user("street_officer", organization=street)
    own, other = make_user("cashier", organization=street), make_user("cashier", organization=elsewhere)
    client.force_login(officer)
    add = reverse("admin:fund_recusal_add")
    data = {"organization": street.pk, "relation": "spouse", "name": "陈志强"}

    assert "user" in client.post(add, data | {"user": other.pk}).context["adminform"].form.errors
    assert "name" in client.post(add, data | {"user": own.pk, "name": ""}).context["adminform"].form.errors
    assert client.post(add, data | {"user": own.pk}).status_code == 302

    assert Recusal.objects.get().user == own
    assert not Recusal.objects.visible_to(make_user("street_officer", organization=elsewhere)).exists()


# What residents read


def test_notices_are_public_masked_and_say_how_to_object(client):
    pot = make_pot(holding=2000)
    pot.organization.supervision_phone, pot.organization.suggestion_box = "0770-0000000", "活动室门口"
    pot.organization.save()
    running = noticed_case(pot=pot, beneficiary="欧阳怀德", unit="荔江支部", on=today() + timedelta(days=8))
    over = paid_case(pot=pot, beneficiary="韦德", unit="荔香支部")
    make_case(pot=pot, beneficiary="还没公示").save()
    urgent = make_case(pot=pot, is_emergency=True, emergency_reason="失火", beneficiary="李三")
    propose_case(urgent, by=make_user())

    text = client.get("/fund/notices/").content.decode()

    for words in ("欧***", "韦*", "荔江支部", running.case_no, over.case_no, "300.00", "5 个工作日", "活动室门口"):
        assert words in text
    for words in ("欧阳怀德", "还没公示", "李三", "失火", "住院", "serious_illness"):
        assert words not in text
    assert f"case={running.case_no}" in text.replace("%E6%95%91", "救")
    assert f"case={over.case_no}" not in text.replace("%E6%95%91", "救")
    assert "/fund/notices/" in client.get("/fund/").content.decode()


def test_notices_are_filtered_by_year_and_state_and_stand_any_address(client):
    pot = make_pot(holding=2000)
    running = noticed_case(pot=pot, on=today() + timedelta(days=8))
    over = paid_case(pot=pot)

    def numbers(query):
        text = client.get(f"/fund/notices/?{query}").content.decode()
        return [case.case_no for case in (running, over) if f'id="case-{case.case_no}"' in text]

    assert numbers("") == [running.case_no, over.case_no]
    assert numbers("year=2018") == [over.case_no]
    assert numbers("state=running") == [running.case_no]
    assert numbers("state=paid") == [over.case_no]
    assert numbers("state=refused") == []
    for query in ("year=%00", "year=٢٠١٨", "state=x", "page=999999999999", "pot=x", "year=99999"):
        assert numbers(query) == [running.case_no, over.case_no]


def test_the_notices_ask_the_same_few_queries_however_many_there_are(client, django_assert_max_num_queries):
    pot = make_pot(holding=3000)
    paid_case(pot=pot)
    client.get("/fund/notices/")
    with django_assert_max_num_queries(12) as few:
        client.get("/fund/notices/")
    for _ in range(3):
        paid_case(pot=pot, branch=make_branch(organization=pot.organization))

    with django_assert_max_num_queries(12) as many:
        client.get("/fund/notices/")

    assert len(few.captured_queries) == len(many.captured_queries)


def test_handing_in_asks_what_the_form_of_an_application_asks():
    pot = make_pot(opened_on=date(2018, 3, 1))
    tomorrow = today() + timedelta(days=1)

    assert refusal_of(propose_case, make_case(pot=pot, birth_date=tomorrow), by=make_user()) == "in_future"
    assert refusal_of(propose_case, make_case(pot=pot, applied_on=date(2018, 2, 1)), by=make_user()) == "before_opening"
    silent = make_case(pot=pot, is_emergency=True, emergency_reason=" ")
    assert refusal_of(propose_case, silent, by=make_user()) == "reason_missing"


def test_a_recusal_itself_names_somebody():
    nobody = Recusal(organization=make_organization(), user=make_user(), relation="spouse")

    assert codes_of(nobody) == {"name": "required"}
    nobody.name = "韦怀德"
    assert codes_of(nobody) == {}
