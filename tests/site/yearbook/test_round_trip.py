"""What a yearbook shows can be read into an empty installation, and shows the same there, cell by cell."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from openpyxl import load_workbook

from branches.models import Branch
from config.kit.person.names import read_name
from config.site.demo.loading import load_demo
from fund.donations.actions import receive_donation
from fund.models import Donation, Pot
from members.models import Affiliation, Member
from members.roster.codes import ETHNIC_CHOICES, Education, Health, LivingStatus, MemberKind, RetirementKind
from tests.fund.make import make_pot
from tests.make import make_branch, make_citizen_id, make_organization, make_user

pytestmark = pytest.mark.django_db

NASTY = [
    "O'Brien", "'韦德", "=1+1", "+1韦德", "-韦德", "@韦德", "\t韦德", "韦\t怀德", "韦😀德", "👨‍👩‍👧韦", "❤️韦德", "𠮷田", "㼆龙", "韦  德", "李梅（女）",
    "阿依·买买提", "韦．德", "无", "=HYPERLINK(\"http://x.example\")", "_x0041_韦", "合计", "小计",
]  # fmt: skip


def cells(path, sheet):
    """Every cell of a sheet as it is seen, with its kind."""
    return [
        [(cell.value, cell.data_type, cell.number_format) for cell in row]
        for row in load_workbook(path)[sheet].iter_rows()
    ]


def nasty_members(branch):
    """Members with odd words in every field of words, and every word of every code list."""
    for place in range(60):
        odd = NASTY[place % len(NASTY)]
        member = Member.objects.create(
            branch=branch,
            name=odd,
            sex="1" if place % 2 else "2",
            citizen_id=make_citizen_id(date(1940, 3, 15), sequence=place, male=place % 2 == 1),
            ethnic_group=ETHNIC_CHOICES[place % len(ETHNIC_CHOICES)][0],
            native_place=odd,
            birth_date=date(1940, 3, 15),
            education=Education.values[place % len(Education)] if place % 12 else "",
            work_started_on=date(1960, 3, 1),
            joined_on=date(1967, 7, 1),
            joined_day_known=place % 3 != 0,
            full_member_on=date(1968, 7, 1),
            full_member_day_known=place % 3 != 1,
            member_kind=MemberKind.values[place % 2],
            retirement_kind=RetirementKind.values[place % 2] if place % 5 else "",
            retired_on=date(2000, 4, 1) if place % 4 else None,
            former_post=odd * 3,
            party_post=odd,
            health=Health.values[place % len(Health)] if place % 6 else "",
            living_status=LivingStatus.values[place % len(LivingStatus)] if place % 7 else "",
            address=odd * 4,
            phone=f"1400000{place:04}",
            emergency_contact=f"{odd} 14000000001",
            remark=odd,
        )
        Affiliation.objects.create(member=member, branch=branch, starts_on=member.joined_on)


def test_a_roster_with_odd_words_is_the_same_after_the_way_out_and_in(tmp_path):
    branch = make_branch(name="荔园离退休干部党支部")
    nasty_members(branch)
    year = date.today().year
    call_command("yearbook", year, out=str(tmp_path / "a.xlsx"), branch=branch.name, report="R1", verbosity=0)
    Affiliation.objects.all().delete()
    Member.objects.all().delete()

    call_command("import_roster", str(tmp_path / "a.xlsx"), branch=branch.name, verbosity=0)
    call_command("yearbook", year, out=str(tmp_path / "b.xlsx"), branch=branch.name, report="R1", verbosity=0)

    before, after = (cells(tmp_path / name, "R1 花名册") for name in ("a.xlsx", "b.xlsx"))
    assert len(before) == 60 + 6
    assert after == before
    assert not [cell for row in after for cell in row if cell[1] == "f"]
    # The reader here shows an escaped underscore as it stands in the file.
    assert {row[1][0].replace("_x005F_", "_") for row in after[4:64]} == set(map(read_name, NASTY))


@pytest.fixture
def demo_files(tmp_path):
    """The demo's rosters by branch, its donation register and its whole yearbook; the demo itself is gone again."""
    with transaction.atomic():
        load_demo("yure-demo-2018")
        names = list(Branch.objects.values_list("name", flat=True))
        for place, name in enumerate(names):
            call_command("yearbook", 2018, out=str(tmp_path / f"{place}.xlsx"), branch=name, report="R1", verbosity=0)
        call_command("yearbook", 2018, out=str(tmp_path / "R5.xlsx"), report="R5", verbosity=0)
        call_command("yearbook", 2018, out=str(tmp_path / "whole.xlsx"), verbosity=0)
        transaction.set_rollback(True)
    assert not Member.objects.exists()
    return names


