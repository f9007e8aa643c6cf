"""The ways in which people write a day, a month, or a day that may be a month: read, guessed, or refused with an example."""

import random
import re
from datetime import date

import pytest
from chinese_calendar.constants import Holiday, holidays
from django.core.exceptions import ValidationError

from config.kit.lunar_days import FESTIVALS, lunar_words, solar_day, term_day
from config.kit.sheets.cells import TEXT, Cell
from config.kit.sheets.days import as_day, read_day
from config.kit.typed_days import read_typed_day, read_typed_day_or_month, read_typed_month

TODAY = date(2018, 11, 11)  # a Sunday
EPOCH = date(1899, 12, 30)

# A day with its year: in a form as in an import. All of these are the same day.
WHOLE = (
    """
2018-11-08|2018-11-8|2018.11.8|2018.11.08|2018/11/8|2018年11月8日|2018年11月8号|2018年11月08日|2018年11月8|20181108|20181108日
2018 11 8|2018 年 11 月 8 日|2018、11、8|2018,11,8|2018_11_8|2018。11。8|2018.11.8.|2018—11—8|2018 . 11 . 8|2018年11.8
２０１８－１１－０８|２０１８年１１月８日|2018．11．8|'2018-11-08|二〇一八年十一月八日|二零一八年十一月八号|二○一八年十一月八日|2018年十一月八日
2018年11月8日星期四|2018年11月8日（星期四）|2018年11月8日 周四|2018-11-08 礼拜四|星期四 2018年11月8日|周四，2018-11-08
公历2018年11月8日|阳历2018.11.8|2018-11-08 14:30|2018-11-08 14:30:00|2018-11-08T14:30|2 0 1 8 年 1 1 月 8 日|2018年 1 1 月 0 8 日
8 November 2018|8 Nov 2018|8-Nov-2018|8th November 2018|8th of November, 2018|November 8, 2018|Nov. 8 2018|nov 8th, 2018|2018 Nov 8
Thursday, 8 November 2018|8 November 2018 (Thursday)|Thu 8 Nov 2018|8 Nov 2018, Thu
""".strip()
    .replace("\n", "|")
    .split("|")
)
OTHER_WHOLE = {
    "31/10/2018": "2018-10-31", "31.10.2018": "2018-10-31", "1968年七月廿三日": "1968-07-23", "一九六八年七月三十日": "1968-07-30",
    "1940.3.15出生": "1940-03-15", "2016年2月29日": "2016-02-29", "2199-12-31": "2199-12-31", "1900.1.1": "1900-01-01",
}  # fmt: skip

# What needs no question although no year stands in it.
PLAIN = {
    "今天": "2018-11-11", "今日": "2018-11-11", "昨天": "2018-11-10", "昨 天": "2018-11-10", "昨晚": "2018-11-10", "前天": "2018-11-09",
    "大前天": "2018-11-08", "明天": "2018-11-12", "后天": "2018-11-13", "大后天": "2018-11-14", "昨天。": "2018-11-10",
    "今天星期日": "2018-11-11", "Today": "2018-11-11", "yesterday": "2018-11-10", "tomorrow": "2018-11-12",
    "the day before yesterday": "2018-11-09", "day after tomorrow": "2018-11-13",
}  # fmt: skip

