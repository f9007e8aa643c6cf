"""Template tags of every page: how figures are written, and the components of templates/ui/."""

import re
from decimal import Decimal
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from config.kit import charts, money
from config.kit.hours import hours_of
from config.kit.person import names

register = template.Library()


# How figures and words are written


@register.filter
def yuan(amount):
    return "" if amount is None else money.yuan(amount)


@register.filter
def as_money(value):
    """An amount (Decimal) as money is written; any other value as it is."""
    return money.yuan(value) if isinstance(value, Decimal) else value


@register.filter
def capitals(amount):
    return "" if amount is None else money.in_capitals(amount)


@register.filter
def number(value):
    """A count with its thousands apart, `1046` → `1,046`; decimals keep the places they have."""
    return "" if value is None or value == "" else f"{value:,}"


@register.filter
def plain_number(value):
    """A measure without empty decimals: `150.00` → `150`, `12.50` → `12.5`."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def in_hours(minutes):
    """Minutes in hours: `90` → `1.5`."""
    return hours_of(minutes)


@register.filter
def persons(count):
    """人数: how many people, each counted once."""
    return ngettext("%(count)s person", "%(count)s persons", count) % {"count": number(count)}


@register.filter
def person_times(count):
    """人次: how many times people came or were helped, the same person counted each time."""
    return ngettext("%(count)s person-time", "%(count)s person-times", count) % {"count": number(count)}


@register.filter
def groups_of_four(code):
    """A check code in groups that can be read out: `M3VH8WTC` → `["M3VH", "8WTC"]`."""
    letters = str(code).replace("-", "").replace(" ", "")
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]


@register.filter
def or_dash(value):
    """What was recorded, or the dash that stands for nothing on the office's own forms."""
    return "—" if value in (None, "", "None") else value


@register.filter
def called(user):
    """How a colleague is called: family name first, or the user name where no name is recorded."""
    return names.called(user)


@register.filter
def as_rows(lines, names):
    """Lines as rows of a table or chart: `{{ counts|as_rows:"word number" }}`."""
    return [tuple(getattr(line, name) for name in names.split()) for line in lines]


def written(value):
    """Money as money, counts with their thousands apart, words as they are."""
    return number(value) if isinstance(value, int | float) else as_money(value)


# Addresses


@register.simple_tag(takes_context=True)
def other_language(context):
    """This page in the other of the two languages, with the same question in its address."""
    request, prefix = context.get("request"), get_script_prefix()
    path = request.get_full_path().removeprefix(prefix) if request else ""
    if path == "en" or path.startswith(("en/", "en?")):
        return prefix + path.removeprefix("en").removeprefix("/")
    return f"{prefix}en/{path.lstrip('/')}"


@register.simple_tag(takes_context=True)
def asking(context, **changes):
    """The query part of this page's address with some answers changed: `{% asking page=2 %}` → `?q=…&page=2`."""
    request = context.get("request")
    given = {key: request.GET[key] for key in request.GET} if request else {}
    wanted = {key: value for key, value in {**given, **changes}.items() if value not in (None, "")}
    return f"?{urlencode(wanted)}" if wanted else "?"


@register.simple_tag(takes_context=True)
def nav_link(context, label, view, *, but="", alone=False):
    """One entry of a menu, marked where the reader is on its page or on a page below it, unless below `but`.

    `alone` is for pages that stand above all others: the home page.
    """
    address = reverse(view)
    beyond = reverse(but) if but else None
    request = context.get("request")
    path = request.path if request else ""
    marker = ""
    if path == address:
        marker = "page"
    elif path.startswith(address) and not alone and not (beyond and path.startswith(beyond)):
        marker = "true"
    mark = format_html(' aria-current="{}"', marker) if marker else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', address, mark, label)


@register.simple_tag
def language_tag():
    """The page's language as HTML writes it."""
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


# Small pieces


@register.inclusion_tag("ui/seal_mark.html")
def seal_mark():
    return {}


@register.inclusion_tag("ui/tick.html")
def tick():
    return {}


