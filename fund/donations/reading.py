"""How an office's donation register is read: its columns under every usual name, and what makes a row no gift.

§3.3 of the handbook. Nothing is stored here; what the pot says about a day comes in as `refuse_day`.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from config.kit.person.names import refuse_several_people
from config.kit.person.phones import refuse_bad_phone
from config.kit.public_text import plain
from config.kit.public_words import numbers_in
from config.kit.sheets.amounts import as_amount, as_currency, lines_of
from config.kit.sheets.cells import DATE, EXACT, NUMBER, TEXT
from config.kit.sheets.days import as_day
from config.kit.sheets.header import Columns, ReadColumn
from config.kit.sheets.model_fields import refuse_long_texts, text_lengths, to_json
from config.kit.sheets.records import Reading, read_records
from config.kit.sheets.tables import row_text
from config.kit.sheets.values import as_code, as_name, as_phone, as_text, refuse
from config.kit.text_cleaning import clean, squeezed
from fund.donations.models import Donation
from fund.donations.signs import (
    ask_about_counter_entries,
    ask_about_direction,
    ask_about_lines_between,
    ask_about_taking_back,
)
from fund.ledger.movements import DIRECTION_LABELS, STATE_LABELS, as_direction
from fund.ledger.rules import refuse_unless_positive
from members.privacy import is_organization, wants_no_name

ANONYMOUS_DONOR = "爱心人士"
NAMELESS = {"匿名", "无名氏", "不留名", "匿名人士", "不愿透露姓名", "匿名捐款", "匿名者", "隐名", "未留名", "佚名"}

SOURCE_WORDS = {
    Donation.Source.MEMBER_DONATION: "党员捐款 党员 党员捐赠 党员个人捐款 党员自愿捐款 党员个人 党员捐 党员干部捐款 支部党员捐款 党员爱心捐款 在职党员 退休党员 离退休党员 离休党员 预备党员 老党员 流动党员",
    Donation.Source.SOCIAL_DONATION: "社会捐款 社会 社会捐赠 社会爱心捐款 企业捐款 爱心企业捐款 爱心企业 企业 爱心人士 爱心捐款 群众捐款 群众 个人捐款 单位捐款 社会各界捐款 社会人士捐款 热心人士捐款 社会团体 社会组织捐款 企业捐赠 社会爱心人士 社会热心人士 爱心人士捐款 热心居民 居民 居民捐款 个体户 个体工商户 商户 商会 志愿者",
    Donation.Source.SUPERIOR_ALLOCATION: "上级拨付 上级 上级拨款 拨付 拨款 上级下拨 上级拨入 财政拨款 上级支持 上级补助 党工委拨付 上级党组织拨付 上级划拨 下拨",
}
METHOD_WORDS = {
    Donation.Method.CASH: "现金 现款 现钞 现钱",
    Donation.Method.TRANSFER: "转账 银行转账 转帐 银行转帐 汇款 银行汇款 网银 网银转账 微信 微信转账 支付宝 支付宝转账 刷卡 扫码 对公转账 电汇 银行 微信支付 支票 线上 划拨 网上银行 手机银行 网上转账 银联 pos机 pos 二维码 二维码支付 代扣 工资代扣 代扣代缴 扫码转账",
    Donation.Method.GOODS: "实物 物品 物资 实物捐赠 捐物 实物折价",
}
PUBLICITY_WORDS = {
    Donation.Publicity.NAMED: "实名 公开 署名 可公开 可以公开 实名公开 同意公开 公开姓名 全名 愿意 愿意公开 同意 是",
    Donation.Publicity.MASKED: "隐名 部分隐名 部分公开 隐去部分姓名 姓氏公开 半公开 化名 隐名公开",
    Donation.Publicity.ANONYMOUS: "匿名 不公开 不署名 不可公开 不予公开 不同意 不愿公开 匿名公开 不同意公开 不愿意 否 保密 不愿意公开",
}
# How an office writes the codes of a gift, and what a row that says nothing means.
SHORT = {
    "source": {"member_donation": "党员捐款", "social_donation": "社会捐款", "superior_allocation": "上级拨付"},
    "method": {"cash": "现金", "transfer": "转账", "goods": "实物"},
    "publicity": {"named": "实名", "masked": "隐名", "anonymous": "匿名"},
}
UNSAID = {"receipt_no": ""} | {field.name: str(field.default) for field in Donation._meta.fields if field.name in SHORT}


def by_word(words):
    table = {}
    for code, text in words.items():
        table |= {word: str(code) for word in [str(code), *text.split()]}
    return table


def as_receipt_no(cell, epoch=None):
    """The number printed on the receipt; a spreadsheet makes dates of some, and those are asked for again."""
    if cell.kind == DATE:
        refuse(
            "receipt_as_date",
            _("the spreadsheet made a date of the number. Set the column to “Text” and type it again."),
        )
    found = as_text(cell)
    if cell.kind == NUMBER and found.isdigit() and re.fullmatch(r"0{2,20}", cell.format):
        found = found.zfill(len(cell.format))
    return squeezed(found) if found else None


def as_donor(cell, epoch=None):
    if cell.kind == TEXT and cell.format != EXACT and len(lines_of(cell.value)) > 1:
        refuse(
            "two_donors",
            _(
                "“%(value)s” stands on several lines. Write one donor into each row, or all names on one line with 、 between them."
            ),
            value=clean(cell.value),
        )
    name = as_name(cell)
    if name and cell.format != EXACT:
        if re.search(r"\d{7,}", re.sub(r"[\s-]", "", name)) or numbers_in(plain(name)):
            refuse(
                "phone_in_name",
                _("a phone number stands in the name. Write it into the column of phones, or leave it out."),
            )
        refuse_several_people(cell.value)
    return ANONYMOUS_DONOR if name and cell.format != EXACT and squeezed(name) in NAMELESS else name


COLUMNS = Columns([
    ReadColumn(
        "donor", pgettext_lazy("donation register", "donor"),
        ("捐款人(单位)", "捐款人", "捐款单位", "捐款人姓名", "捐赠人", "捐款人或单位", "捐款人/单位", "捐赠单位", "捐赠人(单位)", "捐款者", "捐款单位(个人)", "姓名", "捐款人名称", "捐款人姓名或单位", "捐款人及单位", "捐赠方", "捐助人", "单位(个人)", "单位或个人", "姓名(单位)", "捐款单位或个人", "捐款来源单位", "名称", "单位"),
        as_donor, required=True, identifies=True, parts=("捐款人", "捐款单位", "捐款个人", "捐赠人", "捐赠单位", "捐赠者", "捐助", "姓名"),
        but_not=("电话", "手机", "联系", "地址", "身份", "职务", "类", "性质", "意愿", "签", "数", "公", "部门", "支部", "备注"),
    ),
    ReadColumn(
        "amount", pgettext_lazy("donation register", "amount (yuan)"),
        ("金额", "捐款金额", "金额(元)", "捐赠金额", "捐款数额", "捐款额", "数额", "捐款数", "捐款金额(元)", "金额/物品及折价", "物品折价", "折价", "折价金额", "实捐金额", "捐款(元)", "人民币", "收入金额", "金额小写", "捐款金额小写", "实缴金额", "实缴", "实收金额", "实到金额", "实交金额", "已缴金额", "已交金额", "已收金额", "到账金额", "实际捐款金额", "实捐"),
        as_amount, required=True, identifies=True, counted=True, may_ask=True, single="实[缴收到交际捐]|已[缴交收]|到账", parts=("金额", "捐款数", "数额"),
        but_not=("大写", "累计", "余额", "合计", "认捐", "认缴", "应", "欠", "未", "承诺", "意向", "计划", "拟", "预", "目标", "剩余", "退"),
    ),
    ReadColumn(
        "donated_on", pgettext_lazy("donation register", "given on"),
        ("捐款日期", "日期", "捐款时间", "捐赠日期", "捐赠时间", "收款日期", "时间", "捐款年月日", "收款时间", "到账日期", "入账日期", "登记日期", "收据日期", "捐款日", "年月日"),
        as_day, required=True, identifies=True, spread=True, parts=("(?:捐|缴|交|收|付|到账|入账|登记|进账).*(?:日期|时间)",), but_not=("公示", "公开", "方式"),
    ),
    ReadColumn("happened_on", pgettext_lazy("donation register", "happened on"), ("发生日期", "实际捐款日期", "实际日期", "真实日期", "实际发生日期"), as_day),
    ReadColumn("state", pgettext_lazy("donation register", "state"), ("状态", "捐款状态", "收据状态", "票据状态", "是否作废", "是否退回", "是否退款", "退款", "作废", "退款金额", "退回金额", *STATE_LABELS), as_text),
    ReadColumn("direction", pgettext_lazy("donation register", "in or out"), DIRECTION_LABELS, as_direction),
    ReadColumn("seq", pgettext_lazy("donation register", "serial number"), ("序号", "编号", "号", "序", "No", "行号"), ignored=True),
    ReadColumn(
        "receipt_no", pgettext_lazy("donation register", "receipt number"),
        ("收据号", "收据编号", "票据号", "收据号码", "票据编号", "票号", "收条号", "收据单号", "票据号码", "收据", "凭证号", "收据NO"),
        as_receipt_no, identifies=True, parts=("(?:收据|票据).*号",),
    ),
    ReadColumn(
        "source", pgettext_lazy("donation register", "source"),
        ("类别", "捐款类别", "捐款类型", "来源", "资金来源", "捐款来源", "类型", "捐赠类别", "款项类别", "收入类别", "性质", "捐款性质", "来源类别"),
        as_code(by_word(SOURCE_WORDS), "党员捐款、社会捐款、上级拨付"), spread=True,
    ),
    ReadColumn(
        "method", pgettext_lazy("donation register", "how it was given"),
        ("捐款方式", "方式", "捐赠方式", "收款方式", "付款方式", "支付方式", "缴款方式", "交款方式", "捐款形式", "到账方式", "缴纳方式"),
        as_code(by_word(METHOD_WORDS), "现金、转账、实物", endings=("捐款", "捐赠", "支付", "缴纳", "付款", "红包")), spread=True,
        parts=("方式", "形式"), but_not=("联系", "公"),
    ),
    ReadColumn("goods", pgettext_lazy("donation register", "goods"), ("物品", "物品名称", "实物名称", "捐赠物品", "物资名称", "物品及数量", "实物", "捐物名称", "物品名称及数量"), as_text),
    ReadColumn("purpose", pgettext_lazy("donation register", "wish of the donor"), ("用途意向", "捐款用途", "用途", "意向用途", "指定用途", "捐赠用途", "捐款意向", "用途要求"), as_text, spread=True),
    ReadColumn("phone", pgettext_lazy("donation register", "phone"), ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "捐款人电话", "捐款人联系电话", "电话号码"), as_phone),
    ReadColumn(
        "publicity", pgettext_lazy("donation register", "name in notices"),
        ("公开意愿", "是否公开", "公示意愿", "公开方式", "实名/匿名", "是否实名", "公示方式", "是否匿名公开", "署名方式", "公开情况", "姓名公开意愿"),
        as_code(by_word(PUBLICITY_WORDS), "实名、隐名、匿名", endings=("公示", "公开", "捐款")), spread=True,
        parts=("公开", "公示", "署名", "实名", "意愿"), but_not=("日期", "时间", "用途", "编号", "号", "累计"),
    ),
    ReadColumn(
        "currency", pgettext_lazy("donation register", "currency"),
        ("币种", "币别", "货币", "货币种类", "币种名称", "货币类型", "交易币种", "交易货币"), as_currency, spread=True,
    ),
    ReadColumn("handler", pgettext_lazy("donation register", "received by"), ("经手人", "经办人", "收款人", "登记人", "经收人", "开票人", "收款经手人", "经办"), as_text, spread=True),
    ReadColumn("remark", pgettext_lazy("donation register", "remark"), ("备注", "说明", "附注", "备考", "备注说明"), as_text, spread=True),
    ReadColumn("capitals", pgettext_lazy("donation register", "amount in capitals"), ("金额大写", "大写金额", "大写", "人民币大写", "捐款金额大写", "累计捐款", "累计金额"), ignored=True),
    ReadColumn("reason", pgettext_lazy("donation register", "reason"), ("原因", "原行号"), ignored=True),
])  # fmt: skip

# A column fills the field of a gift that has its key for a name.
FIELDS = COLUMNS.by_key.keys() & {field.name for field in Donation._meta.fields}
TEXT_LENGTHS = text_lengths(Donation) | {"phone": 40}


def read_donations(name, data, *, refuse_day) -> Reading:
    """Read a register upload; `refuse_day(day)` raises ValidationError where the pot cannot be booked on that day."""
    reading = read_records(name, data, COLUMNS, finish=DonationCheck(refuse_day))
    ask_about_counter_entries(reading)
    ask_about_lines_between(reading)
    reading.notes += unsaid_notes(reading)
    return reading


def unsaid_notes(reading):
    """Sentences for rows that do not say where a gift comes from or how it was given, and what is assumed of them."""
    sentences = {
        "source": _(
            "%(count)s rows do not say 类别. They are booked as 党员捐款; where that is wrong, add the column and upload again."
        ),
        "method": _(
            "%(count)s rows do not say 方式. They are booked as 现金; where that is wrong, add the column and upload again."
        ),
    }
    counts = {key: sum(key not in record.values for record in reading.accepted) for key in sentences}
    return [sentences[key] % {"count": count} for key, count in counts.items() if count]


class DonationCheck:
    """Checks a row against the rules and the rows above it."""

    def __init__(self, refuse_day):
        self.refuse_day = refuse_day
        self.receipts = {}

    def __call__(self, record, keys):
        values = record.values
        self._refuse_missing(record)
        self._settle_publicity(record)
        self._refuse_unsaid_source(record)
        if ask_about_taking_back(record) and not record.questions:
            return
        ask_about_direction(record, keys)
        if "amount" in values:
            self._ask(record, "amount", lambda: refuse_unless_positive(values["amount"]))
        self._ask_about_day(record)
        if values.get("phone"):
            self._tell_bad_phone(record)
        self._refuse_number_twice(record)

    def _refuse_missing(self, record):
        """What a gift cannot do without, and texts that do not fit."""
        values = record.values
        missing = {"donor", "amount", "donated_on"} - values.keys() - {reason.key for reason in record.reasons}
        if "donor" in missing and values.get("publicity") == Donation.Publicity.ANONYMOUS:
            values["donor"] = ANONYMOUS_DONOR
        elif "donor" in missing:
            self._refuse(
                record,
                "donor",
                "no_donor",
                _("the donor is missing. Type the name, or 爱心人士 for a gift without a name."),
            )
        if "amount" in missing:
            self._refuse(record, "amount", "no_amount", _("the amount is missing. Type it in yuan."))
        if "donated_on" in missing:
            self._refuse(record, "donated_on", "no_date", _("the date is missing. Type it like 2018-06-28."))
        refuse_long_texts(record, TEXT_LENGTHS)

    def _settle_publicity(self, record):
        """A donor who asks for no name is anonymous, whatever the column leaves open."""
        values = record.values
        if values.get("donor") == ANONYMOUS_DONOR:
            values.setdefault("publicity", Donation.Publicity.ANONYMOUS.value)
        elif wants_no_name(values.get("donor", "")):
            if values.get("publicity") == Donation.Publicity.NAMED:
                self._refuse(
                    record, "publicity", "name_or_none",
                    _("the donor's words ask for no name, and this column for the full one. Change one of the two."),
                )  # fmt: skip
            values["publicity"] = Donation.Publicity.ANONYMOUS.value

    def _ask_about_day(self, record):
        booked, happened = record.values.get("donated_on"), record.values.get("happened_on")
        if booked and happened and happened > booked:
            self._refuse(
                record, "happened_on", "happened_later", _("It cannot have happened after the day it is booked on.")
            )
        # Of a gift that happened on another day the import asks itself.
        if booked and not happened_earlier(record.values):
            self._ask(record, "donated_on", lambda: self.refuse_day(booked))

    def _refuse_number_twice(self, record):
        receipt = record.values.get("receipt_no")
        if receipt:
            if receipt in self.receipts:
                self._refuse(
                    record, "receipt_no", "duplicate_receipt",
                    _("the receipt number %(number)s stands in %(place)s already. Each gift has its own.")
                    % {"number": receipt, "place": self.receipts[receipt]},
                )  # fmt: skip
            else:
                self.receipts[receipt] = row_text(record.row, record.sheet)

    def _tell_bad_phone(self, record):
        """Money is booked although nobody can be called back."""
        try:
            refuse_bad_phone(record.values["phone"])
        except ValidationError as error:
            record.warnings.append(
                _("%(column)s: %(sentence)s") % {"column": record.labels["phone"], "sentence": error.messages[0]}
            )

    def _refuse_unsaid_source(self, record):
        donor = record.values.get("donor", "")
        if "source" not in record.values and is_organization(donor):
            self._refuse(
                record, "source", "source_unsaid",
                _("“%(donor)s” is an organisation, and the row does not say 类别. Write 社会捐款 or 上级拨付.") % {"donor": donor},
            )  # fmt: skip

    def _refuse(self, record, key, code, sentence):
        record.refuse(key, ValidationError(sentence, code=code))

    def _ask(self, record, key, rule):
        try:
            rule()
        except ValidationError as error:
            record.refuse(key, error)


def happened_earlier(values):
    """The real day of a gift that is booked on a later one, or None."""
    happened, booked = values.get("happened_on"), values.get("donated_on")
    return happened if booked and happened != booked else None


def row_of(record):
    """A record as plain words and numbers, in the forms an office uses."""
    values = UNSAID | record.values
    if not happened_earlier(values):
        values.pop("happened_on", None)
    row = {"row": record.row, "sheet": record.sheet} if record.sheet else {"row": record.row}
    return row | {key: shown(key, value) for key, value in values.items() if value or key in UNSAID}


def shown(key, value):
    """A value of a gift as an office writes it: short words for codes, a number for an amount, a date as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return SHORT[key][value] if key in SHORT else to_json(value)
