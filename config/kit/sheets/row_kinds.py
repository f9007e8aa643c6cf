"""Which rows of a table are records, and which are totals, titles, remarks, examples or signatures."""

import re
from dataclasses import dataclass

from config.kit.sheets.cells import FORMULA, TEXT
from config.kit.sheets.values import is_nothing
from config.kit.text_cleaning import squeezed

_TOTAL = re.compile(
    r"^(?:人民币|本页|本表|全表|本月|本季度?|本年度?|全年|年度|以上|截至.*|人数|金额|捐款|党员|收入|支部|\d{4}年)?"
    r"(?:合计|总计|小计|共计|累计|总数|总人数|总金额)(?:金额|人数|数|笔数)?(?:$|[:：(（¥￥\d].*|人民币.*|大写.*)"
    r"|^计[:：]?$"
    r"|^(?:以上|全支部|本支部|支部|全部|总)?共(?:有|计)?(?:党员)?\d+(?:人|名|笔|条)"
)
_SIGNATURE_WORDS = (
    r"(?:单位|部门|支部|党支部|主管|分管)?(?:负责人|领导|主要领导|书记|联系人)|审核人?|制表人?|填表人?|填报人|填报单位|填报时间|填报日期|填表时间|"
    r"填表日期|制表时间|制表日期|制表单位|报送单位|报送时间|经办人|经手人|复核人?|审批人?|核对人|统计人|联系电话|监督电话|"
    r"会计|出纳|主管|盖章|签章|签字|签名|单位(?:公章|盖章)|日期|时间"
)
_SIGNATURE = re.compile(
    rf"^(?:{_SIGNATURE_WORDS})(?:(?:[(（][^)）]*[)）])?[:：]|$)|[(（](?:盖章|公章|签章|签字|签名)[)）]$"
)
_NOTE = re.compile(
    r"^[*※★]?(?:备注|说明|注|附注|备考|提示|注意|注意事项|填表说明|填写说明|填报说明|编制说明|备注说明)(?:[:：]|\d|[一二三四][、.]|$)"
    r"|^其中|^[(（—-]*(?:续表|续下页|续上页|接上页|转下页|以下空白|此行以下|以下无)"
)
_EXAMPLE = re.compile(
    r"^[(（【]?(?:例如|例|示例|样例|范例|填写示例|举例)(?:[)）】]|[:：]|$)|[(（【](?:示例|样例|范例|举例|例)[)）】]$"
)
# Texts of a row under a header that says how to fill it in.
_HOW_TO_FILL = re.compile(
    r"必填|选填|可填|非必填|文本(?:格式)?|日期(?:格式)?|下拉(?:选择|选项)?|\d{1,2}位(?:数字|文本)?|(?:yyyy|例如|如[:：\d]|格式|按|请).*|年月日|年[.、/]?月|[xX]{4,}.*"
)
_STATISTICS = re.compile(r"\d{1,3}岁.*|\d{1,4}(?:人|名|%)?|人数|数量|比例|占比|百分比|.{0,6}(?:合计|小计|总数)")
_NAME_SIGNS = re.compile(r"[^\w·.'（）()\s]|\d")
_SECTION = re.compile(r"[:：。;；、,，]|\d|(?:党员|人员|小组|支部|干部|名单|情况|捐款|捐赠)$")
# A lone line about the rows beside it is no name.
_POINTS = re.compile(r"^(?:以[上下]|上述|上列|上面|下列|前述|[此本该]页|另有|其余)")
# What a lone title above some rows says about them; other lone lines are remarks.
_SECTION_TITLE = re.compile(
    r"党员|人员|支部|小组|干部|名单|名册|在册|已故|去世|死亡|逝|转出|转入|迁出|调出|除名|出党|退党|停止党籍|失联|流动|减少|增加|捐款|捐赠|作废|退款|退回|退还|退捐|无效"
)
# A section title short enough to be taken for a name.
_GROUP = re.compile(
    r"[（(]?(?:在册|已故|去世|死亡|转出|转入|迁出|调出|除名|出党|退党|停止党籍|失联|流动|减少|增加|作废|退款|退回|退还)(?:票据|收据|明细|名单|登记)?[)）]?"
)
_UNIT_LINE = re.compile(r"^(?:填报|报送|所在|所属)?(?:单位|党组织|党支部|支部)(?:名称|全称)?[:：](.*支部.*)$")
# First letters of what the four patterns above know: most rows begin with a number or a surname and need no closer look.
_TELLING_STARTS = frozenset(
    "所党*※★—-计公其0123456789０１２３４５６７８９(（[【本全年以截人金捐党收支合总小共累单部主分负领书审制填报经复核统联监会出盖签日时备说注附提编续接转此例示样范举"
)
_TELLING_ENDS = frozenset("）)】")


