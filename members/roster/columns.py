"""Which columns an office's member roster may have, under every usual name, and the words their cells may hold.

§3.1 and §3.3 of the handbook.
"""

from django.utils.translation import pgettext_lazy

from config.kit.person.names import without_sex
from config.kit.sheets.cells import EXACT
from config.kit.sheets.days import as_month, as_rough_day
from config.kit.sheets.header import Columns, ReadColumn
from config.kit.sheets.values import as_citizen_id, as_code, as_name, as_phone, as_text, as_yes
from members.roster.codes import (
    ETHNIC_CHOICES,
    ETHNIC_NAMES,
    Education,
    Health,
    LivingStatus,
    MemberKind,
    RetirementKind,
)

SEX_WORDS = {
    "男": "1", "女": "2", "1": "1", "2": "2", "男性": "1", "女性": "2", "男士": "1", "女士": "2", "m": "1", "f": "2", "male": "1",
    "female": "2", "0": "0", "9": "9", "未知": "0", "未说明": "9", "1男": "1", "2女": "2", "1-男": "1", "2-女": "2",
}  # fmt: skip
EDUCATION_WORDS = {
    Education.POSTGRADUATE: "研究生 硕士 硕士研究生 博士 博士研究生 研究生教育 研究生毕业 研究生学历 在职研究生 博士后 中央党校研究生 党校研究生",
    Education.BACHELOR: "本科 大学本科 大学 大本 大学本科毕业 本科毕业 大学毕业 学士 学士学位 在职本科 在职大学 函授本科 大学本科教育 全日制本科 中央党校大学 党校本科 党校大学 省委党校大学 普通本科 本科学历 大学学历 大学普通班",
    Education.COLLEGE: "大专 大学专科 专科 大专毕业 专科毕业 大学专科教育 在职大专 函授大专 高职 高等职业 大学肄业 党校大专 大专学历 专科教育 大普 电大 夜大",
    Education.VOCATIONAL: "中等职业 中职 中等职业教育 中专中技",
    Education.TECHNICAL: "中专 中等专科 中专毕业 中师 中等师范 中专学历 师范 中技中专 中等专业",
    Education.VOCATIONAL_HIGH: "职高 职业高中 职高毕业",
    Education.SKILLED: "技校 技工学校 技工 中技 技校毕业",
    Education.HIGH: "高中 普通高中 高中毕业 普高 高中学历 高级中学",
    Education.MIDDLE: "初中 初级中学 初中毕业 普通初中 初中学历 高小以上",
    Education.PRIMARY: "小学 小学毕业 高小 初小 小学学历 小学肄业",
    Education.OTHER: "其他 其它 识字 初识字 文盲 半文盲 文盲或半文盲 扫盲 扫盲班 私塾 无学历 未上学 文盲半文盲",
}
# The finer codes of GB/T 4658 (11 doctorate, 21 university degree, …) and the group each belongs to here.
EDUCATION_CODES = {f"{group}{step}": f"{group}0" for group in (1, 2, 3, 6, 7, 8) for step in range(1, 10)}
EDUCATION_SHORT = {
    "10": "研究生", "20": "本科", "30": "大专", "40": "中等职业", "41": "中专", "44": "职高", "47": "技校", "60": "高中",
    "70": "初中", "80": "小学", "90": "其他",
}  # fmt: skip
SEX_SHORT = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
KIND_WORDS = {
    MemberKind.FULL: "正式党员 正式 中共党员 党员 已转正",
    MemberKind.PROBATIONARY: "预备党员 预备 中共预备党员",
}
RETIREMENT_WORDS = {
    RetirementKind.LIXIU: "离休 离休干部 离 离休人员 离休党员",
    RetirementKind.TUIXIU: "退休 退休干部 退 退休人员 退休职工 退休党员 退职 病退 内退 提前退休 退养 退休工人 退休教师",
}
LIVING_WORDS = {
    LivingStatus.ALONE: "独居 孤寡 单身 独自居住 一人居住 单独居住 孤老 独住",
    LivingStatus.COUPLE_ONLY: "空巢 夫妻同住 与配偶同住 与老伴同住 夫妻 老两口 配偶同住 与配偶居住 空巢老人 夫妻空巢",
    LivingStatus.WITH_CHILDREN: "与子女同住 子女同住 随子女居住 和子女同住 与儿女同住 与子女居住 随子女 与家人同住 家人同住",
    LivingStatus.CARE_HOME: "养老机构 养老院 敬老院 福利院 机构养老 护理院 老年公寓",
    LivingStatus.OTHER: "其他 其它 其他居住状况",
}
HEALTH_WORDS = {
    Health.GOOD: "良好 健康 好 较好 一般 身体健康 健康良好 正常 健康或良好 尚好",
    Health.CHRONIC: "慢性病 有慢性病 慢病 患慢性病 一般或较弱 患病",
    Health.FRAIL: "体弱 体弱多病 较差 差 虚弱 较弱 弱 多病 年老体弱",
    Health.DISABLED: "失能 半失能 残疾 卧床 瘫痪 失智 不能自理 生活不能自理 伤残",
}


