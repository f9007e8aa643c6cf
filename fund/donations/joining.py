"""How a whole branch joins the fund: its people by name, ticked on one page."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Branch
from config.kit import clock
from config.kit.refusals import sentences
from fund.donations.actions import join_fund
from fund.donations.forms import JoiningForm
from fund.ledger.models import Pot
from members.models import Member


class JoiningPages(admin.ModelAdmin):
    """What `FundMemberAdmin` takes on: first the pot and the branch, then its people who are not in the fund yet."""

    change_list_template = "fund/admin/fund_members.html"

    def get_urls(self):
        def page(address, view, name):
            return path(address, self.admin_site.admin_view(view), name=f"fund_fundmember_{name}")

        return [
            page("join/", self.join_start_view, "join"),
            page("join/<int:pot>/<int:branch>/", self.join_view, "join_branch"),
            *super().get_urls(),
        ]

    def _pots(self, request):
        if not self.has_add_permission(request) or not request.user.has_perm("members.view_member"):
            raise PermissionDenied
        return Pot.objects.at_desk_of(request.user).filter(kind=Pot.Kind.MUTUAL_AID)

    def _page(self, request, template, **context):
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )

    def join_start_view(self, request):
        branches = list(Branch.objects.visible_to(request.user))
        choices = [
            (
                pot,
                [
                    (branch, reverse("admin:fund_fundmember_join_branch", args=[pot.pk, branch.pk]))
                    for branch in branches
                ],
            )
            for pot in self._pots(request)
        ]
        return self._page(request, "fund/admin/join_start.html", title=_("Whole branches join"), choices=choices)

    def join_view(self, request, pot, branch):
        pot = self._pots(request).filter(pk=pot).first()
        branch = Branch.objects.visible_to(request.user).filter(pk=branch).first()
        if pot is None or branch is None:
            raise Http404
        people = (
            Member.objects.visible_to(request.user)
            .filter(pk__in=Member.objects.on_roll().filter(branch=branch))
            .exclude(fund_memberships__pot=pot)
            .order_by("name", "id")
        )
        form = JoiningForm(request.POST or None, people=people, initial={"joined_on": clock.today()})
        if request.method == "POST" and form.is_valid():
            try:
                number = join_fund(
                    pot, list(form.cleaned_data["people"]), joined_on=form.cleaned_data["joined_on"], by=request.user
                )
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    form.add_error("joined_on", sentence)
            else:
                words = ngettext("%(count)s person joined.", "%(count)s persons joined.", number)
                messages.success(request, words % {"count": number})
                return HttpResponseRedirect(reverse("admin:fund_fundmember_changelist"))
        return self._page(
            request,
            "fund/admin/join.html",
            title=_("%(branch)s joins the fund") % {"branch": branch},
            pot=pot,
            form=form,
            is_empty=not people.exists(),
        )
