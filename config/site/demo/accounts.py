"""The accounts of the demo in one table: what each may do, who sits there (invented), which role it holds and where."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "yure-demo-2018"


@dataclass(frozen=True)
class DemoAccount:
    """One account; `place` names a field of `Community`, and without a `role` the account is a superuser's."""

    username: str
    label: Promise
    last_name: str
    first_name: str
    role: str = ""
    place: str = ""


# New ones go to the end: entries of the demo hold the keys of users.
DEMO_ACCOUNTS = [
    DemoAccount("street", _("street officer"), "黄", "志文", "street_officer", "street"),
    DemoAccount("secretary-a", _("secretary of branch A"), "韦", "光明", "secretary", "branch_a"),
    DemoAccount("secretary-b", _("secretary of branch B"), "李", "国强", "secretary", "branch_b"),
    DemoAccount(
        "organisation-a", _("organisation officer of branch A"), "陈", "桂珍", "organization_officer", "branch_a"
    ),
    DemoAccount("publicity-a", _("publicity officer of branch A"), "梁", "月华", "publicity_officer", "branch_a"),
    DemoAccount("discipline", _("discipline officer"), "陆", "清平", "discipline_officer", "community"),
    DemoAccount("keeper", _("fund keeper"), "覃", "惠兰", "fund_keeper", "community"),
    DemoAccount("accountant", _("accountant"), "黄", "春生", "accountant", "community"),
    DemoAccount("cashier", _("cashier"), "莫", "彩云", "cashier", "community"),
    DemoAccount("point", _("keeper of the education point"), "农", "秀芬", "point_keeper", "community"),
    DemoAccount("admin", _("administrator"), "", "管理员"),
    DemoAccount("publicity", _("publicity officer of the community"), "卢", "玉芬", "publicity_officer", "community"),
]
WORDS_OF_ACCOUNTS = {account.username: account.label for account in DEMO_ACCOUNTS}