@dataclass
class Total:
    """A total row: where it stands, what it shows, and how many records stood above it."""

    number: int
    cells: dict
    above: int
    since_last: int
    is_partial: bool


class RowKinds:
    """Which rows of a table are no records: totals, titles, remarks, examples, signatures. Part of `Table`."""

    def _names(self, key, cell):
        """A dash names nobody, nor does a formula that waits for the name beside it."""
        return not is_nothing(cell) and (cell.kind != FORMULA or key == self.columns.lead.key)

    def _is_no_record(self, number, cells, by_key):
        first = cells[min(cells)]
        lead = by_key.get(self.columns.lead.key)
        looked_at = [first]
        if lead:
            looked_at.append(lead[0])
        for cell in looked_at:
            if cell.kind != TEXT or not (
                cell.value.lstrip()[:1] in _TELLING_STARTS or cell.value.rstrip()[-1:] in _TELLING_ENDS
            ):
                continue
            text = squeezed(cell.value)
            if first.kind != TEXT and _TOTAL.match(text) and self._says_more_than_sums(first, by_key):
                return False
            if self._is_total(number, cells, text):
                return True
            if _EXAMPLE.search(text):
                self.skipped.append(number)
                return True
            if unit := _UNIT_LINE.match(text):
                self.section = unit[1]
            if _SIGNATURE.search(text) or _NOTE.match(text):
                return True
        if not lead and any(
            self._is_total(number, cells, squeezed(cell.value)) for cell in cells.values() if cell.kind == TEXT
        ):
            return True
        if self._repeats_header(by_key) or self._changes_header(number, cells):
            return True
        if number <= self.header.last + 2 and (_is_numbering(cells) or _says_how_to_fill(cells)):
            return True
        if len(cells) == 1:
            return self._is_lone_remark(number, cells, lead)
        if set(by_key) & self.identifying == {self.columns.lead.key} and (
            _is_word_of(self.columns, lead[0]) or all(_counts_people(self.columns, cell) for cell in cells.values())
        ):
            # 性别 男 女 or 男 35 under the table: a pick-list or statistics, as nothing else says who is meant.
            self.skipped.append(number)
            return True
        return False

    def _says_more_than_sums(self, first, by_key):
        """A numbered row with a day or another word of its own is a record, even of somebody called 合计."""
        keys = {key for key, cells in by_key.items() if cells[0] is not first and not is_nothing(cells[0])}
        return bool(keys & {column.key for column in self.columns.all if not column.counted} - {self.columns.lead.key})

    def _is_lone_remark(self, number, cells, lead):
        """A lone cell is a section title, a date line, a sum or a remark; alone in the name column it may be a person."""
        [(place, cell)] = cells.items()
        is_title = cell.kind == TEXT and bool(_SECTION_TITLE.search(squeezed(cell.value)))
        if is_title and (not lead or _GROUP.fullmatch(squeezed(cell.value))):
            self.section = squeezed(cell.value)
            return True
        if not lead:
            if any(column.counted and place in self.header.places.get(column.key, ()) for column in self.columns.all):
                self._add_total(number, cells, False)
            return True
        if cell.kind != TEXT:
            return False
        text = squeezed(cell.value)
        if _is_word_of(self.columns, cell):
            self.skipped.append(number)
            return True
        is_remark = len(text) > 15 or any(pattern.search(text) for pattern in (_SECTION, _NAME_SIGNS, _POINTS))
        if is_remark and is_title:
            self.section = text
        return is_remark

    def _is_total(self, number, cells, text):
        is_total = bool(_TOTAL.match(text))
        if is_total:
            self._add_total(number, cells, "小计" in text or "本页" in text)
        return is_total

    def _add_total(self, number, cells, is_partial):
        last = self.totals[-1].above if self.totals else 0
        self.totals.append(Total(number, cells, self.count, self.count - last, is_partial))


def _is_word_of(columns, cell):
    return cell.kind == TEXT and squeezed(cell.value) in columns.listed_words


def _counts_people(columns, cell):
    """A word of a code list, the name of a column, an age or a small number: what statistics consist of."""
    text = squeezed(cell.shown)
    return text in columns.listed_words or columns.whole(text) is not None or bool(_STATISTICS.fullmatch(text))


def _says_how_to_fill(cells):
    texts = [squeezed(cell.value) for cell in cells.values() if cell.kind == TEXT]
    return len(texts) == len(cells) > 1 and all(_HOW_TO_FILL.fullmatch(text) for text in texts)


def _is_numbering(cells):
    """栏次: a row of 1 2 3 … or 甲 乙 1 2 … that numbers the columns."""
    if len(cells) < 3:
        return False
    texts = [squeezed(cell.shown).strip("()（）") for _place, cell in sorted(cells.items())]
    texts = [text for text in texts if text not in {"甲", "乙", "丙", "丁", "栏次", "序号"}]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]
    return (
        len(numbers) == len(texts)
        and len(numbers) >= 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )
