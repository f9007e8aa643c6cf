"""The demo's event that is open for sign-up, with who has a place and who waits."""

from datetime import date, time, timedelta

from activities.models import Activity, SignUp, SignUpStep
from config.site.demo.people import TODAY
from config.site.demo.storing import moment, store_all

PLACES = 6
# Name, how it came, how many come (persons).
SIGNED = [
    ("蒙玉兰", SignUp.Channel.CALL, 2),
    ("岑大福", SignUp.Channel.SLIP, 1),
    ("罗秀英", SignUp.Channel.WEB, 2),
    ("龙正华", SignUp.Channel.WEB, 2),
    ("石桂香", SignUp.Channel.CALL, 1),
]


def open_event(community):
    """A lesson with fewer places than wish to come; it is of no kind that a figure of the demo counts."""
    return Activity(
        organization=community.community,
        kind="sports",
        state="open",
        title="八段锦教学",
        day=date(2018, 11, 15),
        starts_at=time(9, 0),
        ends_at=time(10, 30),
        place="社区小广场",
        leader="梁月华",
        capacity=PLACES,
    )


def sign_up(event, clerk):
    """Whoever signed up, in order: with a place as long as there are any, then on the waiting list."""
    left, rows = event.capacity, []
    for place, (name, channel, persons) in enumerate(SIGNED):
        is_placed = persons <= left
        left = left - persons if is_placed else 0
        state = SignUp.State.PLACED if is_placed else SignUp.State.WAITING
        phone = f"1400000{9000 + place}"
        rows.append(SignUp(activity=event, channel=channel, name=name, phone=phone, persons=persons, state=state))
    stored = store_all(SignUp, rows)
    day = TODAY - timedelta(days=2)
    SignUpStep.objects.bulk_create(
        SignUpStep(
            signup=row,
            act=SignUpStep.Act.SIGN,
            by=None if row.channel == SignUp.Channel.WEB else clerk,
            from_page=row.channel == SignUp.Channel.WEB,
            on=day,
            at=moment(day),
        )
        for row in stored
    )
