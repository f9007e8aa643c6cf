"""The demo's activities, volunteers, wishes and mentoring pairs, with the numbers of the case report."""

from datetime import date, time, timedelta

from activities.events.photos import add_photos, describe_photo
from activities.models import Activity, MentorMeeting, MentorPair, MiniWish, Volunteer, WishStep
from branches.models import Nameplate
from config.kit.dates import THURSDAY, nth_weekday
from config.site.demo.certificates import certify
from config.site.demo.drawings import draw
from config.site.demo.evenings import build_evenings
from config.site.demo.minutes import write_minutes_of
from config.site.demo.people import TODAY, dice
from config.site.demo.sheets import DemoSheets
from config.site.demo.signups import open_event, sign_up
from config.site.demo.storing import moment, store_all

VOLUNTEERS = {"party": 186, "youth": 402, "five_elders": 118, "arts": 340}
PERFORMANCES = [6, 9, 6, 6, 7, 8, 9, 6, 8, 7]  # January to October 2018
WISHES = {"closed": 24, "in_progress": 6, "posted": 4, "withdrawn": 2}
SQUARE = "榕树巷口"
ROOM = "荔园社区离退休干部活动室"

TASKS = [
    (
        "给独居老人理发，在榕树下量血压",
        "早上八点半，党员在榕树巷口摆开三张桌子：理发、量血压、教用手机。走不动的老人有人上门。",
    ),
    ("清扫楼道，帮老人晒被子", "三个小组分楼栋清扫公共楼道，帮不便下楼的老人晒被褥、擦窗户。"),
    ("植树节，给社区花坛添新土", "老同志带着青年志愿者给花坛添土、补苗，给每棵树挂上名牌。"),
    ("清明文明祭扫宣传", "在巷口发放文明祭扫倡议，提醒用火安全。"),
    ("教老人用手机", "一对一教挂号、缴费和视频通话，带老花镜来的都坐得下。"),
    ("给环卫工人送凉茶", "煮好的凉茶送到路口，也送防暑药。"),
    ("河边拾捡垃圾", "沿河两岸捡拾垃圾，劝阻下河游泳的孩子。"),
    ("暑期护学岗", "给在家的孩子读报、讲革命传统故事。"),
    ("中秋前看望老人", "和青年志愿者一起上门陪老人说话，打扫屋子。"),
    ("重阳前的义诊", "退休医生坐诊，量血压、测血糖，讲慢性病怎么吃药。"),
]
VENUES_OUT = ["荔香镇大榕村", "桂南镇新圩村", "荔江镇", "石桥村文化广场", "社区小广场", "敬老院"]
SHOWS = ["文艺晚会", "下乡演出", "广场演唱", "惠民演出"]
TOPICS = ["学习党章", "学习党的十九大报告", "学习《中国共产党支部工作条例》", "健康讲座与时事学习", "学习纪律处分条例"]
LESSONS = ["不忘初心，老有所为", "讲好身边的革命故事", "发挥余热，服务邻里"]
# What was wished, and what is written down when it was granted.
WISHES_AND_RESULTS = [
    ("想要一副新的老花镜", "验光后配好一副，已经送到家里"),
    ("厨房的灯坏了，想换一盏亮的", "已经换好一盏亮灯，试过了"),
    ("想学会用手机和孙子视频", "已经教会，写了一张步骤纸"),
    ("想要一双防滑的布鞋", "量了尺码，布鞋已经送到家里"),
    ("想修好轮椅的刹车", "刹车已经修好，推着试过了"),
    ("想有人陪着去公园走一走", "两位志愿者陪着去过了"),
    ("想要一台小收音机听新闻", "收音机已经送到，调好了常听的台"),
    ("想在床边装一个扶手", "扶手已经装好，试过了"),
    ("想要一本大字版字典", "大字版字典已经送到家里"),
    ("想理一次发", "志愿者上门理好了"),
    ("想要一床薄被子", "一床新的薄被子已经送到家里"),
    ("想把旧照片放大一张", "照片已经放大，装好镜框送到家里"),
]


