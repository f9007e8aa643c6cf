"""Numbers, addresses, and words of illness and hardship in a text, each as the piece of the text that holds it.

Every function takes a text that `config.kit.public_text.plain` made comparable. They tell apart what speaks of somebody
from what only looks like it: days and documents from phone numbers, a hall from a home, a lecture from an illness.
"""

import re

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－~～", "-"))
NUMERALS = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00123456789" + "1" + "123456789")
NUMERAL = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖0-9"
NUMERAL_RUN = re.compile(rf"[{NUMERAL}](?:[\s()+-]{{0,3}}[{NUMERAL}]){{6,}}")
# Days, times of day, numbers of documents (2018-0008), rows of years and books are no phone numbers, also side by side.
NO_NUMBER = re.compile(
    r"(?<!\d)(?:(?:(?:19|20)\d{2}[\s-]+){2,}(?:19|20)\d{2}"
    r"|(?:18|19|20|21)\d{2}(?:-\d{1,2}-\d{1,2}|\.\d{1,2}\.\d{1,2}|/\d{1,2}/\d{1,2}|-\d{1,6})|\d{1,2}:\d{2})(?!\d)"
    r"|第(?:19|20)\d{2,12}号"
    r"|ISBN[\s:]*97[89][\d -]{10,14}",
    re.IGNORECASE,
)
NUMBERS = (
    re.compile(r"(?<!\d)(?:\+|00)?(?:86[\s-]{0,3})?1[3-9]\d(?:[\s./·_,、()-]{1,3}\d{4}){2}(?!\d)"),
    re.compile(r"(?<!\d)[(+]?\d(?:[\s()+-]{0,3}\d){10,}X?", re.IGNORECASE),
    re.compile(r"(?<![\d-])\(?0\d{2,3}\)?[\s-]{0,3}\d{3,4}[\s-]?\d{4}(?!\d)"),
    re.compile(
        r"(?:电话|座机|手机|致电|拨打|热线|联系|微信|QQ|phone|call|tel)\D{0,6}(?P<number>\d(?:[ -]?\d){6,})",
        re.IGNORECASE,
    ),
)


def numbers_in(text):
    """Phone, ID and card numbers of a text as they are written there, in their order."""
    digits = text.translate(DASHES)
    digits = NUMERAL_RUN.sub(lambda run: run.group().translate(NUMERALS), digits)
    # As long as what it replaces, so that a place in one text is the place in the other.
    digits = NO_NUMBER.sub(lambda known: "…" * len(known.group()), digits)
    spans: list[tuple[int, int]] = []
    for pattern in NUMBERS:
        piece = "number" if "number" in pattern.groupindex else 0
        spans += [found.span(piece) for found in pattern.finditer(digits)]
    return _pieces(text, spans)


