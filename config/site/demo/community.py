"""The demo's organisations, branches, posts, rooms, things and accounts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from branches.calendar import seed_holidays
from branches.models import (
    Assignment,
    Branch,
    CommitteeSeat,
    CommitteeTerm,
    Equipment,
    Nameplate,
    Organization,
    Venue,
)
from config.site.demo.accounts import DEMO_ACCOUNTS
from config.site.demo.storing import store, store_all

PHONE = "0770-0000000"
HOURS = "工作日 8:00–12:00，15:00–18:00"

EQUIPMENT = [
    # name, unit, quantity, unit price in yuan: 50,000.00 together
    ("会议桌", "张", 6, 1200),
    ("椅子", "把", 60, 150),
    ("电脑", "台", 3, 4500),
    ("打印机", "台", 2, 2150),
    ("饮水机", "台", 2, 600),
    ("沙发", "套", 3, 2600),
    ("文件柜", "个", 4, 1000),
    ("投影仪", "台", 1, 3000),
]

PLATES = {
    "care_next_generation": "陪伴下一代成长，组织老同志讲传统",
    "ageing_committee": "老年人权益和日常关怀",
    "seniors_association": "老年人互助和文娱",
    "seniors_sports": "老年人健身活动",
    "old_area_promotion": "宣传老区、服务老区",
}


@dataclass(frozen=True)
class Community:
    county: Organization
    street: Organization
    community: Organization
    branch_a: Branch
    branch_b: Branch
    users: dict


def build_community(password):
    """Organisations, branches, rooms, things and accounts; the committees follow the roster."""
    county = store(Organization(kind="county", name="桂南县老干部局", full_name="中共桂南县委老干部局", is_demo=True))
    street = store(
        Organization(
            kind="street_committee",
            name="荔香街道",
            full_name="中共荔香街道工作委员会",
            parent=county,
            address="荔香大道 8 号",
            office_hours=HOURS,
            supervision_phone=PHONE,
            suggestion_box="街道办事处一楼大厅",
            is_demo=True,
        )
    )
    community = store(
        Organization(
            kind="community",
            name="荔园社区",
            full_name="荔园社区党内互助基金管理小组",
            parent=street,
            address="榕树巷 1 号",
            office_hours=HOURS,
            supervision_phone=PHONE,
            suggestion_box="榕树巷 1 号活动室门口",
            is_demo=True,
        )
    )
    branch_a, branch_b = (
        store(Branch(organization=organization, name=f"{name}离退休干部党支部", founded_on=founded, office_phone=PHONE))
        for organization, name, founded in (
            (street, "荔香街道办事处", date(2011, 5, 10)),
            (community, "荔园社区", date(2014, 5, 20)),
        )
    )
    _rooms_and_things(community)
    whole = Community(county, street, community, branch_a, branch_b, users={})
    _create_accounts(whole, password)
    return whole


def _rooms_and_things(community):
    store_all(
        Nameplate,
        [
            Nameplate(organization=community, code=code, duties=duties, hung_on=date(2014, 6, 1))
            for code, duties in PLATES.items()
        ],
    )
    store(
        Venue(
            organization=community,
            name="荔园社区离退休干部活动室",
            address="榕树巷 1 号",
            area=Decimal("150.00"),
            facilities="办公室、会议室、阅览角、棋牌桌",
            opening_hours=HOURS,
            keeper="农秀芬",
            office_phone=PHONE,
            opened_on=date(2014, 6, 1),
        )
    )
    store_all(
        Equipment,
        [
            Equipment(
                organization=community,
                asset_no=f"LY-{number:03}",
                name=name,
                unit=unit,
                quantity=quantity,
                unit_price=Decimal(price),
                bought_on=date(2018, 3, 20),
                funding="专项设备经费",
                place="活动室",
                keeper="农秀芬",
            )
            for number, (name, unit, quantity, price) in enumerate(EQUIPMENT, 1)
        ],
    )
    seed_holidays(range(2015, 2022))


def _create_accounts(community, password):
    """Users and their posts; the community's places are there, its `users` are filled here."""
    User, sealed = get_user_model(), make_password(password)
    for account in DEMO_ACCOUNTS:
        community.users[account.username] = User.objects.create(
            username=account.username,
            last_name=account.last_name,
            first_name=account.first_name,
            password=sealed,
            is_staff=True,
            is_superuser=not account.role,
        )
    store_all(
        Assignment,
        [_assignment(community, account) for account in DEMO_ACCOUNTS if account.role],
    )


def _assignment(community, account):
    place = getattr(community, account.place)
    where = {"branch": place} if isinstance(place, Branch) else {"organization": place}
    return Assignment(user=community.users[account.username], role=account.role, starts_on=date(2015, 1, 1), **where)


POSTS = ["secretary", "deputy_secretary", "organization_officer", "publicity_officer", "discipline_officer"]
DUTIES = [
    "主持支部全面工作", "协助书记，负责志愿服务", "党员管理、会议记录", "学习宣传、文艺活动", "监督检查、公示复审",
]  # fmt: skip


def build_committees(branch, members):
    """Five seats, elected in May 2017 for three years (§4.1)."""
    term = store(CommitteeTerm(branch=branch, term_no=3, elected_on=date(2017, 5, 18), term_end=date(2020, 5, 17)))
    store_all(
        CommitteeSeat,
        [
            CommitteeSeat(term=term, post=post, name=member.name, held_from=date(2017, 5, 18), duties=duties)
            for post, duties, member in zip(POSTS, DUTIES, members, strict=True)
        ],
    )
    return term
