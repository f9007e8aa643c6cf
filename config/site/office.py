"""The office side: Django's admin under our name, its records grouped by subject, with the today page in front."""

from functools import wraps

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.urls import path, re_path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from branches.assignments import current_assignment
from branches.models import Organization
from config.kit import clock
from config.kit.excel import Frame
from config.site.accounts import demo_accounts_shown
from config.site.help import help_page
from config.site.kept_forms import discard_draft, keep_draft, kept_over_sign_in, sign_in_page_with, taken_up
from config.site.menu import by_subject, menu_of, menu_view
from config.site.month_sheet import month_page, month_word
from config.site.office_search import office_search_page
from config.site.printing.catalog import printed_models
from config.site.printing.views import buttons_of, paper_page, paper_pdf, papers_page, record_pdf_path
from config.site.reports import reports
from config.site.source_pages import figure_page, figures_page
from config.site.today import today_page
from config.site.trash import restore, trash_page
from config.site.typed_reading import read_typed
from members.access.actions import log_export, log_full_view


class Autocomplete(AutocompleteJsonView):
    """Suggestions for the fields of forms; a field that offers no choice has none."""

    def get_queryset(self):
        """What the box on top of the page would find, in the same order."""
        return self.model_admin.best_first(super().get_queryset(), self.term)

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": self.model_admin.label_of_choice(obj)}

    def process_request(self, request):
        term, model_admin, field, to_field = super().process_request(request)
        if not hasattr(field, "get_limit_choices_to"):
            raise PermissionDenied
        return term, model_admin, field, to_field


class OfficeSite(admin.AdminSite):
    site_header = _("Yure office")
    site_title = _("Yure office")
    index_title = _("Today")
    site_url = "/"
    enable_nav_sidebar = True
    login_form = AuthenticationForm
    empty_value_display = "—"

    def get_app_list(self, request, app_label=None):
        app_list = super().get_app_list(request, app_label)
        return app_list if app_label else by_subject(app_list)

    def get_urls(self):
        # County forms are named only, because openpyxl, which fills them, is not loaded at the start of a process.
        own = [
            path("search/", self._page(office_search_page), name="search"),
            path("month/", self._page(month_page), name="month"),
            path("month/activities.docx", self._page(month_word), name="month_word"),
            path("help/", self._page(help_page), name="help"),
            path("trash/", self._page(trash_page), name="trash"),
            path("trash/<str:label>/<int:version>/", self._page(restore), name="restore"),
            path("read/", self._page(read_typed), name="read_typed"),
            path("drafts/keep/", self._page(keep_draft), name="keep_draft"),
            path("drafts/<int:pk>/discard/", self._page(discard_draft), name="discard_draft"),
            re_path(r"^menu/(?P<state>open|closed)/$", self._page(menu_view), name="menu"),
            path("reports/", self._page(reports), name="reports"),
            path("reports/forms/", self._page("config.site.county_forms.forms_page"), name="county_forms"),
            path("reports/forms/<int:pk>/", self._page("config.site.county_forms.form_page"), name="county_form"),
            path("figures/", self._page(figures_page), name="figures"),
            path("figures/<slug:key>/", self._page(figure_page), name="figure"),
            path("papers/", self._page(papers_page), name="papers"),
            path("papers/<slug:name>/", self._page(paper_page), name="paper"),
            path("papers/<slug:name>/print.pdf", self._page(paper_pdf), name="paper_pdf"),
            *(record_pdf_path(self, model) for model in printed_models()),
        ]
        # Django's "view on site" redirect would reveal for any key whether a record exists.
        return own + [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def autocomplete_view(self, request):
        return Autocomplete.as_view(admin_site=self)(request)

    def _page(self, view):
        """A view, or its dotted name, which takes this site as its second argument; for signed-in staff."""

        def page(request, **parts):
            return (view if callable(view) else import_string(view))(request, self, **parts)

        return self.admin_view(page)

    def admin_view(self, view, cacheable=False):
        """A page of the office; what was posted by somebody who is no longer signed in goes on after the sign-in."""
        page = super().admin_view(view, cacheable)

        @wraps(page)
        def kept(request, *args, **kwargs):
            has_ended = request.method == "POST" and not self.has_permission(request)
            return (sign_in_page_with(request, self) if has_ended else None) or page(request, *args, **kwargs)

        return kept

    def money_way_back(self, user):
        """`(sentence, address)` of how money is taken back, for who may see the ledger; None for others."""
        if not user.has_perm("fund.view_entry"):
            return None
        sentence = _(
            "What is booked is neither changed nor deleted. A red entry takes it back: open the entry and reverse it."
        )
        return sentence, reverse("admin:fund_entry_changelist")

    def paper_buttons(self, user, record):
        return buttons_of(user, record)

    def frame_of(self, user):
        """Who fills in what this user exports: the branch or organisation of the post, else the first there is."""
        post = current_assignment(user)
        place = (post.branch or post.organization) if post else Organization.objects.filter(parent=None).first()
        unit = getattr(place, "seal_name", None) or str(place or "")
        return Frame(reporting_unit=unit, on=clock.today(), phone=getattr(place, "office_phone", ""))

    def log_full_view(self, record, *, by, reason):
        return log_full_view(record, by=by, reason=reason)

    def log_export(self, *, by, what):
        return log_export(by=by, what=what)

    def each_context(self, request):
        context = super().each_context(request)
        office = SimpleLazyObject(lambda: current_assignment(request.user))
        menu = SimpleLazyObject(lambda: menu_of(request, context["available_apps"], office))
        return {**context, "office": office, "menu": menu}

    def index(self, request, extra_context=None):
        return super().index(request, {**(extra_context or {}), **today_page(request)})

    def login(self, request, extra_context=None):
        context = {"demo_accounts": demo_accounts_shown(), "kept_form": kept_over_sign_in(request)}
        return taken_up(request, super().login(request, {**(extra_context or {}), **context}))
