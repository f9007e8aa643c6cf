"""The demo's honours, role model, education point, bookroom and visits."""

from datetime import date, time, timedelta

from config.site.demo.people import dice
from config.site.demo.storing import store, store_all
from honours.models import BookTitle, EducationPoint, Honour, RoleModel, Section, VisitGroup

HONOURS = {"national": 6, "region": 21, "city": 63, "county": 83}
BOOKS = {"politics": 60, "science": 30, "life": 30, "culture": 50, "children": 40, "other": 6}
TEN_COPIES = 124  # titles with ten copies; the other 92 have nine
VISITORS = {"students": 642, "members": 286, "cadres": 158}
GROUPS = {"students": 12, "members": 7, "cadres": 5}

FIXED = [
    (date(2015, 12, 1), "national", "全国关心下一代工作先进工作者", "中国关心下一代工作委员会"),
    (date(2016, 5, 1), "national", "2011—2015年全国法治宣传教育先进个人", "全国普法办公室"),
]
KINDS = [
    "关心下一代工作先进个人", "优秀共产党员", "老有所为奉献奖", "优秀志愿者", "法治宣传先进个人", "五好老人", "文艺演出优秀奖",
]  # fmt: skip
BODIES = {
    "national": ["中国关心下一代工作委员会", "全国老龄工作委员会"],
    "region": ["自治区关心下一代工作委员会", "自治区老龄工作委员会"],
    "city": ["市关心下一代工作委员会", "市老龄工作委员会", "市文明办"],
    "county": ["桂南县关心下一代工作委员会", "桂南县老干部局", "荔香街道党工委"],
}
PREFIX = {"national": "全国", "region": "全区", "city": "全市", "county": "全县"}
TITLES = {
    "politics": ["党章学习读本", "支部工作手册", "讲政策的故事", "老区建设史话"],
    "science": ["果树栽培", "沼气使用", "家电维修", "荔枝管理"],
    "life": ["老年保健", "家常菜", "慢性病怎么吃药", "穴位按摩"],
    "culture": ["桂南山歌选", "地方戏曲", "古诗一百首", "书法入门"],
    "children": ["英雄的故事", "科学小问答", "成语画册", "红领巾读物"],
    "other": ["地图册", "通讯录编写", "农历手册"],
}
SECTIONS = [
    ("农家书屋", "两千多册书，免费借阅，也可以坐下来慢慢看。"),
    ("百名英雄模范", "一百位英雄模范的画像和故事，一面墙讲一个年代。"),
    ("党史专栏", "从建党到今天，用实物和老照片的翻拍图讲。"),
    ("县烈士专栏", "本县烈士的生平，年年清明有孩子来献花。"),
]
PROFILE = (
    "1998年7月退休，先后在关工委、老龄委、老促会做义务工作。二十年来走遍辖区学校讲革命传统，"
    "2016年在自己家里办起爱国主义教育点，免费给孩子们讲。"
)


def build_honours(community, member):
    model = store(
        RoleModel(
            organization=community.community,
            member=member,
            name=member.name,
            retired_on=date(1998, 7, 1),
            saying="人退了，心里那点热还在。",
            profile=PROFILE,
            consented_on=date(2016, 5, 3),
        )
    )
    store_all(Honour, [*_of_the_model(community, model), _of_the_community(community)])
    _education_point(community)


def _of_the_model(community, model):
    rolls = dice("honours")
    rows = [(awarded, level, title, body) for awarded, level, title, body in FIXED]
    for level, number in HONOURS.items():
        fixed = sum(row[1] == level for row in FIXED)
        for place in range(number - fixed):
            awarded = date(1999 + (place * 7 + rolls.randrange(3)) % 20, 1 + rolls.randrange(9), 1)
            rows.append((awarded, level, PREFIX[level] + KINDS[place % len(KINDS)], rolls.choice(BODIES[level])))
    for awarded, level, title, body in rows:
        yield Honour(
            organization=community.community,
            role_model=model,
            title=title,
            level=level,
            awarded_on=awarded,
            awarded_by=body,
            winner=model.name,
            consented_on=date(2016, 5, 3),
            state="public",
        )


def _of_the_community(community):
    return Honour(
        organization=community.community,
        title="全国最美志愿服务社区",
        level="national",
        awarded_on=date(2018, 3, 1),
        awarded_by="学雷锋志愿服务“四个100”先进典型活动组委会",
        winner="荔园社区",
        is_collective=True,
        state="public",
    )


def _education_point(community):
    point = store(
        EducationPoint(
            organization=community.community,
            name="荔园爱国主义教育点",
            address="榕树巷 6 号",
            opened_on=date(2016, 5, 1),
            opening_hours="每天 8:30–11:30，15:00–17:30，免费",
            office_phone="0770-0000000",
            introduction="办在老党员自己家里的小小展馆，四个展区，一间书屋。",
        )
    )
    store_all(
        Section,
        [
            Section(point=point, position=place, title=title, text=text)
            for place, (title, text) in enumerate(SECTIONS, 1)
        ],
    )
    store_all(BookTitle, _books(point))
    store_all(VisitGroup, _visits(point))


def _books(point):
    rolls, number = dice("books"), 0
    for subject, titles in BOOKS.items():
        for place in range(titles):
            number += 1
            words = TITLES[subject]
            volume = place // len(words) + 1
            yield BookTitle(
                point=point,
                book_no=f"{number:04}",
                title=words[place % len(words)] + (f"（{volume}）" if titles > len(words) else ""),
                author="编写组",
                publisher="荔香书社",
                published_in=2000 + rolls.randrange(16),
                subject=subject,
                copies=10 if number <= TEN_COPIES else 9,
                added_on=date(2016, 5, 1),
            )


def _visits(point):
    rolls = dice("visits")
    for kind, groups in GROUPS.items():
        for place, visitors in enumerate(_shares(VISITORS[kind], groups)):
            yield VisitGroup(
                point=point,
                day=date(2016, 6, 1) + timedelta(days=rolls.randrange(880)),
                starts_at=time(9, 0),
                group={"students": "学校师生", "members": "党支部", "cadres": "机关干部"}[kind] + f"第 {place + 1} 批",
                kind=kind,
                visitors=visitors,
                guide="教育点讲解员",
                seen="四个展区和书屋",
            )


def _shares(total, parts):
    """`total` in `parts` uneven shares that add up to it."""
    shares = [total // parts + (place % 5 - 2) * 3 for place in range(parts)]
    shares[-1] += total - sum(shares)
    return shares
