"""Filters that a person keeps by name: what a list is asked again and again, one click away.

A row of the model that `keep_filters_in` names holds a person, a list, a name and the search, filters and period in the
names that the list answered then. It is read again by names that the list answers now; what it no longer answers is left
out, and the list says so.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _

from config.kit.admin.keys import is_key
from config.kit.lists.filters import LONG_NUMBER, known_names, known_query
from config.kit.refusals import sentences

MOST = 12  # of one person in one list

_saved_filters: list = []


def keep_filters_in(model):
    """Let an app name the model of saved filters: `user`, `listing`, `name`, `query`; a name is one person's once a list."""
    _saved_filters[:] = [model]


def _longest_name():
    return _saved_filters[0]._meta.get_field("name").max_length


class KeepsFilters(admin.ModelAdmin):
    """Admin mixin: whoever sees a list keeps filters of it, for nobody but themselves."""

    def get_urls(self):
        def page(address, view, name):
            name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
            return path(address, self.admin_site.admin_view(view), name=name)

        return [
            page("filters/keep/", self.keep_filter, "keep_filter"),
            page("filters/<str:pk>/", self.saved_filter, "saved_filter"),
            page("filters/<str:pk>/forget/", self.forget_filter, "forget_filter"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context and not context["cl"].is_popup:
            context["saved"] = self._shown(request, context["cl"])
        return response

    def _shown(self, request, changelist):
        """The links to one's filters, which of them the list shows, and where the present one is kept or forgotten."""
        query = known_query(changelist)
        rows = list(self._own(request))
        current = next((row for row in rows if row.query == query), None)
        return {
            "links": [(row.name, self._address("saved_filter", row.pk), row is current) for row in rows],
            "current": current,
            "keep": f"{self._address('keep_filter')}?{query}" if query and not current else "",
            "forget": self._address("forget_filter", current.pk) if current else "",
            "longest": _longest_name(),
        }

    def _own(self, request):
        return _saved_filters[0].objects.filter(user=request.user, listing=self.opts.label_lower).order_by("pk")

    def _address(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _to_list(self, query):
        address = self._address("changelist")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def _list_asked(self, request, query):
        """The list as a query asks for it, or None where it does not understand it."""
        request.GET = QueryDict(query)
        try:
            return self.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation):
            return None

    def _may_see(self, request, method):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return request.method == method

    def keep_filter(self, request):
        """POST keeps what the address asks of the list under the name that was sent."""
        if not self._may_see(request, "POST"):
            return HttpResponseNotAllowed(["POST"])
        changelist = self._list_asked(request, request.GET.urlencode())
        if changelist is None:
            return self._to_list(f"{ERROR_FLAG}=1")
        try:
            row = self._keep(request, changelist, request.POST.get("name", ""))
        except ValidationError as refusal:
            for sentence in sentences(refusal):
                messages.error(request, sentence)
        else:
            messages.success(request, _("The filter %(name)s is kept; it stands above this list.") % {"name": row.name})
        return self._to_list(known_query(changelist))

    def _keep(self, request, changelist, name):
        """Store what a list shows under a name. Raises ValidationError."""
        name, query, longest = " ".join(name.split()), known_query(changelist), _longest_name()
        if not name.isprintable() or not 1 <= len(name) <= longest:
            raise ValidationError(
                _("Give the filter a name of 1 to %(longest)s characters.") % {"longest": longest}, code="name"
            )
        if not query:
            raise ValidationError(_("The whole list is shown. Search or filter first, then keep that."), code="whole")
        if LONG_NUMBER.search(changelist.query):
            raise ValidationError(
                _("Numbers of identity cards and phones are not kept. Search by a name instead."), code="long_number"
            )
        if self._own(request).count() >= MOST:
            raise ValidationError(
                _("You keep %(most)s filters of this list, which is the most. Remove one first.") % {"most": MOST},
                code="too_many",
            )
        try:
            with transaction.atomic():
                return self._own(request).create(
                    user=request.user, listing=self.opts.label_lower, name=name, query=query
                )
        except IntegrityError as error:
            raise ValidationError(
                _("You have a filter named %(name)s for this list. Choose another name.") % {"name": name}, code="twice"
            ) from error

    def _row(self, request, pk):
        row = self._own(request).filter(pk=pk).first() if is_key(pk) else None
        if row is None:
            raise Http404
        return row

    def saved_filter(self, request, pk):
        """GET leads to the list as the filter asks for it, as far as the list still answers that."""
        if not self._may_see(request, "GET"):
            return HttpResponseNotAllowed(["GET"])
        asked = QueryDict(self._row(request, pk).query)
        known = known_names(self._list_asked(request, ""))
        query = QueryDict(mutable=True)
        for name, values in asked.lists():
            if name in known:
                query.setlist(name, values)
        tail = query.urlencode()
        if self._list_asked(request, tail) is None:
            tail = ""
        if tail != asked.urlencode():
            messages.warning(
                request,
                _(
                    "This list no longer has all that the filter asks for; the rest of it is shown. Keep it anew, or remove it."
                ),
            )
        return self._to_list(tail)

    def forget_filter(self, request, pk):
        """POST removes one of one's own filters and leaves the list as it is."""
        if not self._may_see(request, "POST"):
            return HttpResponseNotAllowed(["POST"])
        row = self._row(request, pk)
        row.delete()
        messages.success(request, _("The filter %(name)s is removed.") % {"name": row.name})
        return self._to_list(row.query)
