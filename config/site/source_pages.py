"""The office's pages of figures: each number of R12 opens the records it is made of, for those who may see them."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.paging import asked_choice, asked_year, page_of
from config.site.programme import INDICATORS, STOCK, measured
from config.site.sources import SPANS, Behind, bounds, may_open, where_of
from config.site.yearbook.figures import keys_of
from config.site.yearbook.scope import scope_of

PER_PAGE = 50


def _asked(request):
    """The year asked for, and the last day of it that is reported."""
    today = clock.today()
    year = min(asked_year(request) or today.year, today.year)
    return year, min(date(year, 12, 31), today)


def _numbers(scope, year, on):
    """`{span: {key: number}}` of the user's own places."""
    given = {"keys": keys_of(scope), "filters": scope.filters, "pots": None if scope.whole else scope.pots}

    def of(span):
        last = bounds(span, INDICATORS[0], year, on)[1]
        return measured(lambda line: bounds(span, line, year, on)[0], last, **given)

    return {span: of(span) for span in SPANS}


@require_safe
def figures_page(request, site):
    """Every figure of this year, of the last and since the start, as far as it concerns the user's own places."""
    year, on = _asked(request)
    scope = scope_of(user=request.user)
    numbers = _numbers(scope, year, on)
    lines = []
    for line in INDICATORS:
        if line.key not in keys_of(scope):
            continue
        cells = [
            {
                "word": word,
                "number": numbers[span][line.key],
                "address": _address(line.key, year, span) if may_open(request.user, line.key) else "",
            }
            if not (line.span == STOCK and span == "all")
            else None
            for span, word in SPANS.items()
        ]
        lines.append({"line": line, "cells": cells, "public": line.address(year)})
    today = clock.today()
    context = {
        **site.each_context(request),
        "title": _("Where the figures come from"),
        "lines": lines,
        "spans": list(SPANS.values()),
        "year": year,
        "years": [(number, number) for number in range(today.year, today.year - 10, -1)],
        "on": on,
        "unit": scope.unit,
    }
    return TemplateResponse(request, "admin/figures/figures.html", context)


def _address(key, year, span):
    return f"{reverse('admin:figure', args=[key])}?year={year}&span={span}"


@require_safe
def figure_page(request, site, key):
    """The records behind one figure of a span, with their count or sum and a link to each."""
    line = next((line for line in INDICATORS if line.key == key), None)
    scope = scope_of(user=request.user)
    if line is None or key not in keys_of(scope):
        raise Http404
    if not may_open(request.user, key):
        raise PermissionDenied
    year, on = _asked(request)
    span = asked_choice(request, "span", SPANS) or "this"
    first, last = bounds(span, line, year, on)
    behind = Behind(key, first, last, where_of(scope), request.user)
    page = page_of(request, behind.rows, PER_PAGE)
    context = {
        **site.each_context(request),
        "title": line.name,
        "line": line,
        "span_word": SPANS[span],
        "first": first,
        "last": last,
        "number": behind.number,
        "records": len(behind.rows),
        "is_sum": behind.source.is_sum,
        "list_address": behind.list_address,
        "page": page,
        "lines": [behind.line(row) for row in page.object_list],
        "back": f"{reverse('admin:figures')}?year={year}",
    }
    return TemplateResponse(request, "admin/figures/figure.html", context)
