"""The help that the demo's fund gives: cases, the objection to one, condolence rounds."""

from datetime import timedelta

from branches.calendar import CASE_NOTICE_WORKING_DAYS as NOTICE_DAYS
from branches.calendar import notice_days
from config.site.demo.quarters import CASE, OBJECTED, UNITS, VISIT
from config.site.demo.storing import store, store_all
from fund.disclosure.questions.actions import answer_question, take_question
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
from fund.models import AssistanceCase, CondolenceRound, CondolenceVisit, MonthTotal, Question


class DemoHelp:
    """Cases and condolence rounds of the demo, with the objection that was raised. Part of `DemoLedger`."""

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
        record = store(
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
        store_all(CondolenceVisit, visits)
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
        return "cash" if MonthTotal.objects.filter(account=self.pot.cash).net() >= amount else "transfer"
