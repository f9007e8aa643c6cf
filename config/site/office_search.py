"""The box on top of every office page: one search over records in scope, pages and papers; Enter opens the one hit."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.admin.choosing import WHOLE
from config.kit.admin.finding import OF_EACH, FoundRecord
from config.kit.paging import asked_words
from config.kit.text_cleaning import squeezed
from config.kit.typed_days import read_typed_day_or_month
from config.site.help import TOPICS
from config.site.menu import pages_of
from config.site.printing.catalog import offered_to
from config.site.today import quick_adds


@dataclass(frozen=True)
class FoundKind:
    """What was found of one kind; `more` is the address of the list that shows the rest."""

    title: str
    records: tuple[FoundRecord, ...]
    more: str = ""


@require_safe
def office_search_page(request, site):
    """What the words find; leads straight to the one record or page they can only mean."""
    words = asked_words(request)
    is_asked = any(letter.isalnum() for letter in words)
    context = site.each_context(request)
    kinds = []
    if is_asked:
        admins = searched_admins(request, site, context["available_apps"])
        kinds = [*_records(request, admins, words), *_days(admins, words), *_pages(request, context["menu"], words)]
    one = _only_hit(kinds)
    if one is not None:
        return HttpResponseRedirect(one.address)
    context |= {"title": _("Search"), "words": words, "kinds": kinds}
    return TemplateResponse(request, "admin/search.html", context)


def _only_hit(kinds):
    """The one hit, or the one whose name, number or initials are exactly the words; None where several could be meant."""
    hits = [record for kind in kinds for record in kind.records]
    exact = [hit for hit in hits if hit.rank == WHOLE]
    if len(exact) == 1:
        return exact[0]
    return hits[0] if len(hits) == 1 and not any(kind.more for kind in kinds) else None


def searched_admins(request, site, groups):
    """The admin classes the box looks into for this user, in the order of the menu; `groups` are its subjects."""
    models = [model["model"] for group in groups for model in group["models"]]
    admins = [site.get_model_admin(model) for model in models]
    return [
        model_admin
        for model_admin in admins
        if getattr(model_admin, "found_values", None) and model_admin.has_view_permission(request)
    ]


def _records(request, admins, words):
    """Records of every kind, by one query over all of them."""
    parts = [model_admin.found_rows(request, words, kind=str(place)) for place, model_admin in enumerate(admins)]
    if not parts:
        return
    found = {}
    for kind, key, rank, *values in parts[0].union(*parts[1:], all=True):
        found.setdefault(int(kind), []).append((rank, values, key))
    for place, model_admin in enumerate(admins):
        if rows := found.get(place):
            yield _kind_of(model_admin, rows, words)


def _kind_of(model_admin, rows, words):
    records = [model_admin.found_record(words, key, rank, *values) for rank, values, key in rows]
    records.sort(key=lambda record: record.rank)
    more = ""
    if len(records) > OF_EACH:
        address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
        more = f"{address}?{urlencode({'q': words})}"
    return FoundKind(capfirst(model_admin.opts.verbose_name_plural), tuple(records[:OF_EACH]), more)


def _days(admins, words):
    """The lists of a day or a month, where the words say one; read as every form reads them."""
    try:
        typed = read_typed_day_or_month(words, clock.today())
    except ValidationError:
        return
    if typed is None:
        return
    parts = ["year", "month"] if typed.is_month else ["year", "month", "day"]
    said = date_format(typed.day, "YEAR_MONTH_FORMAT" if typed.is_month else "DATE_FORMAT")
    lists = []
    for model_admin in admins:
        if field := model_admin.date_hierarchy:
            period = urlencode({f"{field}__{part}": getattr(typed.day, part) for part in parts})
            address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
            title = capfirst(model_admin.opts.verbose_name_plural)
            lists.append(FoundRecord(title, said, f"{address}?{period}", WHOLE + 1))
    if lists:
        yield FoundKind(said, tuple(lists))


def _pages(request, menu, words):
    """Pages of the office whose names hold the words: lists, forms, papers, help."""
    named = [
        (_("Lists and pages"), pages_of(menu)),
        (_("To note down"), quick_adds(request.user)),
        (
            _("Office paper"),
            [(paper.label, reverse("admin:paper", args=[paper.name])) for paper in offered_to(request.user)],
        ),
        (_("Help"), [(topic.question, f"{reverse('admin:help')}#{topic.slug}") for topic in TOPICS]),
    ]
    wanted = squeezed(words).casefold()
    for title, pages in named:
        hits = [
            FoundRecord(capfirst(str(name)), "", address, WHOLE if squeezed(str(name)).casefold() == wanted else 1)
            for name, address in pages
            if wanted in squeezed(str(name)).casefold()
        ]
        if hits:
            yield FoundKind(title, tuple(hits[:OF_EACH]))
