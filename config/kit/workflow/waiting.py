"""What a record waits for next and who may do it, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_holders: list[Callable] = []


def name_holders_with(function):
    """Let an app say who holds a right: `function(permissions)` gives `{permission: [words of a role]}`."""
    _holders[:] = [function]


def next_words(transitions, record):
    """`初审（会计）`: the transitions that a record waits for, with the roles that may do them; "" where it waits for none."""
    rows = [row for row in transitions if row.leads_on and row.fits(record)]
    if not rows:
        return ""
    holders = _holders[0]([row.permission for row in rows]) if _holders else {}
    comma = pgettext("between parts", ", ")
    return comma.join(
        _("%(act)s (%(roles)s)") % {"act": row.label, "roles": comma.join(holders.get(row.permission, []))}
        for row in rows
    )
