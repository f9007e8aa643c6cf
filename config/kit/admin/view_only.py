"""Admin classes that show records without changing any."""


class ViewOnly:
    """Admin mixin for booked or frozen records: they are looked at, never edited."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