@register.inclusion_tag("ui/hatch.html")
def hatch():
    """The stripes of `bar-hatch`; once a page that draws bars of spending."""
    return {}


@register.inclusion_tag("ui/amount.html")
def amount(value, unit="", size=""):
    """A figure with its unit word: `{% amount 275 _("persons") size="large" %}`; sizes: "", "large", "huge"."""
    return {"figure": written(value), "unit": unit, "size": size}


@register.inclusion_tag("ui/state.html")
def state(kind, label):
    """A state as sign and word; kinds: open, doing, done, late, void."""
    return {"kind": kind, "label": label}


@register.inclusion_tag("ui/balance_mark.html")
def balance_mark(label):
    return {"label": label}


@register.inclusion_tag("ui/check_code.html")
def check_code(code):
    return {"groups": groups_of_four(code)}


@register.inclusion_tag("ui/phone.html")
def phone(digits):
    """A phone number as a large link; nothing where there is none."""
    return {"digits": digits}


@register.inclusion_tag("ui/crumbs.html", takes_context=True)
def crumbs(context, *trail):
    """`{% crumbs _("Fund board") board_url _("Third quarter") %}`: label and address by turns, the last label alone."""
    pairs = [(trail[place], trail[place + 1]) for place in range(0, len(trail) - 1, 2)]
    return {"pairs": pairs, "here": trail[-1] if len(trail) % 2 else ""}


@register.inclusion_tag("ui/fact.html")
def fact(label, value):
    """One line of `<dl class="facts">`; nothing where the value is not known."""
    return {"label": label, "value": value, "has": value not in (None, "")}


# Tables

# Safari 16 takes what is laid out in another way for no table, unless every part says again what it is.
ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell",
         'th scope="col"': "columnheader", 'th scope="row"': "rowheader", 'th scope="rowgroup"': "rowheader"}  # fmt: skip
PARTS = re.compile(f"<({'|'.join(ROLES)})(?=[ >])")


@register.simple_block_tag
def table(content, name):
    """A table that narrow screens lay out as lines: `{% table "ledger-lines" %}<caption>…{% endtable %}`.

    `name` is its component: bar-table, plain-table or ledger-lines.
    """
    parts = PARTS.sub(lambda part: f'{part[0]} role="{ROLES[part[1]]}"', content)
    return format_html('<table class="{}" role="table">{}</table>', name, mark_safe(parts))


# Money


@register.inclusion_tag("ui/equation.html")
def equation(*, opening, income, spending, closing, income_address="", spending_address="", line=False):
    """The column sum: opening + income − spending = closing, all in yuan; `line=True` sets it in one row."""
    return {
        "opening": opening,
        "income": income,
        "spending": spending,
        "closing": closing,
        "income_address": income_address,
        "spending_address": spending_address,
        "line": line,
    }


@register.inclusion_tag("ui/chain.html")
def chain(slips, *, next_label="", next_opening=None, next_note=""):
    """Periods as slips of one ledger. A slip has label, address, opening, income, spending, closing (yuan)."""
    return {"slips": slips, "next_label": next_label, "next_opening": next_opening, "next_note": next_note}


@register.inclusion_tag("ui/bar_table.html")
def bar_table(rows, *, caption, head, total_label, total_address="", style="fill", counted=False):
    """Bars inside the table that explains them; rows as `charts.bars` takes them. `style="hatch"` needs `{% hatch %}`.

    Without a `total_label` the rows are not added up.
    """
    drawn = charts.bars(rows)
    return {
        "rows": drawn,
        "total": sum((Decimal(row.amount) for row in drawn), Decimal(0)),
        "caption": caption,
        "head": head,
        "total_label": total_label,
        "total_address": total_address,
        "style": style,
        "counted": counted,
    }


