"""What lies on the demo's desk beside the money: plans, counts, papers on the wall, questions and their answers."""

from datetime import date, timedelta
from decimal import Decimal

from config.site.demo.keeping import keep
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


def keep_desk(books):
    """`books` is the demo's `Books`, kept already."""
    with books.stamped():
        _plan(books)
        _count_cash(books)
        _put_up_papers(books)
        for number, *story in QUESTIONS:
            _ask(books, number, *story)


def _plan(books):
    keep(AllowanceRule(pot=Pot.objects.get(code="allowance"), starts_on=date(2018, 3, 1), amount=Decimal(300)))
    for code in ("activity-a", "activity-b"):
        pot = Pot.objects.get(code=code)
        for use, amount in PLANS.items():
            keep(Budget(pot=pot, year=2018, account=pot.use(use), amount=Decimal(amount)))


def _count_cash(books):
    books.clock.day = date(2018, 9, 30)
    count = CashCount(pot=books.pot, counted_on=date(2018, 9, 30))
    count.amount = cash_in_books(count)
    count_cash(count, by=books.users["cashier"])
    confirm_cash(count, by=books.users["accountant"], amount=count.amount)


def _put_up_papers(books):
    for statement in Statement.objects.filter(pot=books.pot).in_chain().defer("document"):
        keep(
            Posting(
                pot=books.pot,
                statement=statement,
                place=WALL,
                posted_on=statement.notice_from,
                posted_by="覃惠兰",
                taken_down_on=statement.notice_to + timedelta(days=1),
            )
        )


def _ask(books, number, asked_on, answered_on, wording, answer):
    keeper = books.users["keeper"]
    books.clock.day = asked_on
    statement = Statement.objects.get(number=number)
    question = take_question(
        Question(pot=books.pot, channel="slip", statement=statement, asked_on=asked_on, text=wording), by=keeper
    )
    word_question(question, by=keeper, public_text=wording)
    if answered_on:
        books.clock.day = answered_on
        answer_question(question, by=keeper, answer=answer)
