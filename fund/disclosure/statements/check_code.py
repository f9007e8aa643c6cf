"""Looks up the published statement of a check code, however it is typed."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from config.kit.money import yuan
from config.kit.numbering import read_office_number
from fund.disclosure.statements.document import (
    CODE_LENGTH,
    GROUP,
    bare_code,
    document_digest,
    parse_document,
    short_code,
)
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import period_label

DIGEST_LENGTH = 64
# So many characters may be misread before a code counts as another one.
MISREAD = 4


@dataclass(frozen=True)
class Verdict:
    """Whether a typed code and a statement fit: `is_same` is None where nothing could be compared."""

    is_same: bool | None
    heading: str
    sentence: str
    typed: str = ""
    steps: tuple = field(default=())
    address: str = ""


def verdict_on(text):
    """The verdict on `text`, typed as the check code (or the digest) of a statement."""
    number = read_office_number(text)
    if number:
        return _number(*number)
    typed = bare_code(text)
    if not typed:
        return _unread(text, typed)
    if len(typed) == DIGEST_LENGTH:
        statement = _published(digest=typed.lower())
        return _whole(statement, typed) if statement else _unknown(typed)
    if not GROUP <= len(typed) <= CODE_LENGTH:
        return _unread(text, typed)
    statement = _published(short_code__startswith=grouped(typed))
    if statement:
        return _whole(statement, typed) if len(typed) == CODE_LENGTH else _beginning(statement, typed)
    near = _nearly(typed) if len(typed) == CODE_LENGTH else None
    return _misread(near, typed) if near else _unknown(typed)


def grouped(typed):
    """`M3VH8WTC` as the code is kept and printed: `M3VH-8WTC`."""
    return "-".join(groups(typed))


def groups(typed):
    return [typed[start : start + GROUP] for start in range(0, len(typed), GROUP)]


def _number(year, number):
    """The number of a statement was typed where its code belongs."""
    statements = Statement.objects.published().filter(year=year, year_number=number).select_related("pot")[:2]
    return Verdict(
        None,
        _("This is the number, not the check code"),
        _("The check code has 20 letters and digits and stands beside the square on the paper."),
        address=statements[0].get_absolute_url() if len(statements) == 1 else "",
    )


def _published(**wanted):
    return Statement.objects.published().select_related("pot").filter(**wanted).order_by("-period_to", "pk").first()


def _nearly(typed):
    """The published statement whose code shares a whole group with this one and most of the rest, if there is one."""
    shares = Q()
    for group in groups(typed):
        shares |= Q(short_code__contains=group)
    codes = Statement.objects.published().filter(shares).values_list("short_code", flat=True)
    best = max(codes, key=lambda code: _alike(bare_code(code), typed), default="")
    return _published(short_code=best) if _alike(bare_code(best), typed) >= CODE_LENGTH - MISREAD else None


def _alike(one, other):
    return sum(a == b for a, b in zip(one, other, strict=False))


def _name_of(statement):
    """Number, pot and period, as somebody finds them on the paper."""
    period = period_label(statement.period_from, statement.period_to, opened_on=statement.pot.opened_on)
    return _("%(number)s (%(pot)s, %(period)s)") % {
        "number": parse_document(statement.document)["office_number"],
        "pot": statement.pot.name,
        "period": period,
    }


def _whole(statement, typed):
    """All of the code was typed: the sheet as it stands here must still give it."""
    digest = document_digest(statement.document)
    if digest != statement.digest or short_code(digest) != statement.short_code:
        return Verdict(
            False,
            _("Does not match"),
            _(
                "This was the code of %(statement)s when it was published, but the sheet as it stands on this website "
                "gives another one: it was changed here."
            )
            % {"statement": _name_of(statement)},
            typed,
            (_("Your paper is good evidence. Keep it as it is, and tell us by the supervision phone or the form."),),
            statement.get_absolute_url(),
        )
    correction = statement.corrected_by.filter(state=Statement.State.PUBLISHED).first()
    steps = [
        _("Now compare the figures: the closing balance on your paper must be %(closing)s yuan.")
        % {"closing": yuan(statement.closing)}
    ]
    if correction:
        steps.append(
            _("This statement was corrected later by %(number)s; read that one too.")
            % {"number": parse_document(correction.document)["office_number"]}
        )
    return Verdict(
        True,
        _("Matches"),
        _(
            "This is the code of %(statement)s. Worked out again from the sheet on this website it is the same: not a "
            "word and not a figure was changed."
        )
        % {"statement": _name_of(statement)},
        typed,
        tuple(steps),
        statement.get_absolute_url(),
    )


def _beginning(statement, typed):
    missing = CODE_LENGTH - len(typed)
    return Verdict(
        True,
        _("Matches so far"),
        _("The first %(count)s characters are those of %(statement)s.")
        % {"count": len(typed), "statement": _name_of(statement)},
        typed,
        (_("%(missing)s more characters stand on the paper. Type all 20 to be sure.") % {"missing": missing},),
        statement.get_absolute_url(),
    )


def _misread(statement, typed):
    pairs = zip(groups(typed), statement.short_code.split("-"), strict=True)
    differing = [
        _("Group %(place)s: you typed %(typed)s, there it is %(own)s.") % {"place": place, "typed": mine, "own": own}
        for place, (mine, own) in enumerate(pairs, start=1)
        if mine != own
    ]
    return Verdict(
        False,
        _("Does not match"),
        _("No statement has this code. It is nearly the code of %(statement)s.") % {"statement": _name_of(statement)},
        typed,
        (
            *differing,
            _("Look at the paper again. If it really says what you typed, keep it as it is and ask us."),
        ),
        statement.get_absolute_url(),
    )


def _unknown(typed):
    return Verdict(
        False,
        _("Does not match"),
        _("No published statement has this code."),
        typed,
        (
            _("Type it once more, four characters at a time. There is no 0, no 1, no I and no O in it."),
            _("If it stays so, keep the paper as it is and ask: by the form, or by the supervision phone."),
        ),
    )


def _unread(text, typed):
    """What was typed cannot be a code at all."""
    if not text.strip():
        sentence = _("Nothing was typed. The code stands on the paper beside the square.")
    elif len(typed) > CODE_LENGTH:
        sentence = _(
            "You typed %(count)s characters; a check code has 20. Where two stand on the paper, take one at a time."
        )
    else:
        sentence = _("You typed %(count)s letters and digits; a check code has 20.")
    return Verdict(
        None,
        _("Not checked yet"),
        sentence % {"count": len(typed)},
        "",
        (_("It looks like this: M3VH 8WTC Q6ZE 2KRP D9XA. The first group of four is the least."),),
    )
