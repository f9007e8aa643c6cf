"""The demo's four pots: gifts, help and statements of the mutual-aid fund quarter by quarter, and the other money of 2018."""

from datetime import date, timedelta
from decimal import Decimal

from branches.models import CommitteeSeat
from config.kit.dates import quarter_bounds
from config.site.demo.help import DemoHelp
from config.site.demo.people import dice
from config.site.demo.quarters import CORRECTED, DONORS, GIFT_DAYS, HARDSHIP_VISITS, OPENED_ON, OTHER_MEMBERS, QUARTERS
from config.site.demo.storing import BookingClock, store, store_all
from fund.disclosure.statements.actions import draft_statement, publish_statement, review_first, review_second
from fund.donations.actions import count_donation, register_donation, return_donation
from fund.help.allowances.actions import approve_allowance, pay_allowance, propose_allowance, sign_allowance
from fund.ledger.actions import open_pot, post, stamped
from fund.models import AllowanceLine, AllowanceRun, Donation, FundMember, Statement

# Statements


class DemoLedger(DemoHelp):
    """Builds the demo's pots as the office would, one day after another."""

    def __init__(self, community, members, names):
        self.community, self.members, self.names = community, members, names
        self.users, self.clock, self.rolls = community.users, BookingClock(), dice("fund")
        self.salts = dice("salts")
        self.hardship_left = HARDSHIP_VISITS
        self.social = iter(DONORS)
        self.drawn = self.cases = 0

    def stamped(self):
        return stamped(now=self.clock.now, salt=lambda: f"{self.salts.getrandbits(128):032x}")

    def build(self):
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
        self.givers = [(person.name, person.member) for person in store_all(FundMember, [*on_roster, *others])]
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
            run = store(AllowanceRun(pot=pot, month=first))
            store_all(
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
    return list(
        CommitteeSeat.objects.filter(post="secretary").order_by("term__branch_id").values_list("name", flat=True)
    )
