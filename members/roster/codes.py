"""The code lists of the roster: national ones (GB/T 2261.1, 3304, 4658) and the project's own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    NOT_STATED = "9", _("not stated")


# GB/T 3304 in its order: the code is the place in the list. Names of ethnic groups are proper names.
ETHNIC_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()
ETHNIC_GROUPS = {f"{place:02}": f"{name}族" for place, name in enumerate(ETHNIC_NAMES, 1)}
ETHNIC_CHOICES = [*ETHNIC_GROUPS.items(), ("97", _("other ethnic group")), ("98", _("of foreign descent"))]
HAN = "01"


class Education(models.TextChoices):
    POSTGRADUATE = "10", _("postgraduate")
    BACHELOR = "20", _("university")
    COLLEGE = "30", _("junior college")
    VOCATIONAL = "40", _("secondary vocational")
    TECHNICAL = "41", _("secondary technical school")
    VOCATIONAL_HIGH = "44", _("vocational high school")
    SKILLED = "47", _("skilled workers' school")
    HIGH = "60", _("senior high school")
    MIDDLE = "70", _("junior high school")
    PRIMARY = "80", _("primary school")
    OTHER = "90", _("other education")


class MemberKind(models.TextChoices):
    FULL = "full", _("full member")
    PROBATIONARY = "probationary", _("probationary member")


class RetirementKind(models.TextChoices):
    LIXIU = "lixiu", _("retired revolutionary (lixiu)")
    TUIXIU = "tuixiu", _("retired")


class LivingStatus(models.TextChoices):
    ALONE = "alone", _("alone")
    COUPLE_ONLY = "couple_only", _("couple only")
    WITH_CHILDREN = "with_children", _("with children")
    CARE_HOME = "care_home", _("care home")
    OTHER = "other", _("other living situation")


class Health(models.TextChoices):
    GOOD = "good", _("good")
    CHRONIC = "chronic", _("chronic illness")
    FRAIL = "frail", _("frail")
    DISABLED = "disabled", _("disabled")


class Status(models.TextChoices):
    ACTIVE = "active", _("on the roll")
    SUSPENDED = "suspended", _("membership suspended")
    REMOVED = "removed", _("struck off")
    TRANSFERRED_OUT = "transferred_out", _("transferred out")
    DECEASED = "deceased", _("deceased")


ON_ROLL = (Status.ACTIVE, Status.SUSPENDED)


# How lists call a member's relatives and others who stand near: what is said of them is not said of the member.
KIN_WORDS = (
    "老伴", "配偶", "爱人", "丈夫", "妻子", "妻", "老公", "老婆", "夫人", "太太", "儿子", "女儿", "儿媳", "女婿", "子女", "长子", "次子", "独子", "父亲", "母亲",
    "父母", "爸爸", "妈妈", "公公", "婆婆", "岳父", "岳母", "哥哥", "弟弟", "兄弟", "兄长", "姐姐", "妹妹", "嫂子", "孙子", "孙女", "外孙", "家属", "亲属", "家人", "监护人",
    "介绍人", "联系人", "紧急联系人", "房东", "邻居", "保姆", "战友", "前任", "原书记", "户主", "父", "母",
)  # fmt: skip
