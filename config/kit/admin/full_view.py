"""The page that shows the private fields of a record in full, once, to whoever says why; every look is written down."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.kit.private_forms import private_fields


class FullViewForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why do you need to see it?"),
        max_length=200,
        help_text=gettext_lazy("Your name, the time and this reason are written down."),
    )


class ShowsInFull:
    """Admin mixin: private fields, which forms and pages only tell of, can be read on a page of their own."""

    # The right it takes; where none is named, that of changing the record, since whoever has it typed them.
    full_view_permission = ""

    def full_view_fields(self):
        """Names of the fields that are shown in full."""
        return private_fields(self.model)

    def may_view_in_full(self, user):
        return user.has_perm(self.full_view_permission or f"{self.opts.app_label}.change_{self.opts.model_name}")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_full"
        page = path("<int:pk>/full/", self.admin_site.admin_view(self.full_view), name=name)
        return [page, *super().get_urls()] if self.full_view_fields() else super().get_urls()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.full_view_fields() and self.may_view_in_full(request.user):
            context["full_address"] = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_full", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def full_view(self, request, pk):
        """Private fields in full: asks for a reason, writes it down, shows once."""
        record = self.get_object(request, str(pk))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.may_view_in_full(request.user):
            raise PermissionDenied
        form = FullViewForm(request.POST or None)
        shown = []
        if request.method == "POST" and form.is_valid():
            self.log_full_view(request, record, form.cleaned_data["reason"])
            shown = [
                (self.opts.get_field(name).verbose_name, self._in_full(record, name))
                for name in self.full_view_fields()
            ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": _("Private data of %(name)s") % {"name": record},
            "form": form,
            "shown": shown,
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk]),
        }
        response = TemplateResponse(request, "admin/full_view.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _in_full(record, name):
        label_of = getattr(record, f"get_{name}_display", None)
        return label_of() if label_of else getattr(record, name)

    def log_full_view(self, request, record, reason):
        self.admin_site.log_full_view(record, by=request.user, reason=reason)
