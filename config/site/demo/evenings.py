"""The demo's shows: where each was given, and its programme."""

from activities.models import Activity, ProgrammeItem, Show, Village
from config.site.demo.people import dice
from config.site.demo.storing import store_all

# Villages of the places in which shows are given; what stands in none of them is an evening in the community.
VILLAGES = {
    "荔香镇大榕村": ("荔香镇", "大榕村"),
    "桂南镇新圩村": ("桂南镇", "新圩村"),
    "石桥村文化广场": ("荔江镇", "石桥村"),
    "荔江镇": ("荔江镇", "荔江社区"),
}
ACTS = [
    ("开场锣鼓《喜迎乡亲》", "荔园锣鼓队", "16 人", 6),
    ("山歌对唱《政策送到家门口》", "荔园山歌队", "男女各 4 人", 8),
    ("快板《说说医保那些事》", "曲艺组", "3 人", 7),
    ("小品《一碗凉茶》", "曲艺组", "5 人", 15),
    ("广场舞《红棉花开》", "荔园舞蹈队", "20 人", 6),
    ("大合唱《歌唱祖国》", "老干部合唱团", "32 人", 10),
    ("二胡齐奏《赛马》", "民乐组", "8 人", 6),
    ("粤曲小唱", "民乐组", "2 人", 9),
    ("诗朗诵《我的入党那一天》", "朗诵组", "6 人", 8),
    ("太极扇", "荔园太极队", "18 人", 7),
]  # fmt: skip


def build_evenings(community, events):
    """Programmes of the performances among stored events; no figure of the demo depends on them."""
    rolls = dice("evenings")
    rows = [
        Village(organization=community.community, township=township, name=name) for township, name in VILLAGES.values()
    ]
    villages = dict(zip(VILLAGES, store_all(Village, rows), strict=True))
    shows, items = [], []
    for event in events:
        if event.kind != Activity.Kind.PERFORMANCE:
            continue
        village = villages.get(event.place)
        shows.append(Show(activity=event, form="township" if village else "evening", village=village))
        chosen = sorted(rolls.sample(range(1, len(ACTS)), rolls.randrange(5, 8)))
        items += [
            ProgrammeItem(
                activity=event, number=number, title=title, troupe=troupe, performers=performers, minutes=minutes
            )
            for number, (title, troupe, performers, minutes) in enumerate([ACTS[0], *(ACTS[at] for at in chosen)], 1)
        ]
    store_all(Show, shows)
    store_all(ProgrammeItem, items)