GUESSED = {
    # without the year
    "11.8": "2018-11-08", "11-8": "2018-11-08", "11/8": "2018-11-08", "11、8": "2018-11-08", "11 8": "2018-11-08", "11。8": "2018-11-08",
    "１１．８": "2018-11-08", "11.8.": "2018-11-08", "11.8号": "2018-11-08", "11月8日": "2018-11-08", "11月8号": "2018-11-08",
    "11月8": "2018-11-08", "11 月 8 日": "2018-11-08", "１１月８日": "2018-11-08", "1108": "2018-11-08", "0630": "2018-06-30",
    "十一月八日": "2018-11-08", "十二月三十一日": "2018-12-31", "十一月八": "2018-11-08", "八月十五日": "2018-08-15", "8 Nov": "2018-11-08",
    "Nov 8": "2018-11-08", "8th November": "2018-11-08", "11月8日星期四": "2018-11-08", "Thu 8 Nov": "2018-11-08",
    # the next one within 62 days, else the last one
    "1.11": "2019-01-11", "1.12": "2019-01-12", "1.13": "2018-01-13", "12.30": "2018-12-30", "3.1": "2018-03-01", "2.29": "2016-02-29",
    # with two digits of the year
    "18.11.8": "2018-11-08", "18-11-8": "2018-11-08", "'18.11.8": "2018-11-08", "18年11月8日": "2018-11-08", "181108": "2018-11-08",
    "8 Nov 18": "2018-11-08", "40.3.15": "1940-03-15", "400315": "1940-03-15", "19.6.1": "2019-06-01", "20.6.1": "1920-06-01",
    "190813": "2019-08-13",
    # counted from today
    "三天前": "2018-11-08", "3天前": "2018-11-08", "3 天之前": "2018-11-08", "十天后": "2018-11-21", "两周前": "2018-10-28",
    "两个星期前": "2018-10-28", "一个月前": "2018-10-11", "3 days ago": "2018-11-08", "two weeks ago": "2018-10-28",
    "in 3 days": "2018-11-14", "a month ago": "2018-10-11",
    # weeks begin on Monday
    "上周四": "2018-11-01", "上个星期四": "2018-11-01", "上上周三": "2018-10-24", "这周五": "2018-11-09", "本周五": "2018-11-09",
    "下周二": "2018-11-13", "周四": "2018-11-08", "星期天": "2018-11-11", "礼拜一": "2018-11-05", "last Thursday": "2018-11-08",
    "last Sunday": "2018-11-04", "next Tuesday": "2018-11-13", "this Friday": "2018-11-09", "Thursday": "2018-11-08",
    # months
    "本月15日": "2018-11-15", "这个月15号": "2018-11-15", "上月3号": "2018-10-03", "上个月十五号": "2018-10-15", "下月1日": "2018-12-01",
    "8号": "2018-11-08", "十五号": "2018-11-15", "月底": "2018-11-30", "月初": "2018-11-01", "上月底": "2018-10-31", "上个月末": "2018-10-31",
    "10月底": "2018-10-31", "二月底": "2018-02-28", "年底": "2018-12-31", "去年年底": "2017-12-31", "end of last month": "2018-10-31",
    # years
    "去年11月8日": "2017-11-08", "今年3月5日": "2018-03-05", "明年1月2日": "2019-01-02", "前年七月一日": "2016-07-01", "去年的11.8": "2017-11-08",
    # by name
    "七一": "2018-07-01", "建党节": "2018-07-01", "国庆节": "2018-10-01", "国庆": "2018-10-01", "十一": "2018-10-01", "元旦": "2019-01-01",
    "五一": "2018-05-01", "劳动节": "2018-05-01", "八一": "2018-08-01", "教师节": "2018-09-10", "三八妇女节": "2018-03-08",
    "学雷锋纪念日": "2018-03-05", "2017年国庆节": "2017-10-01", "去年七一": "2017-07-01", "National Day": "2018-10-01",
    "清明节": "2018-04-05", "去年冬至": "2017-12-22",
}  # fmt: skip

LUNAR = {
    "腊月廿三": "2018-02-08", "正月初一": "2018-02-16", "正月十五": "2018-03-02", "冬月初五": "2018-12-11", "八月初八": "2018-09-17",
    "九月廿八": "2018-11-05", "八月廿三日": "2018-10-02", "农历九月初九": "2018-10-17", "阴历八月十五": "2018-09-24", "农历8月15": "2018-09-24",
    "农历八月十五日": "2018-09-24", "农历2018年腊月廿三": "2019-01-28", "2018年八月初八": "2018-09-17", "闰四月初八": "2012-05-28",
    "中秋节": "2018-09-24", "中秋": "2018-09-24", "重阳节": "2018-10-17", "老年节": "2018-10-17", "除夕": "2018-02-15", "大年三十": "2018-02-15",
    "春节": "2018-02-16", "大年初一": "2018-02-16", "元宵节": "2018-03-02", "端午节": "2018-06-18", "三月三": "2018-04-18",
    "2017年中秋节": "2017-10-04", "去年重阳节": "2017-10-28", "Mid-Autumn Festival": "2018-09-24", "Spring Festival": "2018-02-16",
}  # fmt: skip

