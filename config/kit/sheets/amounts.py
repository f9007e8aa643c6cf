"""What a filled cell means as an amount in yuan: one number of one currency, or a refusal that says why."""

import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.money import to_fen, yuan
from config.kit.sheets.cells import NUMBER, TEXT, UNTYPED
from config.kit.sheets.questions import Answer, Asked, leave_out
from config.kit.sheets.values import is_nothing, refuse, says_nothing
from config.kit.text_cleaning import clean, narrow, remembered, squeezed, unescaped

# Names and signs of money that is no renminbi; letters count only where no other letter touches them.
_FOREIGN = re.compile(
    r"(?:美|港|欧|日|澳|加|韩|新加坡|新西兰|澳门|台|新台|外|葡)(?:元|币)(?![旦宵月素])|日圆(?!满)|美金|港纸|英镑|法郎|泰铢|卢布|卢比|越南盾|新币|马币|林吉特|比索"
    r"|(?<![a-z])(?:usd|hkd|eur|gbp|jpy|aud|cad|chf|krw|twd|ntd|sgd|nzd|mop|thb|rub|inr|vnd|myr)(?![a-z])"
    r"|[$€£₩฿₫₽₹₱]"
)
_RENMINBI = re.compile(r"人民币|本币|(?<![a-z])(?:rmb|cny|cnh)(?![a-z])")
# The locales under which a number format means ¥ as yen.
_YEN = re.compile(r"\[\$[¥￥]-(?:[0-9a-f]*411|ja-jp)", re.I)
_LINES = re.compile(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")
_NUMERAL = re.compile(r"[\d零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]")


def lines_of(text):
    """What stands in a cell on lines or behind tabs of its own."""
    return [part for part in _LINES.split(unescaped(text)) if clean(part)]


def foreign_money(text):
    """The word or sign by which a text names money that is no renminbi, or an empty text.

    Where renminbi is named too, the amounts were converted.
    """
    words = squeezed(text).lower()
    match = None if _RENMINBI.search(words) else _FOREIGN.search(words)
    return match[0] if match else ""


def foreign_format(form):
    """The same of a number format: `[$HK$-C04]#,##0`, `"$"#,##0.00`; the locale in brackets is no dollar sign."""
    if _YEN.search(form):
        return "JPY"
    # [$US$-409] shows US$; [Red] and [$-804] show nothing.
    shown = re.sub(r"\[\$([^\]-]*)(?:-[^\]]*)?\]", r" \1 ", form)
    return foreign_money(re.sub(r"\[[^\]]*\]|[\\\"]", "", shown))


def refuse_foreign(words):
    refuse(
        "foreign_money",
        _("“%(words)s” is no renminbi. Write what was credited in yuan, and the foreign money into the remark."),
        words=words,
    )


def as_currency(cell, epoch=None):
    """Nothing where a column says renminbi or nothing at all; every other currency is refused."""
    words = squeezed(cell.shown).lower()
    if says_nothing(words) or _RENMINBI.search(words) or words in {"元", "¥", "￥", "156", "人民币元", "01", "001"}:
        return None
    return refuse_foreign(clean(cell.shown))


_AMOUNT = re.compile(
    r"^([-+(]?)([¥￥]|rmb|cny|人民币)?([-+]?)(\d[\d,']*)(\.\d+)?(万|千|百)?(?:元|圆|块钱?|rmb|cny)?(?:整|正)?(\))?$"
)
_NARROW_SPACES = "\u2007\u2009\u202f"
_SPACED_GROUPS = re.compile(
    rf"[-+¥￥]?\s?(?P<first>\d{{1,3}})(?P<groups>(?:[ \u00a0\u3000{_NARROW_SPACES}]\d{{3}})+)(?P<fen>[.．]\d{{1,2}})?\s?(?:元|圆)?整?"
)
_GROUPED = re.compile(r"^\d{1,3}(?:[,']\d{3})+$|^\d+$")
_CAPITALS = {
    **{c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{c: n for n, c in enumerate("〇一二三四五六七八九")},
    **{c: n for n, c in enumerate("0123456789")},
    "两": 2,
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}


def as_amount(cell, epoch=None):
    """Decimal yuan of a number or of an amount as offices type it; a third decimal is refused, never rounded."""
    if cell.kind == NUMBER:
        shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", cell.format.lower())
        if "%" in shown or ("y" in shown and "m" in shown):
            refuse_not_money(cell.shown)
        if foreign := foreign_format(cell.format):
            refuse_foreign(f"{foreign} {cell.shown}")
        # A spreadsheet keeps 15 digits; the tail of a binary fraction is not what was typed.
        number = Decimal(f"{cell.value:.15g}") if isinstance(cell.value, float) else Decimal(cell.value)
        return _money(number, cell.shown)
    if cell.kind != TEXT:
        refuse_not_money(cell.shown)
    if is_nothing(cell):
        return None
    return read_amount(cell.value, cell.format != UNTYPED)


def refuse_not_money(shown):
    refuse("not_money", _("“%(value)s” is no amount in yuan. Type a number such as 100 or 1000.00."), value=shown)


def _money(number, shown):
    try:
        to_fen(number)
    except ValidationError as error:
        if error.code == "sub_fen":
            refuse("sub_fen", _("“%(value)s” has more than two decimals; a fen is the smallest coin."), value=shown)
        refuse_not_money(shown)
    return number.quantize(Decimal("0.01"))


@remembered
def read_amount(text, is_typed=True):
    """Decimal yuan of an amount as offices type it; `is_typed` is false of a text table, whose columns may show three decimals.

    What may be two amounts is raised as `Asked`.
    """
    shown = clean(text)
    is_doubtful = _may_be_two_amounts(text, shown)
    if foreign_money(text):
        refuse_foreign(shown)
    words = squeezed(text).lower().strip("'`").replace("￥", "¥").replace("−", "-").replace("。", ".").replace("’", "'")
    words = re.sub(r"^'|(?:,|\.-?)$", "", words)
    amount = _in_digits(words, shown, is_typed)
    if amount is None:
        amount = _in_words(re.sub(r"^(?:人民币[:：]?|¥|rmb|cny)", "", words), shown)
    if amount is None:
        refuse_not_money(shown)
    amount = _money(amount, shown)
    if is_doubtful:
        raise Asked(
            _two_amounts(shown),
            code="two_amounts_in_cell",
            value=amount,
            sentence=_("is “%(value)s” one amount?") % {"value": shown},
            answers=(Answer("one", _("one amount of %(amount)s yuan") % {"amount": yuan(amount)}, {}), leave_out()),
        )
    return amount


def _in_digits(words, shown, is_typed):
    match = _AMOUNT.match(words)
    if not match:
        return None
    before, _sign, inner, whole, fraction, scale, after = match.groups()
    if not _GROUPED.match(whole) or (before == "(") != bool(after):
        refuse_not_money(shown)
    number = Decimal(re.sub(r"[,']", "", whole) + (fraction or ""))
    if is_typed and re.fullmatch(r"[1-9]\d{0,2}\.\d\d0", whole + (fraction or "")) and not scale:
        # A point parts thousands in other countries.
        _refuse_two_meanings(shown, number, number * 1000)
    number *= {"万": 10_000, "千": 1_000, "百": 100, None: 1}[scale]
    return -number if "-" in (before, inner) or before == "(" else number


# Numbers with a blank between them that groups no thousands, one behind the other's 元, or parted by a mark of a list.
_SEVERAL = re.compile(r"\d (?!0\d\d(?!\d))\d|\d{4,} \d|元 ?\d+(?:\.\d+)?元|\d元? ?[/、+;和加] ?\d")


def _two_amounts(shown):
    return _(
        "more than one amount stands in the cell: “%(value)s”. Write one amount into each row, without spaces."
    ) % {"value": shown}


def _may_be_two_amounts(text, shown):
    """Whether a space in a number may part two amounts; where it can only do that, a refusal.

    Numbers on two lines are two amounts. A space groups thousands by GB/T 15835, but `50 100` is as well two gifts, so
    it is asked. It is one number where something else says so: a group that begins with 0 (`1 050`), fen behind a single
    digit (`1 234.00`), or a narrow space, which spreadsheets put there and nobody types. `100 200` are two gifts.
    """
    if sum(bool(_NUMERAL.search(part)) for part in lines_of(text)) > 1:
        refuse("two_amounts_in_cell", _two_amounts(shown))
    grouped = _SPACED_GROUPS.fullmatch(unescaped(text).strip())
    if grouped and len(grouped["first"]) < 3:
        groups, fen = grouped["groups"], grouped["fen"]
        is_narrow = all(space in _NARROW_SPACES for space in groups if not space.isdigit())
        return not (is_narrow or re.search(r"\s0", groups) or (fen and len(grouped["first"]) == 1))
    if _SEVERAL.search(narrow(text)):
        refuse("two_amounts_in_cell", _two_amounts(shown))
    return False


_IN_WORDS = re.compile(
    r"(?:(?P<whole>[^元圆块角毛分]+[元圆块]钱?|(?=.*[十拾百佰千仟万亿])[^元圆块角毛分]+$))?"
    # 三块五 is said for 三块五毛.
    r"(?:零?(?P<jiao>\S)(?:[角毛]|(?<=块.)$))?(?:零?(?P<fen>\S)分)?[整正]?"
)


def _in_words(words, shown):
    """The amount of numerals with the words of money, `壹仟零伍元陆角`, `3块5毛`, `1万2千`, or None."""
    match = _IN_WORDS.fullmatch(words)
    if not match or not any(match.groups()):
        return None
    whole, jiao, fen = match["whole"], match["jiao"], match["fen"]
    try:
        number = Decimal(_whole(whole.rstrip("元圆块钱")) if whole else 0)
        return number + Decimal(_CAPITALS[jiao] if jiao else 0) / 10 + Decimal(_CAPITALS[fen] if fen else 0) / 100
    except _TwoNumbers as error:
        return _refuse_two_meanings(shown, *error.args)
    except (KeyError, ValueError, InvalidOperation):
        return None


def _refuse_two_meanings(shown, first, second):
    refuse(
        "ambiguous_amount",
        _("“%(value)s” can be %(first)s or %(second)s yuan. Type it in digits, like %(first)s."),
        value=shown,
        first=yuan(first),
        second=yuan(second),
    )


class _TwoNumbers(ValueError):
    """Numerals that say one number in speech and another in a ledger: both."""


def _whole(words):
    return int(re.sub("[,']", "", words)) if _GROUPED.match(words) else _counted(words)


def _counted(words):
    """The whole number of numerals and units; ValueError where they are in no order of their units or can mean two."""
    total = section = digit = 0
    last_unit, last_scale, said, after_zero = 10_000, 10**12, 1, True
    for token in re.findall(r"\d+|\D", words):
        if token in _CAPITALS or token.isdigit():
            if digit:
                raise ValueError(words)
            digit = _CAPITALS[token] if token in _CAPITALS else int(token)
            after_zero = after_zero or not digit
        elif token in _UNITS:
            if _UNITS[token] >= last_unit or digit > 9:
                raise ValueError(words)
            section += (digit or 1) * _UNITS[token]
            digit, last_unit, said, after_zero = 0, _UNITS[token], _UNITS[token], _UNITS[token] == 10
        elif token in "万亿":
            scale = 10_000 if token == "万" else 100_000_000
            if scale >= last_scale:
                raise ValueError(words)
            total = (total + section + digit) * scale
            section = digit = 0
            last_unit, last_scale, said, after_zero = 10_000, scale, scale, False
        else:
            raise ValueError(words)
    if digit and not after_zero:
        # 一百五 is 150 in speech and 105 in a ledger.
        raise _TwoNumbers(total + section + digit * said // 10, total + section + digit)
    return total + section + digit
