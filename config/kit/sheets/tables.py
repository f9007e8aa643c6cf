"""Which sheets hold the table that was asked for, and which of their rows are records."""

import re
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from django.utils.translation import gettext as _

from config.kit.sheets.amounts import as_amount, foreign_money
from config.kit.sheets.cells import FORMULA, MERGED, TEXT, Cell, Row
from config.kit.sheets.forms_of_one import form_of_one, is_form_of_one
from config.kit.sheets.header import ROWS_LOOKED_AT, Columns, Header, find_header, read_header
from config.kit.sheets.letters import squeezed
from config.kit.sheets.reading import Book, Sheet
from config.kit.sheets.sentences import refusal
from config.kit.sheets.values import is_nothing

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
# What the row under a header may tell about how to fill it in.
_HOW_TO_FILL = re.compile(
    r"必填|选填|可填|非必填|文本(?:格式)?|日期(?:格式)?|下拉(?:选择|选项)?|\d{1,2}位(?:数字|文本)?|(?:yyyy|例如|如[:：\d]|格式|按|请).*|年月日|年[.、/]?月|[xX]{4,}.*"
)
_STATISTICS = re.compile(r"\d{1,3}岁.*|\d{1,4}(?:人|名|%)?|人数|数量|比例|占比|百分比|.{0,6}(?:合计|小计|总数)")
_NAME_SIGNS = re.compile(r"[^\w·.'（）()\s]|\d")
_SECTION = re.compile(r"[:：。;；、,，]|\d|(?:党员|人员|小组|支部|干部|名单|情况|捐款|捐赠)$")
# A lone line that speaks of its neighbours is no name.
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
MOST_LINES, LONGEST_LINE = 1000, 300
_SAMPLE_SHEET = re.compile(r"示例|样表|样例|范例|举例|说明")


@dataclass
class Total:
    """A total row: where it stands, what it shows, and how many records stood above it."""

    number: int
    cells: dict
    above: int
    since_last: int
    is_partial: bool


@dataclass(frozen=True)
class Line:
    """A line beside the records: a remark, a signature, a title; `heads` the rows under it where it is a section title."""

    sheet: str
    number: int
    text: str
    heads: bool


@dataclass(frozen=True)
class Around:
    """What stands about a row: its sheet, the title above its table, the section title above it, and of its cells the
    text by place, those struck out, the comments, and the labels of the columns by place. `is_own`: the workbook is
    one of this program's own making, whose names stand as they are on record; `epoch` is the one of its dates.
    """

    sheet: str
    title: str
    section: str
    cells: dict
    struck: frozenset
    comments: dict
    labels: dict
    keys: dict
    is_own: bool
    epoch: object