@pytest.mark.same_everywhere
def test_the_records_of_the_demo_fill_an_empty_installation(demo_files, tmp_path):
    street = make_organization(is_demo=True)
    for name in demo_files:
        make_branch(name=name, organization=street)
    pot = make_pot(organization=street, name="荔园社区党内互助基金", code="mutual-aid", opened_on=date(2015, 6, 26))
    user = make_user("fund_keeper", organization=street)

    call_command("import_roster", str(tmp_path / "0.xlsx"), branch=demo_files[0], verbosity=0)
    with pytest.raises(SystemExit):
        # Of the whole yearbook each branch takes its own rows; those of the other are refused with a reason.
        call_command(
            "import_roster", str(tmp_path / "whole.xlsx"), branch=demo_files[1], skip_refused=True, verbosity=0
        )
    call_command("import_donations", str(tmp_path / "whole.xlsx"), pot=pot.name, by=user.username, verbosity=0)
    for place, name in enumerate(demo_files):
        call_command("yearbook", 2018, out=str(tmp_path / f"again{place}.xlsx"), branch=name, report="R1", verbosity=0)
    call_command("yearbook", 2018, out=str(tmp_path / "againR5.xlsx"), report="R5", verbosity=0)

    assert Member.objects.count() == 91
    for name, sheet in (("0", "R1 花名册"), ("1", "R1 花名册"), ("R5", "R5 捐款 荔园社区党内互助基金")):
        again, first = (cells(tmp_path / f"{kind}{name}.xlsx", sheet) for kind in ("again", ""))
        if name != "R5":
            # The head and the foot name the office, which is another one here.
            again, first = again[3:-1], first[3:-1]
        else:
            again, first = again[3:-2], first[3:-2]
        assert len(first) > 30
        assert again == first


def test_a_donation_register_with_odd_words_is_the_same_after_the_way_out_and_in(tmp_path):
    street = make_organization()
    user = make_user("fund_keeper", organization=street)
    year = date.today().year
    first = {"name": "甲基金", "code": "aid", "organization": street, "opened_on": date(2015, 1, 1)}
    with transaction.atomic():
        pot = make_pot(**first)
        for place, odd in enumerate(NASTY):
            method = Donation.Method.values[place % 3]
            receive_donation(
                Donation(
                    pot=pot,
                    donated_on=date(year, 1, 1),
                    donor=odd,
                    source=Donation.Source.values[place % 3],
                    method=method,
                    amount=Decimal("100.05") + place,
                    goods=odd if method == "goods" else "",
                    purpose=odd,
                    phone="14000000001" if place % 2 else "",
                    publicity=Donation.Publicity.values[place % 3],
                    consent="" if place % 3 else Donation.Consent.values[1],
                    handler=odd,
                    remark=odd,
                ),
                by=user,
            )
        call_command("yearbook", year, out=str(tmp_path / "a.xlsx"), report="R5", verbosity=0)
        transaction.set_rollback(True)
    pot = make_pot(**first)

    call_command("import_donations", str(tmp_path / "a.xlsx"), pot=pot.name, by=user.username, verbosity=0)
    call_command("yearbook", year, out=str(tmp_path / "b.xlsx"), report="R5", verbosity=0)

    before, after = (cells(tmp_path / name, f"R5 捐款 {pot.name}") for name in ("a.xlsx", "b.xlsx"))
    assert len(before) == len(NASTY) + 7
    assert after == before
    assert Pot.objects.get().balance() == sum(Decimal("100.05") + place for place in range(len(NASTY)))
