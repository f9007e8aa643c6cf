"""Which address shows what of events."""

from datetime import timedelta
from mimetypes import guess_type

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.events import public
from activities.events.calendar import feed
from activities.events.models import Activity, Photo
from branches.public import site_line
from config.kit import clock
from config.kit.paging import asked_choice, asked_words, asked_year, page_of

LARGEST_KEY = 2**63 - 1


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
        },
    )


@require_safe
def activity(request, pk):
    line = public.activity(pk) if pk <= LARGEST_KEY else None
    if line is None:
        raise Http404
    return render(request, "activities/detail.html", {"line": line})


@require_safe
def calendar_feed(request):
    """`calendar.ics`: events of the last month and all that are ahead."""
    since = clock.today() - timedelta(days=31)
    name = _("%(place)s: activities") % {"place": site_line().name or "Yure"}
    return HttpResponse(feed(since=since, name=name, now=clock.now()), content_type="text/calendar; charset=utf-8")


@require_safe
def picture(request, name):
    """A picture of an activity: everybody's with the consent of who is on it, else for the people of its branch."""
    photo = Photo.objects.filter(image=name).order_by("-consented").first()
    if photo is None:
        raise Http404
    if not photo.consented and not Activity.objects.visible_to(request.user).filter(pk=photo.activity_id).exists():
        raise Http404
    try:
        with photo.image.open("rb") as file:
            response = HttpResponse(file.read(), content_type=guess_type(name)[0] or "application/octet-stream")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=86400" if photo.consented else "private, no-store"
    return response
