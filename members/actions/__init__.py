"""What can be done with members: one atomic function an act."""

from members.actions.membership import admit_member, change_member, log_export, log_full_view, warnings_of

__all__ = ["admit_member", "change_member", "log_export", "log_full_view", "warnings_of"]