@dataclass
class Table:
    """One sheet's table; `records()` is read once, the rest is known afterwards."""

    sheet: Sheet
    header: Header
    columns: Columns
    _rows: object
    title: str = ""
    totals: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    count: int = 0
    above: list = field(default_factory=list)
    section: str = ""
    lines: list = field(default_factory=list)
    # Whether it may be a form of one person whose first labels were taken for a header.
    is_form: bool = False

    def __post_init__(self):
        self.identifying = {column.key for column in self.columns.all if column.identifies}

    def records(self):
        """The rows that are records, in order, hidden ones too, each as (row number, {key: cells}, all cells)."""
        pending, tied = [], None
        for row, group in self._merged_rows():
            if pending and group != tied:
                yield from self._settled(pending)
                pending = []
            tied = group
            if group is None:
                kept = self._record(row)
                if kept:
                    yield kept
            else:
                pending.append(row)
        yield from self._settled(pending)

    def around(self, cells, number, book):
        marks = self.sheet.marks
        return Around(
            self.sheet.name,
            self.title,
            self.section,
            {place: _unmerged(cell) for place, cell in cells.items()},
            frozenset(marks.struck.get(number, ())),
            marks.comments.get(number, {}),
            self.header.all_labels,
            {place: key for key, places in self.header.places.items() for place in places},
            book.stands_for is not None,
            book.epoch,
        )

    def lines_around(self, sheet_name):
        """The lines above the header, but for the title, and those between the records; under the sheet's name in records."""
        above = [
            Line(sheet_name, row.number, squeezed(cell.value)[:LONGEST_LINE], False)
            for row in self.above
            for cell in row.cells.values()
            if cell.kind == TEXT and cell.shown != self.title
        ]
        return above + [replace(line, sheet=sheet_name) for line in self.lines]

    def _settled(self, pending):
        """Rows that one merged cell ties together: where two of them are records, its value is neither's own."""
        kept = [record for record in map(self._record, pending) if record]
        if len(kept) == 1:
            number, cells, raw = kept[0]
            kept = [(number, {key: [_unmerged(cell) for cell in found] for key, found in cells.items()}, raw)]
        yield from kept

    def _merged_rows(self):
        """Rows with merged cells spread out; with each the first row that a merged cell ties it to, or None."""
        spread = {
            place for column in self.columns.all if column.spread for place in self.header.places.get(column.key, ())
        }
        mapped = {place for places in self.header.places.values() for place in places}
        starts = {}
        for top, left, bottom, _right in self.sheet.merges:
            if bottom > top > self.header.last and left in mapped and bottom - top < 5000:
                starts.setdefault(top, []).append((left, bottom))
        active, group, until = {}, None, 0
        for row in self._rows:
            number, cells = row
            if number > until:
                group = None
            if starts or active:
                for place, (bottom, value) in list(active.items()):
                    if number > bottom:
                        del active[place]
                    elif place not in cells:
                        cells[place] = value
                for place, bottom in starts.pop(number, ()):
                    value = cells.get(place)
                    if value is None:
                        continue
                    if place not in spread:
                        value = cells[place] = Cell(MERGED, value, f"{number}–{bottom}")
                        group, until = group or number, max(until, bottom)
                    active[place] = (bottom, value)
            yield row, group

    def _record(self, row):
        number, cells = row
        found, filled = {}, False
        for key, places in self.header.places.items():
            here = [cells[place] for place in places if place in cells]
            if here:
                if len(here) > 1 and key in self.header.spare_keys and not self.columns.by_key[key].counted:
                    here = here[:1]
                found[key] = here
                # The lower rows of a merged cell are records only where they hold something of their own.
                shared = here[0].kind == MERGED and not here[0].format.startswith(f"{number}–")
                filled = filled or (self.columns.by_key[key].identifies and not shared and self._names(key, here[0]))
        if self._is_no_record(number, cells, found):
            self._keep_line(number, cells)
            return None
        if not filled:
            if any(not self.columns.by_key[key].ignored and not self.columns.by_key[key].spread for key in found):
                self.skipped.append(number)
            return None
        self.count += 1
        return number, found, cells

    def _keep_line(self, number, cells):
        """Keep what a line between the records says: it may speak of them (以上收据作废)."""
        texts = [cell.value for cell in cells.values() if cell.kind == TEXT]
        if texts and len(self.lines) < MOST_LINES:
            text = squeezed(" ".join(texts))[:LONGEST_LINE]
            self.lines.append(Line("", number, text, bool(self.section) and self.section == text))

    def _names(self, key, cell):
        """A dash names nobody, nor does a formula that waits for the name beside it."""
        return not is_nothing(cell) and (cell.kind != FORMULA or key == self.columns.lead.key)

    def _is_no_record(self, number, cells, found):
        first = cells[min(cells)]
        lead = found.get(self.columns.lead.key)
        looked_at = [first]
        if lead:
            looked_at.append(lead[0])
        for cell in looked_at:
            if cell.kind != TEXT or not (
                cell.value.lstrip()[:1] in _TELLING_STARTS or cell.value.rstrip()[-1:] in _TELLING_ENDS
            ):
                continue
            text = squeezed(cell.value)
            if first.kind != TEXT and _TOTAL.match(text) and self._says_more_than_sums(first, found):
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
        if self._repeats_header(found) or self._changes_header(number, cells):
            return True
        if number <= self.header.last + 2 and (_is_numbering(cells) or _says_how_to_fill(cells)):
            return True
        if len(cells) == 1:
            return self._is_lone_remark(number, cells, lead)
        if set(found) & self.identifying == {self.columns.lead.key} and (
            _is_word_of(self.columns, lead[0]) or all(_counts_people(self.columns, cell) for cell in cells.values())
        ):
            # 性别 男 女 or 男 35 under the table: a pick-list or statistics, as nothing else says who is meant.
            self.skipped.append(number)
            return True
        return False

    def _says_more_than_sums(self, first, found):
        """A numbered row with a day or another word of its own is a record, even of somebody called 合计."""
        told = {key for key, cells in found.items() if cells[0] is not first and not is_nothing(cells[0])}
        return bool(told & {column.key for column in self.columns.all if not column.counted} - {self.columns.lead.key})

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
        is_remark = len(text) > 15 or any(one.search(text) for one in (_SECTION, _NAME_SIGNS, _POINTS))
        if is_remark and is_title:
            self.section = text
        return is_remark

    def _is_total(self, number, cells, text):
        found = bool(_TOTAL.match(text))
        if found:
            self._add_total(number, cells, "小计" in text or "本页" in text)
        return found

    def _add_total(self, number, cells, is_partial):
        last = self.totals[-1].above if self.totals else 0
        self.totals.append(Total(number, cells, self.count, self.count - last, is_partial))

    def _changes_header(self, number, cells):
        """A second table below with its columns in another order: from here on its own header counts."""
        if any(cell.kind != TEXT for cell in cells.values()):
            return False
        known = [cell for cell in cells.values() if cell.value.replace(" ", "") in self.columns.by_alias]
        if len(known) < 2 or len(known) * 2 < len(cells):
            return False
        header, _sureness = read_header([Row(number, cells)], self.columns)
        if not header.holds(self.columns.required):
            return False
        self.header.places, self.header.spare_keys, self.header.last = header.places, header.spare_keys, number
        return True

    def _repeats_header(self, found):
        lead = found.get(self.columns.lead.key)
        if lead and not self.columns.lead_letters & set(str(lead[0].value)):
            return False
        words = matches = 0
        for key, here in found.items():
            if here[0].kind != TEXT:
                if not self.columns.by_key[key].ignored:
                    return False
                continue
            words += 1
            known = self.columns.whole(here[0].value) if len(here[0].value) < 40 else None
            if known and known[0].key == key:
                matches += 1
            elif matches == 0 and words > 1:
                return False
        return (matches >= 2 and matches * 2 > words) or (matches == words == 1 and len(found) == 1)


