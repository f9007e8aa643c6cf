"""Where a table's header stands and which column is which, however an office titled, merged and annotated it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from config.kit.sheets.cells import TEXT, Row
from config.kit.text_cleaning import remembered, squeezed

DEEPEST = 3
# A longer text names no column.
LONGEST_LABEL = 300
ROWS_LOOKED_AT = 200
# Under a header that holds all that is required, no better one comes much later.
ROWS_AFTER_A_HEADER = 10
_BRACKETED = re.compile(r"[(\[{<【〔《「（].*?[)\]}>】〕》」）]|[(\[{【〔（].*$")
_BRACKETS = re.compile(r"[()\[\]{}<>【】〔〕《》「」（）]")
_EDGES = re.compile(
    r"^(?:\d{1,2}(?:[.、)]|(?=[\u4e00-\u9fff]))|[*※★●#.、:;,，。：；“”\"']+)+|[*※★●#.、:;,，。：；/“”\"']+$"
)
_HINTS = re.compile(r"(?:年月日|年月|yyyy.*|格式.*|必填|选填|下拉选择?)$")
# Signs and words inside a label that do not change what it says: 出生年、月, 加入党的时间, 姓名 Name.
_FILLING = re.compile(r"[的、/.·,，\-_“”\"']|[a-z]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[a-z]+")
_ALTERNATIVES = re.compile(r"[/、,，;；]|或者?|及|和")
# Groups that only gather columns; the label under them means the same as without.
NEUTRAL_GROUPS = {"基本信息", "基本情况", "个人信息", "个人情况", "党员信息", "党员基本信息", "党员基本情况", "党员", "人员信息", "登记内容", "捐款信息", "捐款情况", "捐赠信息", "党籍信息", "组织信息", "其他信息", "其他", "联系方式", "信息"}  # fmt: skip


@remembered
def header_words(text):
    """The spellings under which a header cell is looked up: with and without what stands in brackets."""
    if len(text) > LONGEST_LABEL:
        return ()
    text = squeezed(text).lower().replace("\\n", "")
    whole = _trimmed(_BRACKETS.sub("", text))
    short = _trimmed(_BRACKETED.sub("", text))
    words = [word for word in (whole, short) if word]
    words += [word for word in (_HINTS.sub("", each) for each in words) if word]
    words += [word for word in (_FILLING.sub("", each) for each in words) if len(word) > 1]
    return tuple(dict.fromkeys(words))


def _trimmed(text):
    return _EDGES.sub("", text)


@dataclass(frozen=True)
class ReadColumn:
    """A column an office may send: its names as data, and how a filled cell is read.

    `required` the table is no table of this kind without it · `identifies` a row without any of these is no record ·
    `spread` a merged cell counts for all its rows · `joined` several columns are put together · `ignored` known, not kept ·
    `counted` total rows state its sum · `may_ask` what its cell may mean is asked rather than refused · `single` a pattern of labels beside which no second column may stand in for it · `parts` patterns that tell the column where no alias fits whole, `but_not`
    words that say it is another.
    """

    key: str
    label: Any
    aliases: tuple
    parse: Callable | None = None
    required: bool = False
    identifies: bool = False
    spread: bool = False
    joined: bool = False
    ignored: bool = False
    counted: bool = False
    may_ask: bool = False
    single: str = ""
    parts: tuple = ()
    but_not: tuple = ()

    @property
    def words(self):
        """The words of a code list, or nothing."""
        return getattr(self.parse, "words", {})


class Columns:
    """The columns of one form, ready for looking up."""

    def __init__(self, columns):
        self.all = tuple(columns)
        self.by_key = {column.key: column for column in self.all}
        self.by_alias = {}
        for column in self.all:
            for rank, alias in enumerate(column.aliases):
                for word in header_words(alias):
                    self.by_alias.setdefault(word, (column, rank))
        self.required = [column for column in self.all if column.required]
        self.lead = self.required[0]
        self.listed_words = {word for column in self.all for word in column.words}
        self.lead_letters = {
            letter for word, (column, _rank) in self.by_alias.items() if column is self.lead for letter in word
        }

    def whole(self, text):
        """The column and rank of a label that is one of its names, or None."""
        for word in header_words(text):
            matches = self.by_alias.get(word)
            if matches:
                return matches
        for word in header_words(text):
            matches = [self.by_alias.get(part) for part in _ALTERNATIVES.split(word)]
            if len(matches) > 1 and all(matches) and len({column.key for column, _rank in matches}) == 1:
                return matches[0]
        return None

    def partly(self, text):
        """The column whose telling words stand inside a label, or None."""
        for word in header_words(text):
            for column in self.all:
                if any(re.search(part, word) for part in column.parts) and not any(
                    other in word for other in column.but_not
                ):
                    return column
        return None


@dataclass
class Header:
    """A found header: its rows, the places of each key, labels nobody asked for, pairs of labels
    that say the same, and (label, other name of the same column) pairs.
    """

    first: int
    last: int
    places: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    all_labels: dict = field(default_factory=dict)
    unknown: list = field(default_factory=list)
    twice: list = field(default_factory=list)
    spare: list = field(default_factory=list)
    spare_keys: set = field(default_factory=set)

    def holds(self, columns):
        return all(column.key in self.places for column in columns)


DATE_PARTS = {"年", "月", "日"}
# How sure a match is: a name of the column, its name under a group that may mean someone else, a telling word.
SURE, GROUPED, PARTLY = 3, 2, 1


def find_header(rows: list[Row], columns: Columns, merges=()):
    """The best header among the first rows, or None where fewer than two known columns stand in one."""
    best, best_score = None, (False, 1, 0, 0)
    for at in range(len(rows)):
        if best is not None and best.holds(columns.required) and rows[at].number > best.last + ROWS_AFTER_A_HEADER:
            break
        for depth in range(1, DEEPEST + 1):
            if at + depth > len(rows) or rows[at + depth - 1].number - rows[at].number >= DEEPEST + 1:
                break
            header, sureness = read_header(rows[at : at + depth], columns, merges)
            score = (
                header.holds(columns.required),
                len(header.places),
                sureness,
                sum(map(len, header.places.values())),
            )
            if score > best_score and len(header.places) > 1:
                best, best_score = header, score
    return best


def read_header(rows, columns, merges=()):
    """What the columns are if these rows are the header; also how sure the matches are in sum."""
    header = Header(rows[0].number, rows[-1].number)
    claims, all_labels = {}, header.all_labels
    for place, path in sorted(paths_of(rows, merges).items()):
        match = matched(path, columns)
        label = all_labels[place] = "".join(path)
        if match is None:
            header.unknown.append((place, label))
        else:
            column, strength, rank, is_part = match
            claims.setdefault(column.key, []).append((-strength, rank, place, label, is_part))
    _leave_pick_lists(claims, all_labels, columns)
    for key, claim in claims.items():
        column = columns.by_key[key]
        claim.sort()
        if column.joined:
            taken = sorted(claim, key=lambda cell: cell[2])
        elif claim[0][4]:
            taken = sorted((cell for cell in claim if cell[4]), key=lambda cell: cell[2])
        elif column.ignored:
            taken = claim[:1]
        else:
            taken, others = claim[:1], claim[1:]
            same = [
                cell for cell in others if cell[0] == claim[0][0] and header_words(cell[3]) == header_words(claim[0][3])
            ]
            if same or (column.counted and any(cell[0] == claim[0][0] != -SURE for cell in others)):
                header.twice.append((claim[0][3], (same or others)[0][3]))
            # A second column of the same meaning is read where the first is empty; a doubtful one never is.
            spare = [cell for cell in others if -cell[0] == SURE and cell not in same]
            if (
                column.single
                and spare
                and not same
                and any(re.search(column.single, cell[3]) for cell in [*taken, *spare])
            ):
                header.twice.append((claim[0][3], spare[0][3]))
            taken = taken + spare
            header.spare_keys |= {key} if spare else set()
            header.spare += [(claim[0][3], cell[3]) for cell in spare]
            header.unknown += [(cell[2], cell[3]) for cell in others if cell not in spare]
        header.places[key] = [cell[2] for cell in taken]
        header.labels[key] = taken[0][3]
    header.unknown = [label for _place, label in sorted(header.unknown)]
    return header, sum(-claim[0][0] for claim in claims.values())


def _leave_pick_lists(claims, labels, columns):
    """Take back what stands in a block beside the table that names code lists alone: a pick-list parked there."""
    blocks, block = {}, 0
    for place in sorted(labels):
        block += place - 1 not in labels
        blocks[place] = block
    keys_of_block = {}
    for key, claim in claims.items():
        for cell in claim:
            keys_of_block.setdefault(blocks[cell[2]], set()).add(key)
    parked = {block for block, keys in keys_of_block.items() if all(columns.by_key[key].words for key in keys)}
    for key in list(claims):
        claims[key] = [cell for cell in claims[key] if blocks[cell[2]] not in parked]
        if not claims[key]:
            del claims[key]


def paths_of(rows, merges):
    """`{column: labels from top to bottom}`; a group's label stands for every column it covers."""
    last_column = max((max(row.cells) for row in rows), default=0)
    places = range(1, last_column + 1)
    paths = {place: [] for place in places}
    for depth, row in enumerate(rows):
        wide = {
            place: left
            for top, left, bottom, right in merges
            if top <= row.number <= bottom and right > left
            for place in range(left, min(right, last_column) + 1)
        }
        group = ""
        for place in places:
            cell = row.cells.get(place)
            text = cell.shown if cell is not None and cell.kind == TEXT else (cell.shown if cell is not None else "")
            if text:
                group = text if depth < len(rows) - 1 else ""
                paths[place].append(text)
            elif depth < len(rows) - 1 and place in wide:
                top = row.cells.get(wide[place])
                if top is not None:
                    paths[place].append(top.shown)
            elif depth < len(rows) - 1 and group and not merges and _filled_below(rows[depth + 1 :], place):
                # Without merges (a text table) a group reaches as far as labels stand under nothing of their own.
                paths[place].append(group)
    return {place: path for place, path in paths.items() if path}


def _filled_below(rows, place):
    return any(place in row.cells for row in rows)


def matched(path, columns):
    """(column, how sure, rank of the name, whether it is a year, month or day of a date in parts), or None."""
    path = [part for at, part in enumerate(path) if at == 0 or squeezed(part) != squeezed(path[at - 1])]
    own, groups = path[-1], [part for part in path[:-1] if not set(header_words(part)) & NEUTRAL_GROUPS]
    joined = []
    if groups:
        near = groups[-1]
        if squeezed(own) in DATE_PARTS and (match := columns.whole(near)):
            return match[0], SURE, match[1], True
        joined = [near + own, own + near, *(["".join([*groups, own])] if len(groups) > 1 else [])]
    for label in joined:
        match = columns.whole(label)
        if match:
            return match[0], SURE, match[1], False
    match = columns.whole(own)
    if match:
        return match[0], GROUPED if groups else SURE, match[1], False
    for label in [*joined, own] if groups else [own]:
        column = columns.partly(label)
        if column:
            return column, PARTLY, 0, False
    return None