def by_word(words):
    """`{every word: code}` of a table of space-divided words, codes included."""
    table = {}
    for code, text in words.items():
        table[str(code)] = str(code)
        table |= {word: str(code) for word in text.split()}
    return table


# Names of before 1965 and 1986 that old archives still use.
RENAMED = {"壮": ("僮", "僮族"), "瑶": ("徭", "徭族"), "毛南": ("毛难", "毛难族"), "德昂": ("崩龙", "崩龙族")}


def ethnic_words():
    table = {"97": "97", "98": "98", "其他": "97", "其他民族": "97", "外国血统": "98", "外国血统中国籍人士": "98"}
    for place, name in enumerate(ETHNIC_NAMES, 1):
        table |= {name: f"{place:02}", f"{name}族": f"{place:02}", f"{place:02}": f"{place:02}"}
        table.setdefault(str(place), f"{place:02}")
    return table | {
        "蒙": "02",
        "蒙族": "02",
        "维": "05",
        "维族": "05",
        "哈": "17",
        "哈族": "17",
        "柯族": "29",
        "其它": "97",
        **dict.fromkeys(["未识别民族", "未识别", "其他未识别的民族", "穿青人"], "97"),
        **{old: f"{ETHNIC_NAMES.index(name) + 1:02}" for name, old_names in RENAMED.items() for old in old_names},
    }


def as_person(cell, epoch=None):
    name = as_name(cell)
    return without_sex(name) if name and cell.format != EXACT else name


ETHNIC_SHORT = {code: str(name) for code, name in ETHNIC_CHOICES[:56]} | {"97": "其他", "98": "外国血统"}