def _unmerged(cell):
    return cell.value if cell.kind == MERGED else cell


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


def find_tables(book: Book, columns: Columns):
    """The tables of a book that hold the columns asked for, and sentences about sheets left aside.

    Raises ValidationError `no_header`, `missing_column` or `duplicate_header`.
    """
    tables, notes, best, is_form = [], [], None, False
    for sheet in book.sheets:
        rows = iter(sheet.rows())
        head = list(islice(rows, ROWS_LOOKED_AT))
        is_one = is_form_of_one(head, columns)
        is_form = is_form or is_one
        header = find_header(head, columns, sheet.merges)
        if header is None:
            continue
        if not header.holds(columns.required):
            if best is None or len(header.places) > len(best.places):
                best = header
            continue
        below = [row for row in head if row.number > header.last]
        if not below and len(head) < ROWS_LOOKED_AT:
            best = best or header
            continue
        title = next((cell.shown for row in head if row.number < header.first for cell in row.cells.values()), "")
        above = [row for row in head if row.number < header.first]
        tables.append(Table(sheet, header, columns, chain(below, rows), title=title, above=above, is_form=is_one))
    widest = max((len(table.header.places) for table in tables), default=0)
    for is_spare in (
        lambda table: table.sheet.hidden,
        lambda table: bool(_SAMPLE_SHEET.search(table.sheet.name)),
        # A list of phones or of payments beside the register itself.
        lambda table: len(table.header.places) * 2 < widest,
    ):
        kept = [table for table in tables if not is_spare(table)]
        if kept and len(kept) < len(tables):
            notes += [
                _("The sheet “%(sheet)s” was left aside.") % {"sheet": table.sheet.name}
                for table in tables
                if is_spare(table)
            ]
            tables = kept
    if not tables:
        raise form_of_one(columns) if is_form else _no_table(columns, best)
    for table in tables:
        _refuse_other_unit(table, columns)
        if table.header.twice:
            raise _two_columns(table.header)
    return tables, notes


def _two_columns(header):
    first, other = map(squeezed, header.twice[0])
    if first == other:
        sentence = _(
            "The column “%(column)s” stands twice in row %(row)s. Keep one of the two, or give the other a name of its own."
        )
    else:
        sentence = _("The columns “%(column)s” and “%(other)s” in row %(row)s say the same. Keep the one that counts.")
    return refusal("duplicate_header", sentence % {"column": first, "other": other, "row": header.last})


_UNIT_LABEL = re.compile(r"[万千百]元")
_UNIT_NOTE = re.compile(r"单位[:：]?[（(]?(?:人民币)?[万千百]元")


def _refuse_other_unit(table, columns):
    """Amounts in 万元 or in dollars are no amounts in yuan, whether the column, the sheet or a line above says so."""
    money = [column for column in columns.all if column.counted or column.parse is as_amount]
    labels = [table.header.labels.get(column.key, "") for column in money]
    notes = [cell.value for row in table.above for cell in row.cells.values() if cell.kind == TEXT] if money else []
    for said, pattern in [(label, _UNIT_LABEL) for label in labels] + [(note, _UNIT_NOTE) for note in notes]:
        if pattern.search(squeezed(said)):
            raise refusal(
                "unit",
                _("“%(words)s” says that the amounts are not in yuan. Write them in yuan, and say so there.")
                % {"words": squeezed(said)},
            )
    for said in [*labels, *notes, *([table.sheet.name] if money else [])]:
        if foreign_money(said):
            raise refusal(
                "foreign_money",
                _("“%(words)s” speaks of foreign money. Write what was credited in yuan, and name 人民币 there.")
                % {"words": squeezed(said)},
            )


def _no_table(columns, best):
    wanted = _(", ").join(str(column.label) for column in columns.all if not column.ignored and column.identifies)
    if best is None:
        return refusal(
            "no_header",
            _("No header row was found. One row must name the columns, such as %(columns)s; the order does not matter.")
            % {"columns": wanted},
        )
    missing = [str(column.label) for column in columns.required if column.key not in best.places]
    if not missing:
        return refusal("no_rows", _("There are no rows under the header. Fill them in and upload again."))
    return refusal(
        "missing_column",
        _("The header in row %(row)s lacks the column %(columns)s. Add it, or write its usual name.")
        % {"row": best.last, "columns": _(", ").join(missing)},
    )


def row_text(number, sheet_name):
    """How a row is named to the office: the sheet too, where several were read."""
    if sheet_name:
        return _("row %(row)s of sheet “%(sheet)s”") % {"row": number, "sheet": sheet_name}
    return _("row %(row)s") % {"row": number}
