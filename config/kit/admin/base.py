"""The base classes of the office's admin: each combines mixins that are independent of one another."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from config.kit.admin.careful_saving import SavesCarefully
from config.kit.admin.draft_forms import KeepsDrafts
from config.kit.admin.finding import FindsRecords
from config.kit.admin.first_step import AsksFirstStep
from config.kit.admin.full_view import ShowsInFull
from config.kit.admin.history import ReadOnlyHistory
from config.kit.admin.inlines import DistinctLines
from config.kit.admin.list_export import ExportsList
from config.kit.admin.lists import OfficeLists
from config.kit.admin.private_fields import MasksPrivateFields
from config.kit.admin.reading import LinesReadOnlyWhileRead, ReadsFirst
from config.kit.admin.refusals import ShowsRefusals
from config.kit.admin.safe_input import SafeInputAdmin, SafeInputFields
from config.kit.admin.saved_filters import KeepsFilters
from config.kit.admin.scoping import ScopedChoices, ScopedRecords
from config.kit.admin.undo import TakesBack


class OfficeAdmin(
    FindsRecords, SafeInputAdmin, KeepsDrafts, SavesCarefully, ShowsRefusals, OfficeLists, KeepsFilters, ExportsList
):
    """The base of every admin class of the office; by itself for records that are not scoped to a user."""


class ScopedPlainAdmin(ReadsFirst, AsksFirstStep, ShowsInFull, ScopedRecords, MasksPrivateFields, OfficeAdmin):
    """The base of every admin whose records belong to somebody: nothing outside `visible_to` is shown or changed."""

    list_per_page = 50
    view_on_site = False

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The page of a record leads to its papers, which the admin site lists."""
        if obj is not None:
            context["paper_links"], context["prints"] = self.admin_site.paper_buttons(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


class ScopedAdmin(ReadOnlyHistory, TakesBack, ScopedPlainAdmin, SimpleHistoryAdmin):
    """The same for records that keep their history."""

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self.refuse_hidden(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)


class ScopedTabularInline(
    LinesReadOnlyWhileRead, MasksPrivateFields, ScopedChoices, SafeInputFields, admin.TabularInline
):
    formset = DistinctLines
    # One empty row, so that a row can be added with scripts off too.
    extra = 1

    def _is_read_only(self, request, obj):
        # `obj` is the record the lines belong to.
        return not (self.has_change_permission(request, obj) or self.has_add_permission(request, obj))