REFUSED = [
    ("八月十五", "ambiguous_date", "2018年8月15日，也可能是农历八月十五（2018年9月24日）"),
    ("2018年八月十五", "ambiguous_date", "农历八月十五（2018年9月24日）"), ("九月九", "ambiguous_date", "农历九月初九（2018年10月17日）"),
    ("2018年除夕", "ambiguous_date", "2018年2月15日，也可能是2019年2月4日"), ("2018年腊月廿三", "ambiguous_date", "2019年1月28日"),
    ("190811", "ambiguous_date", "2019年8月11日，也可能是1908年11月"), ("8/11/2018", "ambiguous_date", "例如"), ("8/11/18", "ambiguous_date", "例如"),
    ("13.4", "ambiguous_date", "例如"), ("31.10", "ambiguous_date", "例如"), ("118", "ambiguous_date", "例如"), ("8", "ambiguous_date", "例如"),
    ("43412", "ambiguous_date", "例如"), ("2018118", "ambiguous_date", "例如"),
    ("2018年11月", "day_missing", "2018-11-08"), ("2018.11", "day_missing", "2018-11-08"), ("201811", "day_missing", "2018-11-08"),
    ("11月", "day_missing", "2018-11-08"), ("十一月份", "day_missing", "2018-11-08"), ("上个月", "day_missing", "2018-10-08"),
    ("68年7月", "day_missing", "1968-07-08"), ("68.7", "day_missing", "1968-07-08"), ("November 2018", "day_missing", "2018-11-08"),
    ("2018", "year_only", "只有年份"), ("2018年", "year_only", "只有年份"),
    ("13.40", "impossible_date", "没有“13.40”"), ("1340", "impossible_date", "没有“1340”"), ("13月8日", "impossible_date", "没有"),
    ("2月30日", "impossible_date", "2018年2月只有28天"), ("2018年2月30日", "impossible_date", "2018年2月只有28天"),
    ("去年2月29日", "impossible_date", "2017年2月只有28天"), ("11.31", "impossible_date", "2018年11月只有30天"),
    ("31号", "impossible_date", "2018年11月只有30天"), ("180230", "impossible_date", "2018年2月只有28天"), ("闰正月初一", "impossible_date", "没有"),
    ("11月8日星期五", "wrong_weekday", "2018年11月8日是星期四，不是星期五"), ("2018年11月8日（周日）", "wrong_weekday", "是星期四"),
    ("今天星期一", "wrong_weekday", "2018年11月11日是星期日"), ("Fri 8 Nov 2018", "wrong_weekday", "是星期四"),
    ("11月8日、11月9日", "two_days", "只写一个"), ("11.8-11.9", "two_days", "只写一个"), ("11月8日至10日", "two_days", "只写一个"),
    ("8-10日", "two_days", "只写一个"), ("8、9号", "two_days", "只写一个"), ("2018-11-08 2018-11-09", "two_days", "只写一个"),
    ("2018-11-08至11-10", "two_days", "只写一个"), ("昨天和今天", "two_days", "只写一个"), ("8 Nov to 10 Nov", "two_days", "只写一个"),
    ("1899-12-31", "odd_year", "1900"), ("9999-12-31", "odd_year", "2199"),
    ("很快", "unreadable_date", "2018-11-11"), ("下次", "unreadable_date", "11月11日"), ("周末", "unreadable_date", "昨天"),
    ("11月中旬", "unreadable_date", "2018-11-11"), ("11月8日前后", "unreadable_date", "2018-11-11"), ("初八", "unreadable_date", "2018-11-11"),
    ("民国二十九年", "unreadable_date", "2018-11-11"), ("soon", "unreadable_date", "2018-11-11"), ("九" * 500, "unreadable_date", "2018-11-11"),
]  # fmt: skip


def refusal(read, text, **near):
    with pytest.raises(ValidationError) as refused:
        read(text, TODAY, **near)
    return refused.value.code, refused.value.messages[0]


def test_the_tables_hold_what_offices_write():
    assert len({*WHOLE, *OTHER_WHOLE, *PLAIN, *GUESSED, *LUNAR, *(text for text, _code, _word in REFUSED)}) > 250


