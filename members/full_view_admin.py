"""The page that shows a member's private data in full, once, to whoever says why."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from config.kit.private_forms import private_fields
from members.access.actions import log_full_view
from members.access.forms import FullViewForm
from members.roster.models import Member


class FullViewPage:
    """Admin mixin of members: their private data in full, on a page of its own that is written down."""

    def get_urls(self):
        return [
            path(
                "<int:pk>/full/",
                self.admin_site.admin_view(self.full_view),
                name="members_member_full",
            ),
            *super().get_urls(),
        ]

    def full_view(self, request, pk):
        """Private data in full: asks for a reason, writes it down, shows once."""
        member = self.get_object(request, str(pk))
        if member is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not request.user.has_perm("members.view_private_member"):
            raise PermissionDenied
        form = FullViewForm(request.POST or None)
        shown = []
        if request.method == "POST" and form.is_valid():
            log_full_view(member, by=request.user, reason=form.cleaned_data["reason"])
            shown = [
                (member._meta.get_field(name).verbose_name, self._clear(member, name))
                for name in private_fields(Member)
            ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": member,
            "title": _("Private data of %(name)s") % {"name": member.name},
            "form": form,
            "shown": shown,
            "back": reverse("admin:members_member_change", args=[member.pk]),
        }
        response = TemplateResponse(request, "admin/full_view.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def _clear(self, member, name):
        return member.get_health_display() if name == "health" else getattr(member, name)
