"""A record opens as a page to read; it is changed block by block, each block a form of its own, and it tells what happened.

`?edit=0` is the form of the first fieldset, `?edit=line-0` that of the first inline, `?edit=all` that of the whole record.
Without a script too: a block is a page.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_noop

from config.kit.admin.keys import part_of
from config.kit.admin.past import changed_fields, history_of, keeps_history
from config.kit.person.names import called

EDIT, WHOLE_RECORD, LINE = "edit", "all", "line-"
# The newest changes that a record's page tells; its history tells all.
CHANGES_SHOWN = 6
# Django's own sentences, named here so that the catalogue of this project says them in its words.
SAID_BY_DJANGO = (
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
)


@dataclass(frozen=True)
class Change:
    """One change of a record: when, who, the words of the fields that changed, and why, where that is kept."""

    at: object
    who: str
    fields: tuple[str, ...]
    is_first: bool = False
    reason: str = ""


def changes_of(record):
    """The newest changes of a record that keeps its history, newest first; a query, and one a change for each link to many."""
    if not keeps_history(record):
        return []
    rows = list(history_of(record).select_related("history_user")[: CHANGES_SHOWN + 1])
    changes = [_change(newer, older) for newer, older in pairwise(rows)]
    if len(rows) <= CHANGES_SHOWN and rows:
        changes.append(Change(rows[-1].history_date, _who(rows[-1]), (), is_first=True))
    # A save that changed nothing a reader knows is none to tell.
    return [change for change in changes if change.fields or change.is_first]


def _change(newer, older):
    names = [str(field.verbose_name) for field in changed_fields(older, newer)]
    return Change(newer.history_date, _who(newer), tuple(names), reason=newer.history_change_reason or "")


def _who(row):
    return called(row.history_user) if row.history_user else ""


class ReadOnlyWhileRead:
    """Mixin of an admin or an inline: nothing can be changed on the page that only shows the record."""

    def has_change_permission(self, request, obj=None):
        return not getattr(request, "reads_record", False) and super().has_change_permission(request, obj)


class LinesReadOnlyWhileRead(ReadOnlyWhileRead):
    """The same for the lines of a record, of which none is added or removed either."""

    def has_add_permission(self, request, obj=None):
        return not getattr(request, "reads_record", False) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not getattr(request, "reads_record", False) and super().has_delete_permission(request, obj)


class ReadsFirst(ReadOnlyWhileRead):
    """Admin mixin: the page of a record is for reading, `edit` in the address for changing."""

    # False where the form checks fields of several blocks against each other: the record is then changed as a whole.
    edited_by_block = True

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.edited_part = self._part_asked(request) if object_id else ""
        is_asked = request.method in {"GET", "HEAD"} and "_popup" not in request.GET
        request.reads_record = bool(object_id) and is_asked and not request.edited_part
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _part_asked(self, request):
        part = request.GET.get(EDIT, "")
        return part and (part_of(part) if self.edited_by_block else WHOLE_RECORD)

    def _when_editing(self, request, ask):
        reads, request.reads_record = getattr(request, "reads_record", False), False
        try:
            return ask()
        finally:
            request.reads_record = reads

    # What a part of the record is

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        part = getattr(request, "edited_part", "")
        if part.startswith(LINE):
            return []
        return (fieldsets[int(part) : int(part) + 1] if part.isdecimal() else []) or fieldsets

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        part = getattr(request, "edited_part", "")
        if obj is None or not part or part == WHOLE_RECORD:
            return inlines
        number = int(part.removeprefix(LINE)) if part.startswith(LINE) else len(inlines)
        return inlines[number : number + 1]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if change and getattr(request, "edited_part", "") not in {"", WHOLE_RECORD}:
            # Fields that a form declares itself stand in it whatever the block.
            named = set(flatten_fieldsets(self.get_fieldsets(request, obj)))
            for name in [name for name in form.base_fields if name not in named]:
                del form.base_fields[name]
        return form

    # The page

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # Saving opens the record, from where it is changed on.
        context["show_save_and_continue"] = False
        if change and obj is not None and "adminform" in context:
            context |= self._parts(request, context, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _parts(self, request, context, obj):
        if not getattr(request, "reads_record", False):
            part = getattr(request, "edited_part", "")
            return {
                "edits_part": part,
                "back_to_record": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]),
                **(dict.fromkeys(["show_save_and_add_another", "show_delete"], False) if part else {}),
            }
        fieldsets, lines, may = self._when_editing(request, lambda: self._editable(request, obj))
        has_one = sum([*fieldsets, *lines]) == 1
        return {
            "blocks": self._with_addresses(context["adminform"], fieldsets, ""),
            "lines": self._with_addresses(context["inline_admin_formsets"], lines, LINE),
            "edit_whole": f"?{EDIT}={WHOLE_RECORD}" if may and not (self.edited_by_block and has_one) else "",
            "reads_record": True,
            "record_changes": changes_of(obj),
        }

    def _with_addresses(self, parts, editable, prefix):
        """Each part of the page with the address of its form; "" where this user may not change it by itself."""
        editable = dict(enumerate(editable if self.edited_by_block else ()))
        return [
            (part, f"?{EDIT}={prefix}{number}" if editable.get(number) else "") for number, part in enumerate(parts)
        ]

    def _editable(self, request, obj):
        """Which fieldsets and which inlines this user may change, and whether any of them."""
        if not self.has_change_permission(request, obj):
            return [], [], False
        fixed = set(self.get_readonly_fields(request, obj))
        fieldsets = [not set(flatten_fieldsets([fieldset])) <= fixed for fieldset in self.get_fieldsets(request, obj)]
        lines = [
            inline.has_change_permission(request, obj) or inline.has_add_permission(request, obj)
            for inline in self.get_inline_instances(request, obj)
        ]
        return fieldsets, lines, any([*fieldsets, *lines])

    # After saving: the record itself, with what can be done next

    def response_post_save_change(self, request, obj):
        if EDIT in request.GET:
            return HttpResponseRedirect(request.path)
        return super().response_post_save_change(request, obj)

    def response_post_save_add(self, request, obj):
        if self.has_view_permission(request, obj):
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
            )
        return super().response_post_save_add(request, obj)
