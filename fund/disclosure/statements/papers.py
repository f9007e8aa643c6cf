"""Prints a published statement as the notice on the wall: A4 or A3, large type, from its public page alone."""

from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.kit.money import in_capitals, yuan
from config.kit.paper import qr_svg, render
from config.kit.paper.sheet import frame
from fund.disclosure.wording import coins_of
from fund.ledger.wording import day, people

FOLDER = Path(__file__).resolve().parent


def notice(page, *, address, paper="a4"):
    """The PDF of a statement (`public.StatementPage`) in the reader's language; its QR code holds `address`."""
    data = frame(page.title, author=page.organization, on=page.published_on) | {
        "foot": [page.office_number, _("Check code %(code)s") % {"code": page.code}],
        "correction": _correction(page, address),
        "sheet": _sheet(page),
        "words": _words(),
        "givers": _givers(page),
        "notes": _notes(page),
    }
    return render(FOLDER / "notice.typ", data, paper=paper, files={"qr.svg": qr_svg(address)}, spell=True)


def _sheet(page):
    sums = {
        "opening": yuan(page.opening),
        "income": yuan(page.income),
        "spending": yuan(page.spending),
        "closing": yuan(page.closing),
    }
    return {
        **sums,
        "title": page.title,
        "office_number": page.office_number,
        "period": _("(%(first)s to %(last)s)") % {"first": day(page.period_from), "last": day(page.period_to)},
        "lead": _(
            "Money for one purpose, kept by one person, disclosed at fixed times: these are the income and spending of "
            "the period. Members and residents are asked to check them."
        ),
        "income_rows": [_row(row) for row in page.income_rows],
        "spending_rows": [_row(row) for row in page.spending_rows],
        "equation": f"{sums['opening']} ＋ {sums['income']} － {sums['spending']} ＝ {sums['closing']}",
        "equation_words": _(
            "At the beginning there were %(opening)s yuan; %(income)s yuan came in and %(spending)s yuan went out; "
            "at the end there are %(closing)s yuan."
        )
        % sums,
        "capitals": _("Closing balance in words: %(words)s") % {"words": in_capitals(page.closing)},
        "code": page.code,
        "previous_code": page.previous_code,
        "publisher": page.organization,
        "published_on": day(page.published_on),
    }


def _row(row):
    return {
        "number": row.number,
        "when": row.day or row.when,
        "what": row.what,
        "kind": row.kind,
        "amount": yuan(row.amount),
        "note": row.note,
    }


def _words():
    return {
        "head": [_("No."), _("Day"), _("Source or use"), _("Kind"), _("Amount (yuan)")],
        "opening": _("1. Opening balance"),
        "income": _("2. Income of the period"),
        "no_income": _("No income in this period."),
        "income_total": _("Income, subtotal"),
        "spending": _("3. Spending of the period"),
        "no_spending": _("No spending in this period."),
        "spending_total": _("Spending, subtotal"),
        "closing": _("4. Closing balance"),
        "code": _("Check code of this statement"),
        "previous_code": _("Check code of the one before"),
        "scan": _("Scan it to open this statement on a phone and compare the code."),
        "seal": _("place for the seal"),
    }


def _correction(page, address):
    if page.corrects:
        sentence = _("This statement corrects %(number)s.") % {"number": page.corrects.office_number}
        reason, figures, other = page.correction_reason, page.corrections, page.corrects
    elif page.corrected_by:
        sentence = _("This statement was corrected by %(number)s.") % {"number": page.corrected_by.office_number}
        reason, figures, other = page.corrected_reason, page.corrected_figures, page.corrected_by
    else:
        return None
    lines = [_("What was wrong: %(reason)s") % {"reason": reason}]
    lines += [
        _("%(label)s: before %(old)s, now %(new)s yuan")
        % {"label": line.label, "old": yuan(line.old), "new": yuan(line.new)}
        for line in figures
    ]
    if not figures:
        lines.append(_("No sum has changed."))
    lines.append(_("The other sheet: %(address)s") % {"address": urljoin(address, other.address)})
    return {"sentence": sentence, "lines": lines}


def _givers(page):
    """Who gave, for rows that only count their givers: by amount, smallest first, in the order they came."""
    groups = {}
    for row in page.income_rows:
        for gift in row.names if row.count > 1 else ():
            groups.setdefault(gift.amount, []).append(gift.who)
    between = pgettext("between names", ", ")
    lines = []
    for amount in sorted(groups, key=lambda amount: amount or 0):
        names = [
            who if count == 1 else _("%(who)s ×%(count)s") % {"who": who, "count": count}
            for who, count in Counter(groups[amount]).items()
        ]
        people_word = people(len(groups[amount]))
        word = (
            people_word + _(": ")
            if amount is None
            else _("%(people)s, %(amount)s yuan each: ") % {"people": people_word, "amount": coins_of(amount)}
        )
        lines.append({"word": word, "names": [*(name + between for name in names[:-1]), names[-1]]})
    return lines


def _notes(page):
    dates = {"first": day(page.notice_from), "last": day(page.notice_to), "days": page.notice_days}
    lines = [
        ngettext(
            "On the wall: %(first)s to %(last)s (%(days)s working day)",
            "On the wall: %(first)s to %(last)s (%(days)s working days)",
            page.notice_days,
        )
        % dates
    ]
    if page.supervision_phone:
        phone = _("Supervision phone") + _(": ") + page.supervision_phone
        hours = page.office_hours
        lines.append(_("%(phone)s (%(hours)s)") % {"phone": phone, "hours": hours} if hours else phone)
    if page.suggestion_box:
        lines.append(_("Suggestion box") + _(": ") + page.suggestion_box)
    lines.append("　".join(f"{role} {name}".strip() for role, name in page.signers))
    return lines