def build_programme(community, names, members):
    plates = list(Nameplate.objects.filter(organization=community.community))
    rolls = dice("activities")
    sheets = DemoSheets(community, _volunteers(community, names, members))
    events = [
        *_volunteer_days(community),
        *_performances(community, rolls),
        *_meetings(community, rolls),
        *_study_days(community),
        _birthday(community),
        open_event(community),
    ]
    stored = store_all(Activity, [sheets.fill(event) for event in events])
    sheets.store(stored)
    write_minutes_of(stored, community.users["secretary-a"])
    sign_up(stored[-1], community.users["publicity"])
    certify(sheets.troupe[0], community.users["publicity"])
    for place, event in enumerate(stored):
        event.plates.set([plates[place % 5], plates[(place + 1 + place % 2) % 5]])
    _pictures(stored)
    build_evenings(community, stored)
    _wishes(community, names)
    pairs = store_all(
        MentorPair,
        [
            MentorPair(
                branch=branch,
                mentor=names.take(),
                learner=names.take(male=place % 2 == 0),
                subject="社区工作和群众工作方法",
                goal="能独自组织一次志愿服务日，写好一份活动小结。",
                starts_on=date(2017, 9, 1),
            )
            for place, branch in enumerate([community.branch_a, community.branch_b] * 4)
        ],
    )
    store_all(
        MentorMeeting,
        [
            MentorMeeting(pair=pair, day=date(2018, month, 12), what="一起走访，谈体会", hours=1)
            for pair in pairs
            for month in (3, 6, 9)
        ],
    )


def _volunteer_days(community):
    served = dice("served")
    for month in range(1, 13):
        day = nth_weekday(2018, month, THURSDAY, 2)
        held = day <= TODAY
        title, summary = TASKS[month - 1] if held else ("志愿服务日", "")
        yield Activity(
            organization=community.community,
            kind="volunteer_day",
            state="archived" if held else "planned",
            title=title,
            day=day,
            starts_at=time(8, 30),
            ends_at=time(11, 30),
            place=SQUARE,
            leader="",
            recorder="陈桂珍" if held else "",
            residents=served.randrange(0, 12) if held else 0,
            served=served.randrange(40, 95) if held else 0,
            summary=summary,
        )


def _performances(community, rolls):
    for month, number in enumerate(PERFORMANCES, 1):
        for place in range(number):
            village = VENUES_OUT[(month + place) % len(VENUES_OUT)]
            show = SHOWS[(month * 3 + place) % len(SHOWS)]
            yield Activity(
                organization=community.community,
                kind="performance",
                state="archived",
                title=f"{village}{show}",
                day=date(2018, month, 1 + (place * 3 + month) % 28),
                starts_at=time(19, 30),
                ends_at=time(21, 30),
                place=village,
                recorder="梁月华",
                residents=rolls.randrange(60, 260),
                summary="用身边的事编成快板、山歌和小品，宣讲政策，热闹一场。",
            )


def _meetings(community, rolls):
    for branch in (community.branch_a, community.branch_b):
        for month in (3, 6, 9, 10):
            yield _meeting(branch, "general_meeting", "支部党员大会", date(2018, month, 22), rolls)
        for month in range(1, 11):
            yield _meeting(branch, "committee_meeting", "支委会会议", date(2018, month, 5), rolls)
        for place, month in enumerate((3, 6, 9)):
            yield _meeting(branch, "party_lesson", f"党课：{LESSONS[place]}", date(2018, month, 23), rolls)


def _meeting(branch, kind, title, day, rolls):
    return Activity(
        organization=branch.organization,
        branch=branch,
        kind=kind,
        state="archived",
        title=title,
        day=day,
        starts_at=time(9, 0),
        ends_at=time(10, 30),
        place=ROOM,
        recorder="陈桂珍",
        summary=rolls.choice(TOPICS),
    )


def _study_days(community):
    for month in range(1, 11):
        day = date(2018, month, 20)
        while day.weekday() > 4:
            day += timedelta(days=1)
        yield Activity(
            organization=community.community,
            kind="study_day",
            state="archived",
            title=f"{month}月固定学习日",
            day=day,
            starts_at=time(9, 0),
            ends_at=time(10, 30),
            place=ROOM,
            recorder="陈桂珍",
            summary=f"{TOPICS[month % len(TOPICS)]}；行动不便的老党员由支部送学上门。",
        )


