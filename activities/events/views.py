"""Which address shows what of events."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.events import public
from activities.events.calendar import feed
from activities.events.models import Activity, Photo
from activities.events.month import public_month
from activities.events.papers import month_poster as poster
from branches.models import Branch
from branches.public import branches, site_line
from config.kit import clock
from config.kit.dates import day_in, month_start
from config.kit.downloads import download
from config.kit.paging import asked_choice, asked_words, asked_year, page_of

LARGEST_KEY = 2**63 - 1


def _plates(params):
    """The counts of the nameplates, under a list that is cut down by nothing but a year."""
    if params["kind"] or params["plate"] or params["held"] or params["query"]:
        return {}
    *by_plate, whole = public.plate_counts(params["year"])
    return {"by_plate": by_plate, "whole": whole}


@require_safe
def activities(request):
    kinds = public.kind_choices()[1:]
    params = {
        "kind": asked_choice(request, "kind", dict(kinds)),
        "year": asked_year(request),
        "plate": asked_choice(request, "plate", dict(public.plate_choices())),
        "held": asked_choice(request, "held", ("yes", "no")),
        "query": asked_words(request),
    }
    page = page_of(request, public.activities(**params))
    return render(
        request,
        "activities/list.html",
        {
            "params": params,
            "page": page,
            "lines": [public.activity_line(row) for row in page.object_list],
            "kinds": kinds,
            "years": [(year, year) for year in public.activity_years()],
            "plates": public.plate_choices(),
            **_plates(params),
        },
    )


def _calendar(entries, place):
    name = _("%(place)s: activities") % {"place": place}
    return HttpResponse(feed(entries, name=name, now=clock.now()), content_type="text/calendar; charset=utf-8")


def _since():
    """Feeds hold the events of the last month and all that are ahead."""
    return clock.today() - timedelta(days=31)


@require_safe
def calendar_feed(request):
    return _calendar(public.calendar_entries(since=_since()), site_line().name or "Yure")


@require_safe
def branch_calendar(request, pk):
    branch = Branch.objects.filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if branch is None:
        raise Http404
    return _calendar(public.calendar_entries(since=_since(), of=branch), branch.name)


@require_safe
def event_calendar(request, pk):
    entries = public.calendar_entry(pk) if pk <= LARGEST_KEY else []
    if not entries:
        raise Http404
    return _calendar(entries, entries[0].line.organizer)


@require_safe
def month(request, year=None, month=None):
    """The month asked for, else the present one."""
    first = month_start(clock.today()) if year is None else day_in(f"{year:04}-{month:02}-01")
    if first is None:
        raise Http404
    return render(request, "activities/month.html", {"month": public_month(first), "feeds": _feeds(request)})


@require_safe
def month_poster(request, year, month):
    """The month on one sheet for the wall, in the reader's language; its code opens the Chinese page."""
    first = day_in(f"{year:04}-{month:02}-01")
    if first is None:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        address = request.build_absolute_uri(reverse("activities:month", args=[year, month]))
    paper = "a4" if request.GET.get("paper") == "a4" else "a3"
    site = site_line()
    content = poster(
        public_month(first),
        publisher=site.name or "Yure",
        address=address,
        phone=site.supervision_phone,
        paper=paper,
    )
    return download(content, f"{first:%Y-%m}-{paper}.pdf", inline=True, is_public=True)


@dataclass(frozen=True)
class FeedLine:
    """Whose dates a calendar can subscribe to, and where: on this site, and as it is typed on another device."""

    label: str
    address: str
    full_address: str


def _feeds(request):
    """The calendar of all, and one of each branch."""
    feeds = [(_("all activities"), reverse("activities:calendar"))]
    feeds += [(branch.name, reverse("activities:branch_calendar", args=[branch.pk])) for branch in branches()]
    return [FeedLine(label, address, request.build_absolute_uri(address)) for label, address in feeds]


@require_safe
def picture(request, name):
    """A picture of an activity: everybody's with the consent of who is on it, else for the people of its branch."""
    copies = Q(image=name) | Q(medium=name) | Q(small=name)
    photo = Photo.objects.filter(copies, withdrawn_on=None).order_by("-consented").first()
    if photo is None:
        raise Http404
    if not photo.consented and not Activity.objects.visible_to(request.user).filter(pk=photo.activity_id).exists():
        raise Http404
    try:
        with photo.image.storage.open(name) as file:
            response = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    # Short, so that a picture that is withdrawn is soon gone from browsers too.
    response["Cache-Control"] = "public, max-age=600" if photo.consented else "private, no-store"
    return response
