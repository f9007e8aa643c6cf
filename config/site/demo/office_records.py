"""Records of the demo beside the money: budgets, cash counts, notices on the wall, questions and their answers."""

from datetime import date, timedelta
from decimal import Decimal

from config.site.demo.storing import store
from fund.bookkeeping.actions import cash_in_books, confirm_cash, count_cash
from fund.disclosure.questions.actions import answer_question, take_question, word_question
from fund.models import AllowanceRule, Budget, CashCount, Posting, Pot, Question, Statement

PLANS = {"subscription": 1000, "activity": 3000, "study": 1500}
WALL = "荔园社区党务公开栏（榕树巷入口）"
# Statement, day of asking, day of the answer, wording, answer.
QUESTIONS = [
    ("mutual-aid-2018-2", date(2018, 7, 11), date(2018, 7, 12), "捐 400 元的是哪两位？",
     "一位愿意写全名，一位不写全名，都在本期明细里能看到。"),
    ("mutual-aid-2018-2", date(2018, 7, 12), date(2018, 7, 13), "七一慰问的 30 个人是怎么定的？",
     "由两个支部各自评议，先困难党员、后老党员。名单在支部内公布过，网上隐去姓名。"),
    ("mutual-aid-2018-3", date(2018, 10, 29), None, "第三季度为什么没有收入？", ""),
]  # fmt: skip


def store_office_records(ledger):
    """Store budgets, cash counts, notices and questions; `ledger` is the `DemoLedger`, built already."""
    with ledger.stamped():
        _plan(ledger)
        _count_cash(ledger)
        _put_up_papers(ledger)
        for number, *story in QUESTIONS:
            _ask(ledger, number, *story)


def _plan(ledger):
    store(AllowanceRule(pot=Pot.objects.get(code="allowance"), starts_on=date(2018, 3, 1), amount=Decimal(300)))
    for code in ("activity-a", "activity-b"):
        pot = Pot.objects.get(code=code)
        for use, amount in PLANS.items():
            store(Budget(pot=pot, year=2018, account=pot.use(use), amount=Decimal(amount)))


def _count_cash(ledger):
    ledger.clock.day = date(2018, 9, 30)
    count = CashCount(pot=ledger.pot, counted_on=date(2018, 9, 30))
    count.amount = cash_in_books(count)
    count_cash(count, by=ledger.users["cashier"])
    confirm_cash(count, by=ledger.users["accountant"], amount=count.amount)


def _put_up_papers(ledger):
    for statement in Statement.objects.filter(pot=ledger.pot).in_chain().defer("document"):
        store(
            Posting(
                pot=ledger.pot,
                statement=statement,
                place=WALL,
                posted_on=statement.notice_from,
                posted_by="覃惠兰",
                taken_down_on=statement.notice_to + timedelta(days=1),
            )
        )


def _ask(ledger, number, asked_on, answered_on, wording, answer):
    keeper = ledger.users["keeper"]
    ledger.clock.day = asked_on
    statement = Statement.objects.get(number=number)
    question = take_question(
        Question(pot=ledger.pot, channel="slip", statement=statement, asked_on=asked_on, text=wording), by=keeper
    )
    word_question(question, by=keeper, public_text=wording)
    if answered_on:
        ledger.clock.day = answered_on
        answer_question(question, by=keeper, answer=answer)
