"""What is entered twice is refused in a sentence, by the form that has no field for it and by the database at last."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from branches.models import Branch
from fund.models import AllowanceLine, AllowanceRun, CondolenceVisit, Pot, Recusal
from tests.fund.make import make_pot, make_round
from tests.make import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db


def management(prefix, *, total, initial=0):
    values = {"TOTAL_FORMS": total, "INITIAL_FORMS": initial, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {f"{prefix}-{name}": value for name, value in values.items()}


def test_the_same_recusal_saved_twice_is_a_sentence_in_the_form(admin_client):
    branch, user = make_branch(), make_user()
    typed = {"organization": branch.organization_id, "user": user.pk, "relation": "spouse", "name": "陈志强"}
    typed |= {"branch": branch.pk, "unit": "", "remark": "", "member": ""}
    page = reverse("admin:fund_recusal_add")
    admin_client.post(page, typed)

    answer = admin_client.post(page, typed | {"relation": "other"})

    assert answer.status_code == 200
    assert answer.context["errors"].as_data()
    assert "这位用户对此人的回避已经登记过。" in answer.content.decode()
    assert Recusal.objects.count() == 1


def test_a_recusal_can_be_corrected_without_meeting_itself(admin_client):
    member = make_member()
    recusal = Recusal.objects.create(
        organization=member.branch.organization, user=make_user(), member=member, relation="self"
    )
    typed = {"organization": recusal.organization_id, "user": recusal.user_id, "member": member.pk, "relation": "child"}

    answer = admin_client.post(reverse("admin:fund_recusal_change", args=[recusal.pk]), typed)

    assert answer.status_code == 302
    assert Recusal.objects.get().relation == "child"


def visit_lines(*names, branch):
    typed = management("visits", total=len(names))
    for place, name in enumerate(names):
        line = {"name": name, "category": "veteran", "amount": "60.00", "branch": branch.pk, "unit": "", "member": ""}
        typed |= {f"visits-{place}-{key}": value for key, value in line.items()}
    return typed


@pytest.mark.parametrize("stored", [0, 1])
def test_a_person_twice_on_the_list_of_a_round_is_a_sentence(admin_client, stored):
    round_, branch = make_round(visits=0), make_branch()
    for _ in range(stored):
        CondolenceVisit.objects.create(round=round_, name="李秀英", branch=branch, amount=60)
    typed = {"pot": round_.pot_id, "season": "july_first", "visited_on": "2018-06-29", "method": "cash"}
    names = ["李秀英"] if stored else ["李秀英", "李秀英 "]

    answer = admin_client.post(
        reverse("admin:fund_condolenceround_change", args=[round_.pk]), typed | visit_lines(*names, branch=branch)
    )

    assert answer.status_code == 200
    assert "此人已经在名单上。" in answer.content.decode()
    assert CondolenceVisit.objects.count() == stored


def test_a_secretary_twice_on_the_list_of_an_allowance_is_a_sentence(admin_client):
    pot, branch = make_pot(kind=Pot.Kind.ALLOWANCE), make_branch()
    run = AllowanceRun.objects.create(pot=pot, month=date(2018, 3, 1))
    typed = {"pot": pot.pk, "month": "2018.03", "method": "cash"} | management("lines", total=2)
    for place in range(2):
        line = {"name": "黄志文", "branch": branch.pk, "post": "支部书记", "amount": "300.00"}
        typed |= {f"lines-{place}-{key}": value for key, value in line.items()}

    answer = admin_client.post(reverse("admin:fund_allowancerun_change", args=[run.pk]), typed)

    assert answer.status_code == 200
    assert "此人已经在名单上。" in answer.content.decode()
    assert not AllowanceLine.objects.exists()


def test_what_the_database_alone_refuses_is_a_sentence_and_keeps_nothing(admin_client, monkeypatch):
    """Two clerks at once: the form of the second saw nothing of the first."""
    first = make_branch(name="第一支部")
    monkeypatch.setattr(Branch, "validate_unique", lambda self, exclude=None: None)
    typed = {"organization": first.organization_id, "name": "第一支部", "kind": first.kind, "term_years": 3}

    answer = admin_client.post(reverse("admin:branches_branch_add"), typed)

    assert answer.status_code == 302, answer.context["errors"]
    assert [str(line) for line in get_messages(answer.wsgi_request)] == [
        "已经有一条相同的记录，或者别人刚刚改过。请打开列表核对。"
    ]
    assert Branch.objects.count() == 1