@pytest.mark.parametrize("text", WHOLE)
def test_a_day_with_its_year_is_read_in_a_form_as_in_an_import(text):
    found = read_typed_day(text, TODAY)

    assert (found.day, found.is_guessed) == (date(2018, 11, 8), False)
    assert as_day(Cell(TEXT, text), EPOCH) == date(2018, 11, 8)


@pytest.mark.parametrize("text", OTHER_WHOLE)
def test_other_whole_days_are_read_the_same_too(text):
    day = date.fromisoformat(OTHER_WHOLE[text])

    assert read_typed_day(text, TODAY).day == as_day(Cell(TEXT, text), EPOCH) == day


@pytest.mark.parametrize("text", PLAIN)
def test_what_nobody_reads_in_another_way_is_no_guess(text):
    found = read_typed_day(text, TODAY)

    assert (found.day.isoformat(), found.is_guessed) == (PLAIN[text], False)


@pytest.mark.parametrize("text", [*GUESSED, *LUNAR])
def test_a_day_of_which_a_part_is_not_said_is_a_guess(text):
    found = read_typed_day(text, TODAY)

    assert (found.day.isoformat(), found.is_guessed) == ((GUESSED | LUNAR)[text], True)
    assert bool(found.lunar) == (text in LUNAR)


@pytest.mark.parametrize("text", [*PLAIN, *GUESSED, *LUNAR])
def test_an_import_guesses_nothing(text):
    with pytest.raises(ValidationError):
        as_day(Cell(TEXT, text), EPOCH)


@pytest.mark.parametrize(("text", "code", "word"), REFUSED)
def test_a_doubt_is_refused_with_what_is_wrong(text, code, word):
    found, message = refusal(read_typed_day, text)

    assert found == code
    assert word in message


@pytest.mark.parametrize("text", [text for text, _code, _word in REFUSED])
def test_every_refusal_gives_an_example_that_is_read(text):
    _code, message = refusal(read_typed_day, text)

    examples = re.findall(r"\d{4}-\d{2}-\d{2}|\d{4}年\d+月\d+日", message.replace(f"“{text}”", ""))
    assert examples, message
    assert all(not read_typed_day(example, TODAY).is_guessed for example in examples)


@pytest.mark.parametrize("text", ["", "—", "/", "无", "不详"])
def test_a_mark_for_nothing_is_no_day(text):
    assert read_typed_day(text, TODAY) is None
    assert read_typed_month(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10月31日", "2017-10-31"), ("1.5", "2018-01-05"), ("5.1", "2017-05-01"), ("4.30", "2018-04-30"),
        ("8号", "2017-10-08"), ("月底", "2017-10-31"), ("国庆节", "2017-10-01"), ("中秋节", "2017-10-04"), ("17.10.31", "2017-10-31"),
        ("昨天", "2018-11-10"), ("上周四", "2018-11-01"), ("上月底", "2018-10-31"), ("去年3月1日", "2017-03-01"),
    ],
)  # fmt: skip
def test_beside_a_day_on_record_the_nearest_one_is_meant(text, day):
    assert read_typed_day(text, TODAY, near=date(2017, 10, 30)).day.isoformat() == day


def test_a_year_of_two_digits_is_of_the_century_of_the_record():
    assert read_typed_day("31.5.1", TODAY, near=date(2030, 1, 1)).day == date(2031, 5, 1)
    assert read_typed_day("31.5.1", TODAY).day == date(1931, 5, 1)


