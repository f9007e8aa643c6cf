"""What the demo's fund takes in and gives, quarter by quarter: the figures of the handbook."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