@register.inclusion_tag("ui/flow_chart.html")
def flow_chart(rows, *, caption, label, table_caption, head, income_address="", spending_address=""):
    """Income, spending and balance a period as a drawing, with the table of the same figures beside it (yuan)."""
    rows = list(rows)
    return {
        "chart": charts.flow_chart(rows),
        "caption": caption,
        "label": label,
        "table_caption": table_caption,
        "head": head,
        "income": sum((Decimal(row[1]) for row in rows), Decimal(0)),
        "spending": sum((Decimal(row[2]) for row in rows), Decimal(0)),
        "closing": rows[-1][3] if rows else Decimal(0),
        "income_address": income_address,
        "spending_address": spending_address,
    }


# Figures of the programme


@register.inclusion_tag("ui/figure.html")
def figure(label, value, unit, *, note="", address="", link=""):
    """One of the few large figures, inside `<dl class="figures-lead">`."""
    return {"label": label, "value": value, "unit": unit, "note": note, "address": address, "link": link}


@register.inclusion_tag("ui/figure_line.html")
def figure_line(label, value, unit, *, more=None, more_unit="", address="", link=""):
    """One of the further figures, inside `<dl class="figures-lines">`; `more` is a second count beside the first."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "more": more,
        "more_unit": more_unit,
        "address": address,
        "link": link,
    }


# Finding


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context, page, *, label=""):
    """Links to the pages before and after a page of `config.kit.paging.page_of`; nothing where all fits on one."""
    return {
        "page": page,
        "label": label or gettext("Pages"),
        "before": asking(context, page=page.previous_page_number()) if page.has_previous() else "",
        "after": asking(context, page=page.next_page_number()) if page.has_next() else "",
    }


# What a rendered field says of a choice other than the empty one, already escaped.
CHOSEN = re.compile(r'<option value="[^"]+" selected>([^<]+)|<input [^>]*type="search" value="([^"]+)"')


@register.simple_block_tag
def filter_form(content, label, action="", button="", *, folded=True, says_chosen=True):
    """A GET form over a list: `{% filter_form _("Find a book") %}{% search_field … %}{% endfilter_form %}`.

    Narrow screens fold it under a line that says what is chosen, unless the page says it anyway (`says_chosen=False`).
    A form that is what its page is for stays open: `folded=False`.
    """
    chosen = [mark_safe("".join(found)) for found in CHOSEN.findall(content)]
    return render_to_string(
        "ui/filter_form.html",
        {
            "content": content,
            "label": label,
            "action": action,
            "button": button or gettext("Search"),
            "folded": folded,
            "says_chosen": says_chosen,
            "chosen": chosen,
            "separator": pgettext("between parts", ", "),
        },
    )


@register.inclusion_tag("ui/search_field.html")
def search_field(name, label, value=""):
    return {"name": name, "label": label, "value": value}


@register.inclusion_tag("ui/choice_field.html")
def choice_field(name, label, choices, value="", *, everything=""):
    """A select of `(value, words)`; `everything` is the words of the choice that filters nothing."""
    choices = [(str(key), words) for key, words in choices]
    return {"name": name, "label": label, "choices": choices, "value": str(value or ""), "everything": everything}


# Blocks


@register.simple_block_tag
def section(content, name, title, *, extra=""):
    """A section with its name upright in the margin: `{% section "books" _("Bookroom") %}…{% endsection %}`."""
    return render_to_string("ui/section.html", {"content": content, "name": name, "title": title, "extra": extra})


@register.simple_block_tag
def nothing_here(content, title, *, level=2):
    """What a page shows where there is nothing yet, and what can be done instead."""
    return render_to_string("ui/nothing_here.html", {"content": content, "title": title, "level": level})


@register.simple_block_tag(takes_context=True)
def other_way(context, content, title, *, level=3):
    """The paper or phone twin of a form, with the office's number where one is known."""
    line = context.get("site")
    digits = line.supervision_phone if line else ""
    return render_to_string("ui/other_way.html", {"content": content, "title": title, "level": level, "digits": digits})


@register.simple_tag
def heading(text):
    """A Chinese title that breaks only between its phrases: each space in it becomes a place to break."""
    if language_tag() == "en":
        return text
    return mark_safe("<wbr>".join(format_html("{}", part) for part in str(text).split(" ")))
