"""How a look at private data, a search by it, or an export is written down."""

from django.utils.translation import gettext

from members.access.models import AccessLog


def log_full_view(member, *, by, reason):
    """Write down who saw a member's private data in full, and why."""
    return AccessLog.objects.create(
        user=by, act=AccessLog.Act.VIEW, member=member, what=f"{member._meta.verbose_name} {member.pk}", reason=reason
    )


def log_number_search(*, by, found):
    """Write down that somebody looked for members by an ID or phone number, or its end, and how many were found."""
    what = gettext("members found by a number: %(count)s") % {"count": found}
    return AccessLog.objects.create(user=by, act=AccessLog.Act.SEARCH, what=what)


def log_export(*, by, what):
    """Write down an export with personal data; `by` is None where a command line asked for it."""
    return AccessLog.objects.create(user=by, act=AccessLog.Act.EXPORT, what=what)
