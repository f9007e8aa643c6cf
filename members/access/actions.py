"""How a look at private data, or an export, is written down."""

from members.access.models import AccessLog


def log_full_view(member, *, by, reason):
    """Write down who saw a member's private data in full, and why."""
    return AccessLog.objects.create(
        user=by, act=AccessLog.Act.VIEW, member=member, what=f"{member._meta.verbose_name} {member.pk}", reason=reason
    )


def log_export(*, by, what):
    """Write down an export with personal data; `by` is None where a command line asked for it."""
    return AccessLog.objects.create(user=by, act=AccessLog.Act.EXPORT, what=what)