@pytest.mark.parametrize(
    ("text", "month", "is_guessed"),
    [
        ("2012.3", "2012-03", False), ("2012.03", "2012-03", False), ("2012-03", "2012-03", False), ("2012/3", "2012-03", False),
        ("2012年3月", "2012-03", False), ("2012年3月份", "2012-03", False), ("201203", "2012-03", False), ("二〇一二年三月", "2012-03", False),
        ("２０１２年３月", "2012-03", False), ("03/2012", "2012-03", False), ("March 2012", "2012-03", False), ("190811", "1908-11", False),
        ("12.3", "2012-03", True), ("12年3月", "2012-03", True), ("2012-03-05", "2012-03", True), ("3月", "2018-03", True),
        ("去年3月", "2017-03", True), ("本月", "2018-11", True), ("上个月", "2018-10", True), ("昨天", "2018-11", True),
    ],
)  # fmt: skip
def test_a_month_is_read_as_in_an_import_or_is_a_guess(text, month, is_guessed):
    found = read_typed_month(text, TODAY)

    assert (f"{found.day:%Y-%m}", found.day.day, found.is_guessed, found.is_month) == (month, 1, is_guessed, True)
    if not is_guessed:
        assert read_day(text, EPOCH).date == found.day


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("2012", "unreadable_month", "2018.11"), ("很快", "unreadable_month", "2018.11"), ("2012.13", "impossible_date", "没有“2012.13”"),
        ("118", "unreadable_month", "2018.11"), ("九" * 500, "unreadable_month", "2018.11"), ("1899.12", "odd_year", "1900"),
    ],
)  # fmt: skip
def test_what_is_no_month_is_refused_with_an_example(text, code, word):
    found, message = refusal(read_typed_month, text)

    assert found == code
    assert word in message


@pytest.mark.parametrize(
    ("text", "day", "is_guessed", "is_month"),
    [
        ("1968.7", "1968-07-01", False, True), ("1968年7月", "1968-07-01", False, True), ("196807", "1968-07-01", False, True),
        ("July 1968", "1968-07-01", False, True), ("68.7", "1968-07-01", True, True), ("68年7月", "1968-07-01", True, True),
        ("1968-07-01", "1968-07-01", False, False), ("68.7.1", "1968-07-01", True, False), ("11.8", "2018-11-08", True, False),
        ("昨天", "2018-11-10", False, False),
    ],
)  # fmt: skip
def test_a_month_may_stand_for_a_day_where_the_record_allows_it(text, day, is_guessed, is_month):
    found = read_typed_day_or_month(text, TODAY)

    assert (found.day.isoformat(), found.is_guessed, found.is_month) == (day, is_guessed, is_month)


@pytest.mark.parametrize(
    ("text", "code"), [("7月", "day_missing"), ("1968", "year_only"), ("190811", "ambiguous_date")]
)
def test_a_month_without_its_year_is_no_day(text, code):
    assert refusal(read_typed_day_or_month, text)[0] == code


def test_whatever_is_typed_is_read_or_refused():
    pieces = "今天 昨天 前 上 下 周 星期 月 年 日 号 底 初 廿 八 十 一 两 农历 闰 腊 2018 18 11 8 30 0 . - / 、 （ ） 至 国庆 除夕 Nov thu ago 个 ２ ① ፩ ² 去年 的 : ' "
    rolls, codes = random.Random(7), set()

    for _ in range(5_000):
        text = "".join(rolls.choice(pieces.split(" ")) for _ in range(rolls.randint(1, 6)))
        for read in (read_typed_day, read_typed_month, read_typed_day_or_month):
            try:
                found = read(text, TODAY, near=rolls.choice([None, date(1931, 2, 28)]))
            except ValidationError as refused:
                codes.add(refused.code)
            else:
                assert found is None or 1900 <= found.day.year <= 2199, text

    assert None not in codes


def test_festivals_fall_on_the_days_that_were_announced():
    names = {
        "春节": Holiday.spring_festival,
        "中秋节": Holiday.mid_autumn_festival,
        "端午节": Holiday.dragon_boat_festival,
    }
    days = [
        (solar_day(year, *FESTIVALS[name]), {holiday.value, Holiday.national_day.value})
        for year in range(2008, 2026)
        for name, holiday in names.items()
    ]
    days += [(term_day(year, "清明"), {Holiday.tomb_sweeping_day.value}) for year in range(2008, 2026)]

    # What falls on a weekend is in no announcement.
    announced = [(day, names) for day, names in days if day.weekday() < 5]

    assert len(announced) > 45
    assert [day for day, names in announced if holidays.get(day) not in names] == []


def test_a_lunar_day_is_said_as_it_was_typed():
    assert lunar_words(date(2018, 10, 17)) == "农历九月初九"
    assert lunar_words(date(2012, 5, 28)) == "农历闰四月初八"
    assert (lunar_words(date(1900, 1, 1)), lunar_words(date(2150, 1, 1))) == ("", "")
    assert (solar_day(2018, 4, 8, is_leap=True), solar_day(2150, 1, 1), term_day(2150, "清明")) == (None, None, None)
