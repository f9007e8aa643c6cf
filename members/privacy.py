"""What may be shown of a person: masked names, numbers and places. Everything public passes through here.

Vectors of §3.4 of the handbook: a donor or volunteer keeps the first and the last character of the name, a person in
difficulty the surname alone.
"""

import re
from functools import wraps

from django.utils.translation import gettext_lazy as _

from config.kit.crypto import Unreadable
from config.kit.person.search import spelling_of
from members.consents.models import Consent
from members.roster.models import Member

ANONYMOUS = _("well-wisher")


def shows_unreadable(mask):
    """A mask that leaves the sentence of a value no key opens as it is: it gives nobody away."""

    @wraps(mask)
    def masked(text):
        return str(text) if isinstance(text, Unreadable) else mask(text)

    return masked


# Donors as offices write them: words that name nobody, groups and organisations, persons with words around the name.
_NAMELESS = re.compile(r"匿名|隐名|无名氏|佚名|[不未][愿想便]?意?(?:透露|公开|留|具|署)下?真?(?:姓名|名字|姓|名)")
_PEOPLE = (
    r"(?:党员干部|党员|市民|群众|居民|村民|业主|职工|员工|干部|师生|学生|教师|老师|家长|志愿者|会员|商户|商家|人士|过路人|路过人|路人|好心人|热心人|"
    r"有心人|老人|网友|老兵|军人|邻居|同志)们?"
)
_KIND = r"(?:热心|爱心|好心|普通|老年|老|离退休|离休|退休|在职|流动|预备|年轻|青年|路过|社会各界|各界|社会|社区|本社区|小区|附近|本地|本支部|支部|的)"
_UNNAMED = re.compile(rf"(?:[一两二三几某多数众各\d]{{0,3}}[位名个群])?{_KIND}*(?:{_PEOPLE})")
# Words for several people that are no title behind one name.
_CROWD = r"(?:党员干部|党员|市民|群众|居民|村民|业主|职工|员工|师生|学生|志愿者|会员|商户|商家)们?"
_MIDDLE = r"(?:[\d一二三四五六七八九十第号栋楼幢单元门东西南北区组的]|全体|部分|离退休|退休|在职|老)*"
_GROUP = re.compile(rf"(?:.{{0,12}}(?:小区|社区|街道|支部|委员会|公司|学校|小学|中学|村))?{_MIDDLE}{_CROWD}")
_LONG_ENDS = (
    r"公司|集团|超市|商行|商场|商店|药店|饭店|酒店|宾馆|餐馆|工作室|事务所|诊所|卫生所|派出所|商会|协会|学会|联合会|联谊会|基金会|促进会|理事会|委员会|居委会|"
    r"村委会|业委会|工会|妇联|团委|残联|办事处|街道办|社区|街道|党支部|支部|党委|党总支|总支|党工委|党小组|医院|卫生院|学院|法院|检察院|敬老院|养老院|"
    r"福利院|研究院|学校|小学|中学|大学|幼儿园|银行|支行|分行|信用社|合作社|旅行社|报社|办公室|政府|服务中心|活动中心|服务站|工作站|物业|服务队|志愿队|舞蹈队|"
    r"艺术团|合唱团|组织部|宣传部|老干局|老干部局|有限责任公司"
)
_ORGANIZATION = re.compile(rf".{{2,}}(?:{_LONG_ENDS})|.{{4,}}[厂店局处站馆所队部]")
_ORGANIZATION_FIRST = re.compile(
    r"(.{2,}(?:公司|办事处|委员会|居委会|社区|街道|支部|学校|小学|中学|医院|银行|协会|商会))(.+)"
)
_WORD_FIRST = re.compile(rf"({_KIND}*(?:{_PEOPLE})|(?:微信|支付宝|QQ)(?:用户|网友|昵称)?[:：]?)(.+)")
_TITLE = r"先生|女士|老师|同志|奶奶|爷爷|阿姨|大爷|大妈|叔叔"
_IN_BRACKETS = r"[（(](?:已故|故|代|代捐|代交|退休|离休|党员|老党员|家属|夫妇|夫妻|全家|遗属|\d{1,5}人)[)）]"
_WORDS_BEHIND = re.compile(
    rf"(.+?)((?:{_IN_BRACKETS}|等(?:\d{{1,5}}|[一二三四五六七八九十百]{{1,4}})[人名位户](?:党员|同志|居民)?|等人|等|夫妇|夫妻|伉俪|一家|全家|家庭|家属|遗属|"
    rf"父子|父女|母子|母女|兄弟|姐妹|党员|{_TITLE})+)"
)
_SEVERAL = re.compile(r"([、,，/／;；&＆+＋]|(?<=[\u4e00-\u9fff]{2})[和与及](?=[\u4e00-\u9fff]{2}))")
_QUOTES = "“”\"'‘’「」《》（）()"


