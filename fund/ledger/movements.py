"""The words by which lists of banks and payment apps tell whether money came or went, and whether it moved at all."""

import re

from config.kit.sheets.values import as_code

CHINESE_WORDS = {
    "in": "贷 贷方 收入 收 进 存入 存 转入 入账 已收入",
    "out": "借 借方 支出 支 付 支取 取 转出 出账 已支出",
    "neither": "不计收支 不计入收支 不收不支 中性交易 其他 资金转移",
}
LATIN_WORDS = {"in": "c cr credit in +", "out": "d dr debit out -"}
DIRECTION_LABELS = ("借贷标志", "借贷", "收支", "收支标志", "收/支", "借贷方向", "交易方向", "收付标志", "借/贷", "资金状态", "收支方向", "收支类型")  # fmt: skip
STATE_LABELS = ("交易状态", "当前状态", "支付状态", "订单状态", "到账状态", "处理状态")
# An order of a payment app that moved nothing, or not yet; and one that moved something back.
WAITING = re.compile(r"关闭|失败|未支付|待(?!遇)|冻结|处理中|未成功|未完成")
NOT_MOVED = re.compile(rf"{WAITING.pattern}|退|撤销|取消")


def _by_word():
    """Each word of a direction, the Chinese ones also with a Latin one behind: 贷, Cr, 贷 Cr, 贷/Cr."""
    table = {}
    for code, words in CHINESE_WORDS.items():
        table |= dict.fromkeys(words.split(), code)
    for code, words in LATIN_WORDS.items():
        table |= dict.fromkeys(words.split(), code)
        table |= {chinese + latin: code for chinese in CHINESE_WORDS[code].split() for latin in words.split()}
        table |= {f"{chinese}/{latin}": code for chinese in CHINESE_WORDS[code].split() for latin in words.split()}
    return table


as_direction = as_code(_by_word(), "收、支 或 借、贷")
