"""What a record waits for next and who may do it, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_holders: list[Callable] = []


def name_holders_with(function):
    """Let an app say who holds a right: `function(permissions)` gives `{permission: [words of a role]}`."""
    _holders[:] = [function]


def holders_of(permissions):
    """`{permission: [words of the roles that hold it]}`; one query."""
    return _holders[0](permissions) if _holders else {}


def next_words(transitions, record, holders=None):
    """`初审（会计）`: the transitions that a record waits for, with the roles that may do them; "" where it waits for none.

    `holders` is what `holders_of` gave for all their permissions, where many records are asked about.
    """
    rows = [row for row in transitions if row.leads_on and row.fits(record)]
    if not rows:
        return ""
    holders = holders_of([row.permission for row in rows]) if holders is None else holders
    comma = pgettext("between parts", ", ")
    return comma.join(
        _("%(act)s (%(roles)s)") % {"act": row.label, "roles": comma.join(holders.get(row.permission, []))}
        for row in rows
    )
