"""How a list of movements from a bank is read: its columns under every usual name, in, out or signed in one column.

Nothing is stored here. Account numbers and names of counterparties are read into one private text.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from config.kit.money import yuan
from config.kit.sheets.amounts import as_amount, as_currency
from config.kit.sheets.days import as_day
from config.kit.sheets.header import Columns, ReadColumn
from config.kit.sheets.records import read_records
from config.kit.sheets.values import as_text
from fund.ledger.movements import DIRECTION_LABELS, NOT_MOVED, STATE_LABELS, as_direction

# Words of one pair of columns, one for what came in and one for what went out: 交易金额(收入), 交易金额(支出).
PAIR_WORDS = {"in": "收入 贷 贷方 存入 转入 入账 进账", "out": "支出 借 借方 支取 转出 出账 付出"}
AMOUNT_WORDS = ("记账金额", "金额", "发生额", "交易金额", "交易额", "发生金额")

# A movement that takes an earlier one back.
_TAKEN_BACK = re.compile(r"冲正|冲账|冲销|抹账|红字|撤销|退款|退回|退汇")


def _paired(code):
    """The names of a column of a pair, in either order of the two words it consists of."""
    return tuple(
        name for amount in AMOUNT_WORDS for word in PAIR_WORDS[code].split() for name in (amount + word, word + amount)
    )


COLUMNS = Columns([
    ReadColumn(
        "day", pgettext_lazy("bank list", "day"),
        ("交易日期", "记账日期", "日期", "交易日", "入账日期", "记账日", "入账日", "发生日期", "会计日期", "交易时间", "时间", "date"),
        as_day, required=True, identifies=True, parts=("(?:交易|记账|入账|发生).*(?:日期|时间)",),
    ),
    ReadColumn(
        "income", pgettext_lazy("bank list", "came in (yuan)"),
        ("收入", "收入金额", "贷方", "贷方发生额", "贷方金额", "存入", "存入金额", "收入贷方", "收入贷方金额", "转入金额", "贷方发生额收入", "credit", *_paired("in")),
        as_amount, identifies=True, parts=("(?:收入|贷方|存入).*(?:金额|发生额)?",), but_not=("支出", "借", "标志", "余额", "方向"),
    ),
    ReadColumn(
        "spending", pgettext_lazy("bank list", "went out (yuan)"),
        ("支出", "支出金额", "借方", "借方发生额", "借方金额", "支取", "支取金额", "支出借方", "支出借方金额", "转出金额", "借方发生额支取", "debit", *_paired("out")),
        as_amount, identifies=True, parts=("(?:支出|借方|支取).*(?:金额|发生额)?",), but_not=("收入", "贷", "标志", "余额", "方向"),
    ),
    ReadColumn(
        "amount", pgettext_lazy("bank list", "amount (yuan)"),
        ("金额", "交易金额", "发生额", "发生金额", "交易额", "amount"), as_amount, identifies=True, single=".",
    ),
    ReadColumn(
        "direction", pgettext_lazy("bank list", "in or out"),
        (*DIRECTION_LABELS, "方向"),
        as_direction,
    ),
    ReadColumn(
        "balance", pgettext_lazy("bank list", "balance (yuan)"),
        ("余额", "账户余额", "当前余额", "交易后余额", "账面余额", "本次余额", "balance"), as_amount, parts=("余额",),
    ),
    ReadColumn(
        "currency", pgettext_lazy("bank list", "currency"),
        ("记账币种", "币种", "币别", "货币", "货币种类", "币种名称", "货币类型", "交易币种", "交易货币"), as_currency,
    ),
    ReadColumn("state", pgettext_lazy("bank list", "state"), (*STATE_LABELS, "状态"), as_text),
    # What of an order of a payment app came back later.
    ReadColumn("refunded", pgettext_lazy("bank list", "came back (yuan)"), ("成功退款", "退款金额", "已退金额", "退款"), as_amount, parts=("退款",), but_not=("时间", "日期", "说明")),
    ReadColumn("words", pgettext_lazy("bank list", "words"), ("摘要", "用途", "附言", "备注", "交易摘要", "说明", "交易类型", "业务类型", "摘要说明"), as_text),
    ReadColumn("other", pgettext_lazy("bank list", "counterparty"), ("对方户名", "对方名称", "对方账户名称", "交易对手", "交易对方", "对方", "收付款人", "对方单位", "对方账户名"), as_text),
    ReadColumn("ignored", pgettext_lazy("bank list", "not kept"), ("序号", "流水号", "交易流水号", "凭证号", "对方账号", "对方账户", "交易网点", "柜员", "对方开户行", "对方行名", "渠道"), ignored=True),
])  # fmt: skip


class BankCheck:
    """Makes one direction and one amount of what a bank puts into one, two or three columns."""

    def __call__(self, record, keys):
        values = record.values
        if record.around.struck:
            key = next(iter(record.around.keys.get(place, "day") for place in sorted(record.around.struck)))
            self._refuse(
                record, key, "struck_out",
                _("the row is struck out, wholly or in part. Take the row out, or take the line through it away."),
            )  # fmt: skip
        if record.reasons:
            return
        if "day" not in values:
            self._refuse(record, "day", "no_date", _("the day is missing. Type year, month and day like 2018-06-28."))
            return
        moved = [(True, values.get("income")), (False, values.get("spending"))]
        moved = [(is_income, amount) for is_income, amount in moved if amount]
        if not self._has_moved(record, keys):
            return
        if not moved and values.get("amount"):
            moved = [self._signed(record, values["amount"], values.get("direction"))]
            if record.reasons:
                return
        if len(moved) != 1:
            key = "income" if "income" in keys else "amount" if "amount" in keys else "day"
            self._refuse(
                record, key, "no_amount", _("one amount belongs into a row: what came in, or what went out, in yuan.")
            )
            return
        is_income, amount = moved[0]
        # Banks write a cancelled movement below zero in its own column.
        values["is_income"], values["moved"] = (is_income, amount) if amount > 0 else (not is_income, -amount)

    def _has_moved(self, record, keys):
        """Whether money came or went: a payment app lists orders that did neither, with 不计收支, / or nothing."""
        values = record.values
        state = values.get("state", "")
        if NOT_MOVED.search(state):
            self._refuse(
                record, "state", "not_moved",
                _("“%(state)s” leaves open whether money moved. Take the row out, or write what really moved.")
                % {"state": state},
            )  # fmt: skip
        elif values.get("refunded"):
            self._refuse(
                record, "refunded", "not_moved",
                _("of this order %(amount)s yuan came back. Write what really moved, and the rest into a row of its own.")
                % {"amount": yuan(values["refunded"])},
            )  # fmt: skip
        elif "direction" in keys and values.get("amount") and values.get("direction") not in ("in", "out"):
            self._refuse(
                record, "direction", "no_direction",
                _("the row says neither 收 nor 支, so it is not booked. Write which it is, or take the row out."),
            )  # fmt: skip
        return not record.reasons

    def _signed(self, record, amount, direction):
        """In or out, and how much. With a flag beside it a sign only repeats the flag, or takes the movement back."""
        if not direction:
            return amount > 0, amount if amount > 0 else -amount
        said = f"{record.values.get('words', '')} {record.values.get('state', '')}"
        if amount < 0 and (direction == "in" or _TAKEN_BACK.search(said)):
            self._refuse(
                record, "amount", "sign_and_flag",
                _("the sign of the amount and the flag 收/支 can mean two things. Write the amount without a sign, and in or out as the money moved."),
            )  # fmt: skip
        return direction == "in", abs(amount)

    def _refuse(self, record, key, code, sentence):
        record.refuse(key, ValidationError(sentence, code=code))


def read_bank_list(name, data):
    """Read a bank's list (.csv, .xlsx, .xls): records with `day`, `is_income`, `moved` (yuan), `balance`, words."""
    return read_records(name, data, COLUMNS, finish=BankCheck())
