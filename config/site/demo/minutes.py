"""The demo's minutes of meetings, and study brought home to the frail on each study day."""

from datetime import timedelta

from activities.models import Activity, Attendance, Decision, HomeStudy, Minutes
from config.site.demo.storing import moment, store_all

Kind = Activity.Kind
AGENDAS = {
    Kind.GENERAL_MEETING: ["通报上季度支部工作", "讨论下季度工作安排", "表决下季度工作安排"],
    Kind.COMMITTEE_MEETING: ["研究本月活动", "看望名单", "志愿服务日分工"],
    Kind.PARTY_LESSON: ["上党课", "交流体会"],
}
DECISIONS = {
    Kind.GENERAL_MEETING: "同意下季度工作安排",
    Kind.COMMITTEE_MEETING: "同意本月活动安排和分工",
}
BROUGHT_BY = "李国强"


def write_minutes_of(events, user):
    """Minutes of every meeting held, with a vote where something was decided, and study at home beside study days."""
    held = [event for event in events if event.kind in AGENDAS and event.state in Activity.HELD]
    minutes = store_all(
        Minutes,
        [
            Minutes(
                activity=event,
                agenda="\n".join(AGENDAS[event.kind]),
                speaker="韦光明" if event.kind == Kind.PARTY_LESSON else "",
                content=event.summary if event.kind == Kind.PARTY_LESSON else "",
                discussion="按议程逐项讨论，大家都发了言。",
                written_by=user,
                at=moment(event.day + timedelta(days=1)),
            )
            for event in held
        ],
    )
    decided = [row for row in minutes if row.activity.kind in DECISIONS]
    store_all(
        Decision,
        [
            Decision(
                minutes=row,
                place=1,
                text=DECISIONS[row.activity.kind],
                in_favour=row.activity.present,
                against=0,
                abstained=0,
            )
            for row in decided
        ],
    )
    _home_study([event for event in events if event.kind == Kind.STUDY_DAY], user)


def _home_study(study_days, user):
    excused = Attendance.objects.filter(activity__in=study_days, mark=Attendance.Mark.EXCUSED).order_by("pk")
    ways = [HomeStudy.Way.VISIT, HomeStudy.Way.TELEVISION, HomeStudy.Way.PAPER]
    rows = []
    for place, line in enumerate(excused.select_related("activity")):
        way = ways[place % len(ways)]
        rows.append(
            HomeStudy(
                member_id=line.member_id,
                branch_id=line.branch_id,
                activity=line.activity,
                day=line.activity.day + timedelta(days=1),
                way=way,
                what=line.activity.summary.split("；")[0],
                brought_by=BROUGHT_BY if way == HomeStudy.Way.VISIT else "",
                minutes=90,
                entered_by=user,
            )
        )
    store_all(HomeStudy, rows)