def _pieces(text, spans):
    """The pieces at the spans, once each; a span that touches a longer one is part of it."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end))
    return list(dict.fromkeys(text[start:end].strip() for start, end in sorted(kept)))


ROOM = "[0-9一二三四五六七八九十百〇零两]{1,5}"
HOUSE = rf"{ROOM}\s*(?:[栋幢座]|号楼|#楼?|号院|弄)"
STREET = "(?:(?![到在住送去往给的和])[\u4e00-\u9fff]){1,5}?(?:路|街|巷|大道|胡同|里弄|村|屯|小区|花园|新村)"
ADDRESSES = (
    # 3栋2单元501室, 5号楼302, 12弄7号
    re.compile(
        rf"{HOUSE}(?:\s*[-,]?\s*{ROOM}\s*(?:单元|门|层|楼))?\s*[-,]?\s*{ROOM}\s*(?:室|房(?!间)|户|号)(?![线文])"
        rf"|{HOUSE}\s*{ROOM}\s*单元|{ROOM}\s*单元\s*{ROOM}\s*[室房号]|{ROOM}\s*组\s*{ROOM}\s*号"
    ),
    re.compile(rf"{STREET}\s*{ROOM}(?:-\d+)?\s*号(?![线文楼])(?:\s*(?:{HOUSE}|{ROOM}\s*[室房]))?"),
    re.compile(rf"(?<![第\d])(?:{ROOM}\s*号楼|[1-9]\d{{2,3}}\s*[室房](?!间))"),
    re.compile(r"(?<=[住在到去])\s*\d{1,3}\s*[栋幢]"),
    re.compile(rf"门牌(?:号码?)?(?:是|为)?[:：]?\s*{ROOM}\s*号?"),
)
HALLS = (
    "(?:中心|会议室|活动室|阅览室|图书室|办公室|教室|礼堂|会堂|图书馆|文化馆|博物馆|纪念馆|体育馆|书房|书屋|文化站|服务站|卫生站|驿站|居委会|村委会|"
    "党校|学校|大学|小学|中学|学院|医院|卫生院|公园|广场|剧院|影院|食堂|饭堂|车站|公司|银行|教育点|阵地|机关|大院|大楼|办公楼|政府|办事处)"
)
HALL_BEFORE = re.compile(rf"{HALLS}(?:[的在里内]|位于|地址)?\s*[(:：（]?\s*$")
HALL_BEHIND = re.compile(
    rf"^\s*[(（的]?\s*(?:(?![到在住送去往给和来])[\u4e00-\u9fff]){{0,8}}?(?:[一二三四五六七八九十0-9]{{1,2}}[楼层])?{HALLS}"
)


def addresses_in(text):
    """Addresses of homes: houses, doors and rooms that no hall, office or other public place stands beside."""
    spans = [
        found.span()
        for pattern in ADDRESSES
        for found in pattern.finditer(text)
        if not HALL_BEFORE.search(text[: found.start()]) and not HALL_BEHIND.search(text[found.end() :])
    ]
    return _pieces(text, spans)


# Named illnesses, and what is done about them.
ILLNESSES = (
    r"(?:[肺肝胃肠乳腺直结食道鼻咽宫颈]{1,3})?癌症?|肿瘤|白血病|尿毒症|透析|(?<!文)化疗(?!养)|放疗|中风(?![格味光险雨景采貌尚向力情])|"
    r"脑梗塞?|脑溢血|脑出血|偏瘫|截瘫|瘫痪|半身不遂|植物人|糖尿病|[高低]血压|高血脂|冠心病|心脏病|心梗(?!概)|心肌梗[塞死]|肝炎|肝硬化|"
    r"(?<!团)结核病?(?!心)|艾滋病?|精神(?:病|障碍|分裂症?)|抑郁症?|自闭症|老年痴呆症?|痴呆|阿尔茨海默|帕金森|癫痫|白内障|类?风湿|关节炎|哮喘|痛风|"
    r"慢阻肺|尘肺病?|肾衰竭?|肾病|绝症|重疾|截肢|失明|失聪|聋哑|智障|病危|病故|病重(?![点视要])"
)
# Said of groups as often as of one: 慰问残疾人 12 人 gives nobody away.
STATES_OF_HEALTH = r"残疾|半?失能|大病|重病|疾病|慢性病|患病|生病|因病|住院|手术|卧床|骨折"
HARDSHIPS = (
    r"低保(?:户|对象|家庭|金)?|特困(?:户|供养|人员|家庭)?|五保户?|建档立卡|贫困(?:户|家庭|党员|群众|学生|生)?(?![村县乡镇地])|"
    r"困难(?:老?党员|群众|家庭|户|职工|老人|学生)|(?:家庭|家境|生活|经济)(?:比较|十分|非常|特别|较|很)?(?:困难|贫寒|贫困|拮据)|"
    r"没有?收入|无收入|无生活来源|欠债|负债|下岗|失独|孤寡|孤儿|(?:因病)?[致返]贫"
)
# Programmes, offices and rules; they speak of nobody.
PROGRAMMES = re.compile(
    r"互助帮困|帮困(?:基金|互助|资金)?|困难(?:党员|群众|职工)?(?:帮扶|救助|互助)(?:基金|资金|办法|制度|政策|工作|金)?|"
    r"残联|残疾人(?:联合会|之家|艺术团|日|事业|运动会|保障法)|助残日?|肿瘤医院|"
    r"(?:低保|特困|大病|重病|五保|贫困)(?:户|人员|供养|对象)?(?:政策|制度|办法|条例|标准|救助|医保|保险|统筹|帮扶|基金)|"
    r"(?:疾病|慢性病)(?:预防)?控制中心|疾控中心|(?:疾病|慢性病)(?:预防|防治|防控|知识|谱)"
)
# A lecture, a check-up for all, a campaign.
THEMES = re.compile(
    r"防治|预防|防控|讲座|讲课|讲解|义诊|宣传|宣讲|知识|科普|筛查|健康|保健|养生|咨询|培训|专题|早期|用药|饮食|日活动|防.癌|抗癌操"
)
# Words that make a clause speak of one person or household.
OF_ONE = re.compile(
    r"一[位名户]|(?<![\d.])1\s*[位名户]|[这那该某][位名户家]|某(?![些种个地])|[他她](?!们)|本人|其(?=[夫妻子女母父家])|老伴|丈夫|妻子|儿子|女儿|"
    r"母亲(?!节)|父亲(?!节)|孙子|孙女|家里|家中|大爷|大妈|大娘|奶奶|爷爷|阿姨|老伯|大叔|老人家|先生|女士|患(?!者|病)|(?<![取获赢懂博使])得了|"
    r"查出|确诊|生前|病故|去世"
)
CLAUSE = re.compile(r"[^,，。;；!！?？\n]+")


def states_in(text, *, about_one):
    """`(illness, hardship)`: the words of a text that tell of somebody's illness, and of somebody's hardship.

    In a text `about_one` person (a wish, a card, a story) each such word tells of that person. In another text (what was
    done at an event) a named illness tells of somebody unless its clause speaks of a theme, such as a lecture or a
    check-up for all, and of no single person; a state of health that groups are called by, and hardship, tell of
    somebody where that clause or the one before it speaks of one person or household. Names of programmes, offices and
    rules tell of nobody.
    """
    text = PROGRAMMES.sub(lambda known: "…" * len(known.group()), text)
    illness, hardship, before = [], [], False
    for clause in CLAUSE.findall(text):
        of_one = bool(OF_ONE.search(clause))
        is_near_one = about_one or of_one or before
        is_theme = bool(THEMES.search(clause)) and not of_one and not about_one
        if not is_theme:
            illness += re.findall(ILLNESSES, clause)
        if is_near_one:
            illness += [] if is_theme else re.findall(STATES_OF_HEALTH, clause)
            hardship += [found.group() for found in re.finditer(HARDSHIPS, clause)]
        before = of_one
    return list(dict.fromkeys(illness)), list(dict.fromkeys(hardship))
