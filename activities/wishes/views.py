"""Which address shows what of wishes."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from activities.events.views import LARGEST_KEY
from activities.wishes import public
from activities.wishes.actions import claim_from_page, take_wish
from activities.wishes.forms import PublicClaimForm, PublicWishForm
from activities.wishes.models import MiniWish
from config.kit import clock
from config.kit.paging import asked_choice, asked_words, page_of
from config.kit.rate_limit import count_sending
from config.kit.refusals import sentences


@require_safe
def wishes(request):
    groups = public.wish_choices()
    params = {"group": asked_choice(request, "state", dict(groups)), "query": asked_words(request)}
    page = page_of(request, public.wishes(**params), per_page=24)
    return render(
        request,
        "activities/wishes.html",
        {
            "params": params,
            "page": page,
            "lines": [public.wish_line(row) for row in page.object_list],
            "groups": groups,
            "tally": public.wish_tally(),
        },
    )


# From one connection in an hour; the activity room has one for everybody who sits there.
WISHED_AN_HOUR, CLAIMED_AN_HOUR = 6, 20
TAKEN = {"claimed_already", "done_already", "withdrawn_already"}


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request, pk):
    """A wish; while it waits for somebody, with the form that claims it."""
    page = public.wish_page(pk) if pk <= LARGEST_KEY else None
    if page is None:
        raise Http404
    form = PublicClaimForm(request.POST or None)
    sorry = ""
    if request.method == "POST" and form.is_valid():
        try:
            count_sending(request, "wish-claim", at_most=CLAIMED_AN_HOUR)
            claim_from_page(MiniWish.objects.get(pk=pk), key=form.key, **form.claim())
        except ValidationError as refusal:
            if getattr(refusal, "code", "") in TAKEN:
                sorry = sentences(refusal)[0]
                page = public.wish_page(pk)
            else:
                form.add_error(None, ValidationError(sentences(refusal)))
        else:
            return redirect(reverse("activities:wish", args=[pk], query={"thanks": 1}))
    context = {
        "page": page,
        "wish": page.line,
        "form": form,
        "sorry": sorry,
        "others": public.wishes_waiting(on=clock.today()) if sorry else [],
        "thanks": "thanks" in request.GET and page.line.state in public.IN_HAND,
    }
    return render(request, "activities/wish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_wish(request):
    """The form for a wish of one's own; sending it twice stores it once."""
    form = PublicWishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_sending(request, "wish", at_most=WISHED_AN_HOUR)
            take_wish(form.wish(), said=form.cleaned_data["said"], key=form.key)
        except ValidationError as refusal:
            form.add_error(None, ValidationError(sentences(refusal)))
        else:
            return redirect(reverse("activities:new_wish", query={"thanks": 1}))
    return render(request, "activities/new_wish.html", {"form": form, "thanks": "thanks" in request.GET})