def _birthday(community):
    return Activity(
        organization=community.community,
        kind="political_birthday",
        state="archived",
        title="“七一”集体政治生日",
        day=date(2018, 7, 1),
        starts_at=time(9, 0),
        ends_at=time(11, 0),
        place=ROOM,
        recorder="梁月华",
        residents=20,
        summary="重温入党誓词，给老党员送政治生日贺卡，七月入党的 17 位老同志一起讲入党那一天。",
    )


def _pictures(events):
    """Drawings that cannot be taken for photos of people."""
    days = [event for event in events if event.kind == "volunteer_day" and event.state == "archived"]
    shows = [event for event in events if event.kind == "performance"][:6]
    for place, event in enumerate([*days, *shows]):
        scene = "stage" if event.kind == "performance" else "street"
        alt = "示意画：台上有人唱歌，台下坐满乡亲" if scene == "stage" else "示意画：榕树下，志愿者在桌边为老人服务"
        drawing = draw(scene, place)
        drawing.name = f"{scene}.png"
        for photo in add_photos(event, [drawing]).kept:
            describe_photo(photo, alt=alt, consented=True)


def _volunteers(community, names, members):
    """Every member is a volunteer; the others are invented."""
    rolls = dice("volunteers")
    rows = []
    for kind, number in VOLUNTEERS.items():
        for place in range(number):
            member = members[place] if kind == "party" and place < len(members) else None
            row = Volunteer(
                organization=community.community,
                kind=kind,
                name=member.name if member else names.take(male=place % 2 == 0),
                member=member,
                registered_on=date(2014, 6, 1) + timedelta(days=rolls.randrange(1300)),
                skills=rolls.choice(["理发", "量血压", "唱歌", "写字", "讲故事", "修家电", "跳舞", ""]),
            )
            # Bulk creation passes by save().
            row.derive()
            rows.append(row)
    return store_all(Volunteer, rows)


def _wishes(community, names):
    rolls = dice("wishes")
    states = [state for state, number in WISHES.items() for _ in range(number)]
    rows = []
    for place, state in enumerate(states):
        collected = date(2018, 1, 10) + timedelta(days=place * 7)
        claimed = state in {"closed", "in_progress"}
        wish, result = WISHES_AND_RESULTS[place % len(WISHES_AND_RESULTS)]
        rows.append(
            MiniWish(
                organization=community.community,
                branch=community.branch_a if place % 2 else community.branch_b,
                code=f"2018-{place + 1:03}",
                collected_on=collected,
                wisher=names.take(male=place % 3 == 0),
                group=rolls.choice(["veteran", "resident", "resident", "disabled", "child"]),
                public_text=wish,
                private_note="上门看过，情况属实",
                state=state,
                claimed_by="青年志愿服务队" if claimed and place % 4 == 0 else names.take() if claimed else "",
                claimer_named=place % 4 == 0,
                claimed_on=collected + timedelta(days=4) if claimed else None,
                due_on=collected + timedelta(days=34) if claimed else None,
                fulfilled_on=collected + timedelta(days=15) if state == "closed" else None,
                closed_on=collected + timedelta(days=18) if state == "closed" else None,
                result=result if state == "closed" else "",
                withdrawn_because="家人已经买了" if state == "withdrawn" else "",
            )
        )
    store_all(MiniWish, rows)
    WishStep.objects.bulk_create(step for wish in rows for step in _steps_of(wish, community.users))


def _steps_of(wish, users):
    """The steps that brought a wish of the demo to where it is, by the people of its branch."""
    by = users["secretary-a" if wish.branch.name.startswith("荔香") else "secretary-b"]
    taken_back = wish.collected_on + timedelta(days=9) if wish.state == "withdrawn" else None
    days = [
        ("post", wish.collected_on + timedelta(days=2), ""),
        ("claim", wish.claimed_on, ""),
        ("start", wish.claimed_on and wish.claimed_on + timedelta(days=3), ""),
        ("fulfil", wish.fulfilled_on, ""),
        ("confirm", wish.closed_on, "合用，谢谢大家"),
        ("withdraw", taken_back, wish.withdrawn_because),
    ]
    ways = {"confirm": WishStep.Way.PHONE}
    return [
        WishStep(wish=wish, act=act, by=by, on=on, at=moment(on), remark=remark, way=ways.get(act, ""))
        for act, on, remark in days
        if on
    ]