def wants_no_name(name):
    """Whether a donor's words ask for no name: `匿名（王某）`, `不愿透露姓名的老党员`."""
    return bool(_NAMELESS.search(name))


def is_organization(name):
    """Whether a donor is an organisation; persons with a title or a place before the name are none."""
    return bool(_ORGANIZATION.fullmatch(name.strip())) and not _SEVERAL.search(name)


@shows_unreadable
def mask_donor(name):
    """`韦怀德→韦*德`, `韦德→韦*`, `欧阳怀德→欧**德`; of several donors each by itself: `张*国、李*英等12人`.

    Organisations, groups and words that name nobody are no names and stand as they are; `匿名（王某）` names nobody.
    """
    name = name.strip()
    if wants_no_name(name) or re.search(r"\d{5,}", name):
        return str(ANONYMOUS)
    parts = _SEVERAL.split(name)
    return "".join(_mask_one(part) if at % 2 == 0 else part for at, part in enumerate(parts))


def _mask_one(text):
    text = text.strip()
    core = re.sub(rf"{_IN_BRACKETS}$", "", text)
    if any(pattern.fullmatch(core) for pattern in (_UNNAMED, _GROUP, _ORGANIZATION)):
        return text
    if behind := _WORDS_BEHIND.fullmatch(text):
        owner, words = behind.groups()
        if len(owner) > 1:
            return _mask_one(owner) + words
        if re.fullmatch(_TITLE, words):
            return text
    if bracketed := re.fullmatch(r"(.{2,}?)([（(])(.+)([)）])", text):
        owner, opened, said, closed = bracketed.groups()
        return f"{_mask_one(owner)}{opened}{_mask_one(said)}{closed}"
    for pattern in (_WORD_FIRST, _ORGANIZATION_FIRST):
        if first := pattern.fullmatch(text):
            return first[1] + _mask_one(first[2])
    if text[:1] in _QUOTES and text[-1:] in _QUOTES and len(text) > 2:
        return text[0] + _mask_letters(text[1:-1]) + text[-1]
    return _mask_letters(text)


def _mask_letters(text):
    letters = list(text)
    if len(letters) < 2:
        return "*" if letters else ""
    if len(letters) == 2:
        return letters[0] + "*"
    return letters[0] + "*" * (len(letters) - 2) + letters[-1]


@shows_unreadable
def mask_beneficiary(name):
    """`韦怀德→韦**`, `韦德→韦*`, `欧阳怀德→欧***`: the first character alone is kept."""
    letters = list(name.strip())
    if len(letters) < 2:
        return "*" if letters else ""
    return letters[0] + "*" * (len(letters) - 1)


@shows_unreadable
def mask_phone(number):
    """`14000000001→140****0001`, `0770-0000000→0770-****000`."""
    area, dash, local = number.partition("-")
    if dash:
        return f"{area}-{'*' * max(len(local) - 3, 0)}{local[-3:]}"
    return number[:3] + "*" * max(len(number) - 7, 0) + number[-4:] if len(number) > 7 else "*" * len(number)


@shows_unreadable
def mask_citizen_id(number):
    """All but the last four characters are hidden."""
    return "*" * max(len(number) - 4, 0) + number[-4:]


def shown_name(name, *, agreed, masked=None):
    """What the public reads of a name: whole where its owner's stored word says so, else its `masked` form, else nothing.

    Every line of a `public` module that shows a person asks here; `masked` is one of the functions above, or None where
    not even a part of the name may stand.
    """
    if agreed:
        return name
    return masked(name) if masked else ""


def names_on_roster(words):
    """Which of the words are names of members, whatever their branch and membership; one query on an index."""
    return set(Member.objects.filter(name__in=words).order_by().values_list("name", flat=True).distinct())


def names_agreed(words):
    """Which of the words are names of members whose consent to be named stands."""
    return set(
        Consent.objects.standing().of_names().filter(member__name__in=words).values_list("member__name", flat=True)
    )


def took_consent_back():
    """Members who once agreed to be named and have taken it back."""
    withdrawn = Consent.objects.of_names().filter(withdrawn_on__isnull=False)
    standing = Consent.objects.standing().of_names()
    return Member.objects.filter(pk__in=withdrawn.values("member")).exclude(pk__in=standing.values("member"))


def without_names(text, names):
    """The text with each of the names masked as a donor's is: what stays when somebody no longer wants to be named."""
    for name in sorted(names, key=len, reverse=True):
        masked = mask_donor(name)
        text = spelling_of(name).sub(lambda _found, masked=masked: masked, text)
    return text
