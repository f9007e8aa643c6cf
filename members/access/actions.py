"""How a look at private data, a search by it, or an export is written down."""

from django.utils.translation import gettext

from members.access.models import AccessLog
from members.roster.models import Member


def log_full_view(record, *, by, reason):
    """Write down who saw the private data of a member, or of a record that may name one, in full, and why."""
    member = record if isinstance(record, Member) else getattr(record, "member", None)
    what = f"{record._meta.verbose_name} {record.pk}"
    return AccessLog.objects.create(user=by, act=AccessLog.Act.VIEW, member=member, what=what, reason=reason)


def log_number_search(*, by, found):
    """Write down that somebody looked for members by an ID or phone number, or its end, and how many were found."""
    what = gettext("members found by a number: %(count)s") % {"count": found}
    return AccessLog.objects.create(user=by, act=AccessLog.Act.SEARCH, what=what)


def log_export(*, by, what):
    """Write down an export with personal data; `by` is None where a command line asked for it."""
    return AccessLog.objects.create(user=by, act=AccessLog.Act.EXPORT, what=what)