COLUMNS = Columns([
    ReadColumn("seq", pgettext_lazy("member roster", "serial number"), ("序号", "编号", "号", "序", "No", "行号", "排序"), ignored=True),
    ReadColumn(
        "name", pgettext_lazy("member roster", "name"),
        ("姓名", "党员姓名", "名字", "名称姓名", "党员名字", "姓名全称", "中文姓名", "人员姓名", "同志姓名", "党员", "name", "full name"),
        as_person, required=True, identifies=True, parts=("姓名",),
        but_not=("曾用", "家属", "配偶", "子女", "紧急", "应急", "联系", "联络", "父", "母", "户主", "介绍", "拼音", "书记", "亲属", "监护", "负责", "帮", "支部"),
    ),
    ReadColumn("sex", pgettext_lazy("member roster", "sex"), ("性别", "性別", "sex", "gender", "性"), as_code(SEX_WORDS, "男、女")),
    ReadColumn(
        "citizen_id", pgettext_lazy("member roster", "citizen ID number"),
        (
            "公民身份号码", "身份证号码", "身份证号", "居民身份证号码", "居民身份证号", "公民身份证号码", "公民身份证号", "身份证", "身份号码",
            "证件号码", "证件号", "居民身份证", "身份证件号码", "有效身份证件号码", "身分证号", "身分证号码", "公民身份证", "身份证编号", "ID",
            "党员身份证号", "党员身份证号码", "本人身份证号", "citizen id", "身份证号码18位", "18位身份证号", "18位身份证号码", "id number", "身份证明号码", "ID号", "ID NO",
        ),
        as_citizen_id, identifies=True, parts=("身份证", "身份号", "身份證", "证件号", "公民身份"), but_not=("复印", "地址", "有效期", "住址", "家属", "配偶", "性别", "党员证", "退休证", "优待"),
    ),
    ReadColumn("ethnic_group", pgettext_lazy("member roster", "ethnic group"), ("民族", "族别", "族", "ethnic group", "民族成份", "民族成分"), as_code(ethnic_words(), "汉族、壮族、苗族、彝族、瑶族 …")),
    ReadColumn("native_place", pgettext_lazy("member roster", "ancestral place"), ("籍贯", "祖籍", "原籍", "籍 贯", "籍贯地"), as_text),
    ReadColumn(
        "birth_date", pgettext_lazy("member roster", "born on"),
        ("出生日期", "出生年月日", "出生年月", "出生时间", "生日", "出生", "生于", "出生年月份", "出生日", "出生年", "诞生日期", "birth date", "date of birth", "born", "birthday"),
        as_rough_day, identifies=True, parts=("出生.*(?:时间|日期|年|月)", "生日"), but_not=("政治", "子女", "配偶", "地点"),
    ),
    ReadColumn(
        "education", pgettext_lazy("member roster", "education"),
        ("学历", "education", "文化程度", "最高学历", "文化水平", "学历层次", "受教育程度", "学历情况", "全日制学历", "文化", "教育程度", "现学历", "学历学位"),
        as_code(by_word(EDUCATION_WORDS) | EDUCATION_CODES, "研究生、本科、大专、中专、职高、技校、高中、初中、小学、其他", endings=("文化程度", "文化", "学历", "毕业", "肄业", "程度", "教育", "学校", "生")),
        parts=("学历", "文化程度"), but_not=("学校", "院校", "专业"),
    ),
    ReadColumn(
        "work_started_on", pgettext_lazy("member roster", "started work in"),
        ("参加工作时间", "参加工作日期", "参加工作年月", "参工时间", "工作时间", "参加革命时间", "参加革命工作时间", "参加工作", "参加革命工作日期", "参工年月", "何时参加工作"),
        as_month, parts=("参加工作", "参加革命"),
    ),
    ReadColumn(
        "joined_on", pgettext_lazy("member roster", "joined the Party on"),
        (
            "加入党组织日期", "入党时间", "入党日期", "加入党组织时间", "入党年月", "入党年月日", "加入中国共产党时间", "加入中国共产党日期", "加入中共时间",
            "入党", "加入", "何时入党", "接收为预备党员时间", "接收为预备党员日期", "成为预备党员时间", "成为预备党员日期", "加入时间", "加入日期", "预备党员时间",
            "加入党组织", "加入党组织年月", "接收预备党员日期", "接收预备党员时间", "入党时间年月", "发展为预备党员时间", "吸收为预备党员时间", "党员入党时间", "批准入党时间", "批准入党日期", "joined the party", "joined",
        ),
        as_rough_day, parts=("(?:入党|加入党|加入中国共产党|加入中共|加入组织|参加党|参加中国共产党|预备).*(?:时间|日期|年月)", "何时(?:加入|入党)"),
        but_not=("介绍", "志愿", "党龄", "申请", "积极", "转正", "正式", "发展对象", "所在", "支部"),
    ),
    ReadColumn(
        "full_member_on", pgettext_lazy("member roster", "full member since"),
        (
            "转为正式党员日期", "转正时间", "转正日期", "转为正式党员时间", "转正年月", "转正", "成为正式党员时间", "成为正式党员日期", "正式党员时间", "转正年月日",
            "转为正式党员", "预备党员转正时间", "预备党员转正日期", "正式党员日期", "党员转正时间", "转为正式党员年月", "何时转正", "按期转正时间", "正式", "转为正式", "党籍转正时间",
        ),
        as_rough_day, parts=("转正", "转为正式", "正式党员.*(?:日期|时间|年月)"), but_not=("介绍", "是否", "情况", "申请", "支部", "决议"),
    ),
    ReadColumn("member_kind", pgettext_lazy("member roster", "kind of member"), ("党员类别", "党员类型", "党员身份", "党员性质", "政治面貌", "正式或预备", "正式预备", "党籍类别"), as_code(by_word(KIND_WORDS), "正式党员、预备党员")),
    ReadColumn("person_kind", pgettext_lazy("member roster", "kind of person"), ("人员类别", "人员类型", "人员性质", "人员身份", "身份类别"), as_code(by_word(KIND_WORDS) | by_word(RETIREMENT_WORDS), "正式党员、预备党员、离休、退休")),
    ReadColumn("standing", pgettext_lazy("member roster", "Party standing"), ("党龄", "党龄年", "党龄(年)", "年龄", "周岁", "岁", "工龄", "现年"), ignored=True),
    ReadColumn(
        "retirement_kind", pgettext_lazy("member roster", "kind of retirement"),
        ("离/退休", "离退休", "离退休类别", "离退休类型", "退休类别", "离退休性质", "离休或退休", "离休退休", "离退休情况", "退休性质", "离退休状态", "离休/退休", "离退休身份", "退休类型", "离退类别"),
        as_code(by_word(RETIREMENT_WORDS), "离休、退休"),
    ),
    ReadColumn(
        "retired_on", pgettext_lazy("member roster", "retired in"),
        ("离退休时间", "退休时间", "离退休日期", "退休日期", "离休时间", "离退休年月", "退休年月", "离休日期", "离退时间", "何时退休", "离休退休时间", "离/退休时间", "办理退休时间", "批准退休时间"),
        as_month, parts=("(?:退休|离休|离退).*(?:时间|日期|年月)", "何时(?:离|退)"), but_not=("参加",),
    ),
    ReadColumn(
        "former_post", pgettext_lazy("member roster", "former employer and post"),
        (
            "原工作单位及职务", "原单位及职务", "原工作单位", "工作单位及职务", "退休前单位及职务", "原任职务", "原职务", "退休前职务", "单位及职务", "原单位", "退休单位", "工作单位",
            "原单位职务", "原工作单位职务", "离退休前单位及职务", "退休前工作单位及职务", "退休前单位", "离退休前职务", "职务", "原工作单位及职务职级", "原单位及职务职级", "退休前工作单位", "离退休前工作单位及职务",
        ),
        as_text, joined=True, parts=("原工作单位", "退休前"), but_not=("电话", "地址"),
    ),
    ReadColumn("branch", pgettext_lazy("member roster", "Party branch"), ("所在党支部", "所在支部", "党支部", "支部", "支部名称", "党支部名称", "所属党支部", "所属支部", "所在党组织", "党组织名称", "所在党支部名称", "组织关系所在党支部", "党员所在支部", "组织关系所在单位"), as_text, spread=True),
    ReadColumn("party_post", pgettext_lazy("member roster", "post in the Party"), ("党内职务", "支部职务", "党内任职", "党支部职务", "党内职务名称", "党组织职务"), as_text, spread=True),
    ReadColumn("health", pgettext_lazy("member roster", "health"), ("健康状况", "身体状况", "健康情况", "身体情况", "健康", "身体健康状况"), as_code(by_word(HEALTH_WORDS), "良好、慢性病、体弱、失能")),
    ReadColumn("living_status", pgettext_lazy("member roster", "living situation"), ("居住状况", "居住情况", "居住方式", "居住形式", "居住类型", "居住"), as_code(by_word(LIVING_WORDS), "独居、空巢、与子女同住、养老机构、其他")),
    ReadColumn(
        "address", pgettext_lazy("member roster", "home address"),
        ("家庭住址", "address", "住址", "现住址", "家庭地址", "居住地址", "现居住地", "现居住地址", "详细住址", "地址", "家庭详细住址", "常住地址", "居住地", "通讯地址", "联系地址", "户籍地址", "住所", "家庭现住址", "现家庭住址"),
        as_text, spread=True, parts=("住址", "地址", "居住地"), but_not=("单位", "工作", "邮箱", "电子", "家属", "子女", "配偶", "紧急", "应急", "办公"),
    ),
    ReadColumn(
        "phone", pgettext_lazy("member roster", "phone"),
        ("联系电话", "手机号码", "手机号", "手机", "电话", "本人电话", "联系方式", "电话号码", "移动电话", "联系手机", "本人联系电话", "本人手机", "固定电话", "住宅电话", "家庭电话", "联系号码", "手机电话", "宅电", "联系电话手机", "phone", "mobile", "telephone", "tel", "phone number", "mobile phone"),
        as_phone, identifies=True, parts=("电话", "手机", "联系方式", "联系号码"), but_not=("紧急", "应急", "家属", "子女", "配偶", "单位", "亲属", "监护", "办公", "联系人", "联络", "书记", "监督", "型号"),
    ),
    ReadColumn(
        "emergency_contact", pgettext_lazy("member roster", "emergency contact and phone"),
        (
            "紧急联系人及电话", "紧急联系人", "紧急联系人电话", "紧急联系电话", "紧急联系人姓名", "紧急联系人联系电话", "紧急联系方式", "家属联系电话", "家属电话", "家属姓名及电话", "子女联系电话",
            "紧急联络人", "紧急联络人及电话", "家属及电话", "紧急联系人及联系电话", "紧急联系人及联系方式", "应急联系人", "应急联系人及电话", "应急联系电话", "亲属电话", "家属联系方式", "紧急联系人手机", "紧急联系人关系",
        ),
        as_text, joined=True, parts=("紧急联系", "应急联系"),
    ),
    ReadColumn("is_floating", pgettext_lazy("member roster", "away for six months or more"), ("是否流动党员", "流动党员", "是否为流动党员", "流动", "是否流动", "是否外出", "外出党员"), as_yes),
    ReadColumn("in_hardship", pgettext_lazy("member roster", "member in difficulty"), ("是否困难党员", "困难党员", "是否为困难党员", "是否困难", "生活困难党员", "是否生活困难党员", "困难"), as_yes),
    ReadColumn("hardship_reason", pgettext_lazy("member roster", "what the difficulty is"), ("困难原因", "困难情况", "致困原因", "困难类型", "困难说明", "困难情况说明"), as_text),
    ReadColumn("five_elders", pgettext_lazy("member roster", "one of the Five Elders"), ("是否五老", "五老", "五老人员", "是否五老人员", "是否五老志愿者", "是否为五老人员"), as_yes),
    ReadColumn("remark", pgettext_lazy("member roster", "remark"), ("备注", "remark", "remarks", "说明", "附注", "备考", "备注说明", "其他说明", "备 考"), as_text, spread=True),
    # Read with everything else that says who is no longer there (`departures`), kept nowhere.
    ReadColumn(
        "roll_status", pgettext_lazy("member roster", "still on the roll"),
        ("党籍状态", "党员状态", "状态", "在册状态", "人员状态", "党籍", "党籍情况", "组织关系状态", "组织关系情况", "是否在册", "在册情况", "目前状态", "现状态"),
        ignored=True,
    ),
    ReadColumn("reason", pgettext_lazy("member roster", "reason"), ("原因", "原行号"), ignored=True),
])  # fmt: skip
