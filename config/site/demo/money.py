"""The demo's four pots: gifts, help and statements of the mutual-aid fund quarter by quarter, and the other money of 2018."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from branches.calendar import notice_days
from config.kit.dates import quarter_bounds
from config.site.demo.keeping import BooksClock, keep, keep_all
from config.site.demo.people import dice
from fund.disclosure.questions.actions import answer_question, take_question
from fund.disclosure.statements.actions import draft_statement, publish_statement, review_first, review_second
from fund.donations.actions import count_donation, register_donation, return_donation
from fund.help.allowances.actions import approve_allowance, pay_allowance, propose_allowance, sign_allowance
from fund.help.cases.actions import (
    approve_case,
    check_case,
    close_case,
    end_notice,
    pay_case,
    propose_case,
    review_case,
    sign_case,
    spot_check_case,
    start_notice,
)
from fund.help.visits.actions import approve_round, pay_round, propose_round, sign_round, sign_visit
from fund.ledger.actions import open_pot, post, stamped
from fund.ledger.models import CASE_NOTICE_WORKING_DAYS as NOTICE_DAYS
from fund.models import (
    AllowanceLine,
    AllowanceRun,
    AssistanceCase,
    CondolenceRound,
    CondolenceVisit,
    Donation,
    FundMember,
    Question,
    Statement,
)

OPENED_ON = date(2015, 6, 26)
CASE, VISIT = Decimal(300), Decimal(60)
OTHER_MEMBERS = 37  # of the 128 fund members, those who are on no roster of the two branches
HARDSHIP_VISITS = 82  # of the 250 visits; the others went to veteran members
UNITS = ["荔香中学党支部", "荔香卫生院党支部", "荔江社区党支部", "供销社退休党支部", "石桥社区党支部"]


@dataclass(frozen=True)
class Quarter:
    """What happened in one quarter: gifts of 100 and of 400 yuan, other gifts, cases, and visits of one season."""

    year: int
    quarter: int
    hundreds: int = 0
    four_hundreds: int = 0
    social: tuple = ()
    above: int = 0
    cases: tuple = ()
    season: str = ""
    visited_on: date | None = None
    visits: int = 0


QUARTERS = [
    Quarter(2015, 2, 40, 2, (2000,), 1000),
    Quarter(2015, 3, cases=(date(2015, 9, 8),)),
    Quarter(2015, 4, cases=(date(2015, 10, 20), date(2015, 12, 9))),
    Quarter(2016, 1, social=(1000, 600, 800), cases=(date(2016, 1, 26), date(2016, 3, 15)),
            season="spring_festival", visited_on=date(2016, 2, 3), visits=40),
    Quarter(2016, 2, 28, 2, cases=(date(2016, 4, 21), date(2016, 5, 24)),
            season="july_first", visited_on=date(2016, 6, 29), visits=35),
    Quarter(2016, 3, cases=(date(2016, 8, 17),)),
    Quarter(2016, 4, cases=(date(2016, 11, 8), date(2016, 12, 14)),
            season="double_ninth", visited_on=date(2016, 10, 9), visits=15),
    Quarter(2017, 1, social=(400,), cases=(date(2017, 1, 10), date(2017, 3, 14)),
            season="spring_festival", visited_on=date(2017, 1, 20), visits=40),
    Quarter(2017, 2, 24, 2, (), 1000, cases=(date(2017, 4, 18), date(2017, 5, 23)),
            season="july_first", visited_on=date(2017, 6, 29), visits=35),
    Quarter(2017, 3, cases=(date(2017, 7, 18), date(2017, 9, 12))),
    Quarter(2017, 4, cases=(date(2017, 11, 14), date(2017, 12, 12)),
            season="double_ninth", visited_on=date(2017, 10, 27), visits=15),
    Quarter(2018, 1, social=(3000,), cases=(date(2018, 1, 16), date(2018, 3, 13)),
            season="spring_festival", visited_on=date(2018, 2, 8), visits=40),
    Quarter(2018, 2, 28, 2, cases=(date(2018, 4, 17), date(2018, 6, 12)),
            season="july_first", visited_on=date(2018, 6, 29), visits=30),
    Quarter(2018, 3, cases=(date(2018, 7, 17), date(2018, 9, 11))),
    Quarter(2018, 4, cases=(date(2018, 10, 16),)),
]  # fmt: skip
GIFT_DAYS = {2015: date(2015, 6, 28), 2016: date(2016, 6, 28), 2017: date(2017, 6, 28), 2018: date(2018, 6, 28)}
CORRECTED = (2017, 2)
OBJECTED = date(2018, 7, 17)  # the payment day of the case that somebody objected to
DONORS = ["荔香百货店", "桂南茶厂", "榕树巷商户联合", "荔江建筑队", "热心居民黄先生", "荔香诊所"]


class Books:
    """Keeps the demo's books as the office would, one day after another."""

    def __init__(self, community, members, names):
        self.community, self.members, self.names = community, members, names
        self.users, self.clock, self.rolls = community.users, BooksClock(), dice("fund")
        self.salts = dice("salts")
        self.hardship_left = HARDSHIP_VISITS
        self.social = iter(DONORS)
        self.drawn = self.cases = 0

    def stamped(self):
        return stamped(now=self.clock.now, salt=lambda: f"{self.salts.getrandbits(128):032x}")

    def keep(self):
        with self.stamped():
            self.pot = self._open("mutual-aid", "荔园社区党内互助基金", "mutual_aid", OPENED_ON, "荔园互助")
            self._fund_members()
            for quarter in QUARTERS:
                self._quarter(quarter)
            self._activity_money()
            self._equipment_money()
            self._allowances()

    def _open(self, code, name, kind, opened_on, prefix="", branch=None):
        self.clock.day = opened_on
        return open_pot(
            organization=branch.organization if branch else self.community.community,
            branch=branch,
            name=name,
            kind=kind,
            code=code,
            opened_on=opened_on,
            notice_prefix=prefix,
            by=self.users["keeper"],
        )

    def _fund_members(self):
        joined = OPENED_ON
        on_roster = [
            FundMember(pot=self.pot, member=member, name=member.name, kind="party", joined_on=joined)
            for member in self.members
        ]
        others = [
            FundMember(
                pot=self.pot,
                name=self.names.take(male=place % 2 == 0),
                kind="party" if place % 3 else "mass",
                joined_on=joined,
            )
            for place in range(OTHER_MEMBERS)
        ]
        self.givers = [(person.name, person.member) for person in keep_all(FundMember, [*on_roster, *others])]
        self.rolls.shuffle(self.givers)

    def _quarter(self, quarter):
        days = [(day, self._case) for day in quarter.cases]
        if quarter.visits:
            days.append((quarter.visited_on, lambda day: self._round(quarter)))
        gift_day = GIFT_DAYS[quarter.year]
        if quarter.quarter == 2:
            days.append((gift_day, lambda day: self._member_gifts(quarter, day)))
            if quarter.above:
                days.append(
                    (gift_day, lambda day: self._gift("荔香街道党工委", quarter.above, day, "superior_allocation"))
                )
        # Gifts of shops and neighbours come early in the quarter, but in the year the fund opened.
        social_day = gift_day if quarter.quarter == 2 else date(quarter.year, 1, 9)
        days += [(social_day, lambda day, amount=amount: self._social(amount, day)) for amount in quarter.social]
        if (quarter.year, quarter.quarter) == (2016, 2):
            days.append((date(2016, 6, 14), self._returned_gift))
        for day, act in sorted(days, key=lambda pair: pair[0]):
            act(day)
        start, end = quarter_bounds(quarter.year, quarter.quarter)
        if end < date(2018, 10, 31):
            self._statement(max(start, OPENED_ON), end)
            if (quarter.year, quarter.quarter) == CORRECTED:
                self._correction()

    # Gifts

    def _gift(self, donor, amount, day, source, *, member=None, publicity="named", method="cash"):
        self.clock.day = day
        gift = register_donation(
            Donation(
                pot=self.pot,
                donated_on=day,
                donor=donor,
                donor_member=member,
                source=source,
                method=method,
                amount=Decimal(amount),
                publicity=publicity,
                consent="register" if publicity == "named" else "",
                handler="覃惠兰",
            ),
            by=self.users["keeper"],
        )
        return count_donation(gift, by=self.users["cashier"], amount=gift.amount)

    def _member_gifts(self, quarter, day):
        amounts = [100] * quarter.hundreds + [400] * quarter.four_hundreds
        for amount in amounts:
            donor, member = self.givers[self.drawn % len(self.givers)]
            self.drawn += 1
            publicity = self.rolls.choice(["masked", "masked", "masked", "anonymous", "named"])
            self._gift(donor, amount, day, "member_donation", member=member, publicity=publicity)

    def _social(self, amount, day):
        self._gift(next(self.social), amount, day, "social_donation", method="transfer")

    def _returned_gift(self, day):
        """Given back in the same quarter: both entries stay in the book and add up to nothing."""
        donor, member = self.givers[-1]
        gift = self._gift(donor, 100, day, "member_donation", member=member, publicity="masked")
        self.clock.day = day + timedelta(days=6)
        return_donation(gift, by=self.users["accountant"], on=self.clock.day, reason="捐款人家里临时有急用，原数退回")

    # Help

    def _case(self, day):
        users = self.users
        self.cases += 1
        name = self.names.take(male=self.rolls.random() < 0.6)
        self.clock.day = day - timedelta(days=14)
        case = AssistanceCase(
            pot=self.pot,
            beneficiary=name,
            unit=self.rolls.choice(UNITS),
            branch=self.community.branch_a if self.cases % 2 else self.community.branch_b,
            hardship=self.rolls.choice(["serious_illness", "low_income", "disability", "elderly_alone"]),
            reason="家庭困难，经支部评议属实",
            applied_on=self.clock.day,
            applied_amount=CASE,
            method=self._method(CASE),
        )
        propose_case(case, by=users["keeper"])
        self.clock.day = day - timedelta(days=13)
        secretary = users["secretary-a" if self.cases % 2 else "secretary-b"]
        review_case(case, by=secretary, on=self.clock.day, votes_for=21, votes_against=0, votes_abstained=2)
        self.clock.day = day - timedelta(days=12)
        check_case(case, by=users["keeper"], on=self.clock.day, remark="材料齐全，符合标准")
        self.clock.day = notice = self._notice_before(day)
        approve_case(case, by=users["street"], on=notice)
        start_notice(case, by=users["keeper"], on=notice)
        if day == OBJECTED:
            self._objection(case, notice)
        self.clock.day = day
        end_notice(case, by=users["keeper"], on=day)
        pay_case(case, by=users["cashier"], on=day)
        slip = f"转账凭单{day:%Y%m%d}" if case.method == "transfer" else ""
        sign_case(case, by=users["cashier"], on=day, signed_by="" if slip else name, slip_no=slip)
        self.clock.day = day + timedelta(days=6)
        way = self.rolls.choice(["visit", "phone"])
        spot_check_case(case, by=users["discipline"], on=self.clock.day, way=way, finding="本人确认救助款已全额收到")
        self.clock.day = day + timedelta(days=8)
        close_case(case, by=users["keeper"], on=self.clock.day)

    def _notice_before(self, day):
        """The latest working day from which a whole notice fits in before the payment."""
        start = day - timedelta(days=1)
        while notice_days(start, 1)[1] != start or notice_days(start, NOTICE_DAYS)[1] >= day:
            start -= timedelta(days=1)
        return start

    def _objection(self, case, notice):
        """Somebody doubts a case in its notice; looked into and answered, it goes on as before."""
        users = self.users
        self.clock.day = notice + timedelta(days=1)
        objection = take_question(
            Question(
                pot=self.pot,
                kind="objection",
                channel="slip",
                case=case,
                asked_on=self.clock.day,
                text="听说这家儿子在外面做生意，是不是真困难？",
            ),
            by=users["discipline"],
        )
        self.clock.day = notice + timedelta(days=3)
        answer_question(
            objection,
            by=users["discipline"],
            public_text="有居民问：这户人家的子女有收入，是不是真困难？",
            answer="支部两名支委上门核实，家庭月人均收入低于标准，情况属实，按原金额发放。",
            outcome="not_upheld",
        )
        self.clock.day = notice + timedelta(days=4)
        approve_case(case, by=users["street"], on=self.clock.day, remark="经核实情况属实，维持原金额")

    def _round(self, quarter):
        users, day = self.users, quarter.visited_on
        self.clock.day = day - timedelta(days=3)
        record = keep(
            CondolenceRound(
                pot=self.pot,
                season=quarter.season,
                visited_on=day,
                visitors="两个支部的支委",
                method=self._method(VISIT * quarter.visits),
            )
        )
        visits = []
        for _place in range(quarter.visits):
            hardship = self.hardship_left > 0 and self.rolls.random() < 0.4
            self.hardship_left -= hardship
            visits.append(
                CondolenceVisit(
                    round=record,
                    name=self.names.take(male=self.rolls.random() < 0.6),
                    category="hardship_member" if hardship else "veteran",
                    unit=self.rolls.choice(UNITS),
                    amount=VISIT,
                )
            )
            visits[-1].set_person_key()
        keep_all(CondolenceVisit, visits)
        propose_round(record, by=users["keeper"])
        self.clock.day = day - timedelta(days=2)
        approve_round(record, by=users["street"])
        self.clock.day = day
        pay_round(record, by=users["cashier"], on=day)
        for visit in record.visits.all():
            sign_visit(visit, by=users["cashier"], on=day, signed_by=visit.name)
        sign_round(record, by=users["cashier"], on=day)

    def _method(self, amount):
        """Cash while the box holds enough, else the bank."""
        from fund.models import MonthTotal

        return "cash" if MonthTotal.objects.filter(account=self.pot.cash).net() >= amount else "transfer"

    # Statements

    def _statement(self, start, end, **correction):
        users = self.users
        self.clock.day = end + timedelta(days=3)
        draft = draft_statement(pot=self.pot, period_from=start, period_to=end, by=users["keeper"], **correction)
        self.clock.day = end + timedelta(days=5)
        review_first(draft, by=users["accountant"])
        self.clock.day = end + timedelta(days=7)
        review_second(draft, by=users["discipline"])
        self.clock.day = end + timedelta(days=18 if correction else 10)
        return publish_statement(draft, by=users["street"], on=self.clock.day)

    def _correction(self):
        wrong = Statement.objects.filter(pot=self.pot).in_chain().first()
        self._statement(
            wrong.period_from,
            wrong.period_to,
            corrects=wrong,
            correction_reason="原公示贴出的纸漏盖了公章，重新盖章公示，金额没有变化",
        )

    # The other pots

    def _move(self, pot, day, amount, *, source="", use="", summary=""):
        self.clock.day = day
        debit = pot.bank if source else pot.use(use)
        credit = pot.source(source) if source else pot.bank
        post(
            pot=pot,
            debit=debit,
            credit=credit,
            amount=Decimal(amount),
            booked_on=day,
            summary=summary,
            by=self.users["accountant"],
        )

    def _activity_money(self):
        for code, branch, rebate, support in (
            ("activity-a", self.community.branch_a, 2600, 3200),
            ("activity-b", self.community.branch_b, 2900, 3300),
        ):
            pot = self._open(code, f"{branch.name}活动经费", "activity", date(2018, 1, 1), branch=branch)
            self._move(pot, date(2018, 2, 6), rebate, source="dues_rebate", summary="2018年党费返还")
            self._move(pot, date(2018, 3, 12), support, source="unit_support", summary="原工作单位活动经费")
            self._move(pot, date(2018, 3, 20), 960, use="subscription", summary="订阅报刊")
            self._move(pot, date(2018, 6, 29), 1280, use="activity", summary="“七一”活动用品")
            self._move(pot, date(2018, 9, 14), 640, use="study", summary="学习资料")

    def _equipment_money(self):
        pot = self._open("equipment", "荔园社区专项设备经费", "equipment", date(2018, 3, 1))
        self._move(pot, date(2018, 3, 5), 50_000, source="superior_allocation", summary="专项设备经费")
        self._move(pot, date(2018, 3, 20), 50_000, use="equipment", summary="购置活动室设备，见设备台账")

    def _allowances(self):
        users, community = self.users, self.community
        pot = self._open("allowance", "支部书记补贴", "allowance", date(2018, 3, 1))
        self._move(pot, date(2018, 3, 8), 6000, source="superior_allocation", summary="2018年支部书记补贴")
        for month in range(3, 11):
            first = date(2018, month, 1)
            self.clock.day = date(2018, month, 20)
            run = keep(AllowanceRun(pot=pot, month=first))
            keep_all(
                AllowanceLine,
                [
                    AllowanceLine(run=run, name=name, branch=branch, amount=Decimal(300))
                    for name, branch in zip(
                        community_secretaries(), (community.branch_a, community.branch_b), strict=True
                    )
                ],
            )
            propose_allowance(run, by=users["keeper"])
            approve_allowance(run, by=users["street"])
            self.clock.day = date(2018, month, 25)
            pay_allowance(run, by=users["cashier"], on=self.clock.day)
            sign_allowance(run, by=users["cashier"], on=self.clock.day)


def community_secretaries():
    """The sitting secretaries of both branches, A before B."""
    from branches.models import CommitteeSeat

    return list(
        CommitteeSeat.objects.filter(post="secretary").order_by("term__branch_id").values_list("name", flat=True)
    )
