"""The office's way of importing a workbook: choose it, look at what it would do, confirm; undo it by batch.

An admin whose records come from workbooks inherits `ImportPages` and sets what is read, compared and stored.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from branches import imports
from branches.imports import ImportBatch
from config.kit.admin.base import ScopedAdmin
from config.kit.admin.view_only import ViewOnly
from config.kit.downloads import download
from config.kit.refusals import sentences
from config.kit.sheets.questions import field_name
from config.kit.sheets.refused import refused_workbook
from config.kit.sheets.sentences import listed
from config.kit.sheets.size import LARGEST_FILE, too_large

# A page shows this many rows of each kind; the rest is counted, and refused rows come whole in their workbook.
ROWS_SHOWN = 200


@dataclass(frozen=True)
class ChangeLine:
    row: str
    name: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class RefusedLine:
    row: str
    name: str
    column: str
    sentence: str


@dataclass(frozen=True)
class AskedLine:
    """One question about a row; `answers` are (code, words), `field` the name under which the answer is sent."""

    row: str
    name: str
    column: str
    sentence: str
    field: str
    answers: list


@dataclass(frozen=True)
class ImportPage:
    """What the page of one batch shows, masked where it must be."""

    added_columns: list = field(default_factory=list)
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    more: dict = field(default_factory=dict)
    kept: list = field(default_factory=list)


class ImportForm(forms.Form):
    """The workbook and where its rows belong; only places this user works in can be chosen."""

    file = forms.FileField(
        label=gettext_lazy("The office's workbook, just as it is"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls) or CSV, 20 MB and 10,000 rows at most. It need not be changed first."
        ),
        allow_empty_file=True,
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    target = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args, targets, target_label, **kwargs):
        super().__init__(*args, **kwargs)
        target = self.fields["target"]
        target.queryset, target.label = targets, target_label
        only = list(targets[:2])
        if len(only) == 1:
            target.initial, target.empty_label = only[0], None

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise too_large()
        return upload


class ImportPages:
    """Admin mixin: an upload page, a page for each batch, and what can be done with it."""

    change_list_template = "admin/imports/change_list.html"
    import_kind = None
    import_title = ""
    import_target_label = ""
    import_unit = ""

    # Methods of a subclass: the places of this user that rows may go to (`request`); an upload read and compared, as the
    # new batch (`request, target, name, data`); its confirmation (`request, batch, skip_refused`); its undoing, as
    # `removed`, `restored` and `kept` (`request, batch`); what the page of a batch shows (`batch`).
    import_targets: Callable
    import_preview: Callable
    import_confirm: Callable
    import_undo: Callable
    import_page: Callable

    def import_downloaded(self, request, batch):
        """Called when the refused rows leave as a file."""

    # The pages.

    def has_import_permission(self, request):
        return self.has_add_permission(request)

    def changelist_view(self, request, extra_context=None):
        context = {"import_address": self._address("import")} if self.has_import_permission(request) else {}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name=name),
            path("import/<int:pk>/", wrap(self.import_batch_view), name=f"{name}_batch"),
            path("import/<int:pk>/refused.xlsx", wrap(self.import_refused_view), name=f"{name}_refused"),
            path("import/<int:pk>/<str:act>/", wrap(self.import_act_view), name=f"{name}_act"),
            *super().get_urls(),
        ]

    def _address(self, suffix, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{suffix}", args=args)

    def _context(self, request, **context):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.import_title,
            "list_address": self._address("changelist"),
            "upload_address": self._address("import"),
            **context,
        }

    def _batch(self, request, pk):
        if not self.has_import_permission(request):
            raise PermissionDenied
        batch = ImportBatch.objects.visible_to(request.user).filter(kind=self.import_kind, pk=pk).first()
        if batch is None:
            raise Http404
        return batch

    def import_view(self, request):
        """Step one: choose the workbook."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(
            request.POST or None,
            request.FILES or None,
            targets=self.import_targets(request),
            target_label=self.import_target_label,
        )
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                batch = self.import_preview(request, form.cleaned_data["target"], upload.name, upload.read())
            except ValidationError as refusal:
                form.add_error("file", refusal)
            else:
                return HttpResponseRedirect(self._address("import_batch", batch.pk))
        earlier = ImportBatch.objects.visible_to(request.user).filter(kind=self.import_kind)
        earlier = earlier.select_related("branch", "organization", "created_by").defer("payload")
        context = self._context(request, form=form, step=1, earlier=earlier[:20])
        return TemplateResponse(request, "admin/imports/upload.html", context)

    def import_batch_view(self, request, pk):
        """Step two, and what became of it."""
        batch = self._batch(request, pk)
        step = {"previewed": 2, "confirmed": 3}.get(batch.state, 0)
        context = self._context(
            request,
            batch=batch,
            page=self.import_page(batch),
            step=step,
            unit=self.import_unit,
            rows=batch.added + batch.changed + batch.same + batch.refused + batch.asked,
            stored=batch.added + batch.changed,
            storable=batch.added + batch.changed + batch.asked,
            refused_address=self._address("import_refused", batch.pk)
            if batch.refused and batch.state in {"previewed", "confirmed"}
            else "",
            confirm_address=self._address("import_act", batch.pk, "confirm"),
            discard_address=self._address("import_act", batch.pk, "discard"),
            undo_address=self._address("import_act", batch.pk, "undo"),
        )
        response = TemplateResponse(request, "admin/imports/batch.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def import_refused_view(self, request, pk):
        """The refused rows as a workbook to mend."""
        batch = self._batch(request, pk)
        refused = batch.content().get("refused")
        if not refused or not refused["rows"]:
            raise Http404
        self.import_downloaded(request, batch)
        return download(refused_workbook(refused), f"refused-{batch.pk}.xlsx")

    def import_act_view(self, request, pk, act):
        """Confirm, discard or undo, by POST alone."""
        batch = self._batch(request, pk)
        acts = {"confirm": self._confirm, "discard": self._discard, "undo": self._undo}
        if act not in acts:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            return acts[act](request, batch)
        except ValidationError as refusal:
            for sentence in sentences(refusal):
                messages.error(request, sentence)
            return HttpResponseRedirect(self._address("import_batch", batch.pk))

    def _confirm(self, request, batch):
        batch = self.import_confirm(request, batch, skip_refused="skip" in request.POST)
        messages.success(
            request,
            _("Stored from %(file)s: %(added)s added, %(changed)s changed.")
            % {"file": batch.file_name, "added": batch.added, "changed": batch.changed},
        )
        return HttpResponseRedirect(self._address("import_batch", batch.pk))

    def _discard(self, request, batch):
        imports.discard(batch)
        messages.info(request, _("Nothing of %(file)s was stored.") % {"file": batch.file_name})
        return HttpResponseRedirect(self._address("changelist"))

    def _undo(self, request, batch):
        done = self.import_undo(request, batch)
        messages.success(
            request,
            _("The import of %(file)s was undone: %(removed)s taken back, %(restored)s restored.")
            % {"file": batch.file_name, "removed": done.removed, "restored": done.restored},
        )
        if done.kept:
            messages.warning(
                request,
                ngettext(
                    "%(count)s record was touched since and stays as it is: %(names)s.",
                    "%(count)s records were touched since and stay as they are: %(names)s.",
                    len(done.kept),
                )
                % {"count": len(done.kept), "names": listed(done.kept, 30)},
            )
        return HttpResponseRedirect(self._address("import_batch", batch.pk))


def place_of(row, sheet):
    """`12`, or `Sheet1 12` where several sheets were read."""
    return f"{sheet} {row}".strip()


def refused_lines(content):
    """The refused rows of a batch's content, one line a reason, the first ROWS_SHOWN rows."""
    return [
        RefusedLine(place_of(row["row"], row["sheet"]), row["name"], label, sentence)
        for row in content.get("refused", {}).get("rows", [])[:ROWS_SHOWN]
        for label, sentence, _code in row["reasons"]
    ]


def asked_lines(content):
    """The questions about a batch's asked rows, all of them: each has to be answered here."""
    return [
        AskedLine(
            place_of(row["row"], row["sheet"]),
            row["name"],
            question["column"],
            question["sentence"],
            field_name(at, question["code"]),
            [(code, words) for code, words, _sets in question["answers"]],
        )
        for at, row in enumerate(content.get("asked", []))
        for question in row["questions"]
    ]


@admin.register(ImportBatch)
class ImportBatchAdmin(ViewOnly, ScopedAdmin):
    """Every import of the places a user works in; a row opens the page of its own kind."""

    list_display = ["file_name", "kind", "where", "state", "added", "changed", "refused", "created_at"]
    list_counted = ngettext_lazy("%(count)s import", "%(count)s imports", "count")
    list_states = {
        "state": {
            ImportBatch.State.PREVIEWED: "open",
            ImportBatch.State.CONFIRMED: "done",
            ImportBatch.State.UNDONE: "void",
            ImportBatch.State.DISCARDED: "void",
        }
    }
    list_filter = ["kind", "state"]
    list_select_related = ["branch", "organization", "created_by"]
    search_fields = ["file_name"]
    search_help_text = gettext_lazy("Name of the file")
    pages = {"roster": "members_member", "donations": "fund_donation"}
    permissions = {"roster": "members.view_member", "donations": "fund.view_donation"}

    @admin.display(description=gettext_lazy("where"))
    def where(self, obj):
        return obj.branch or obj.organization

    def get_queryset(self, request):
        kinds = [kind for kind, permission in self.permissions.items() if request.user.has_perm(permission)]
        return super().get_queryset(request).filter(kind__in=kinds).defer("payload")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        batch = self.get_object(request, object_id)
        if batch is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        return HttpResponseRedirect(reverse(f"admin:{self.pages[batch.kind]}_import_batch", args=[batch.pk]))

    def history_view(self, request, object_id, extra_context=None):
        raise Http404
