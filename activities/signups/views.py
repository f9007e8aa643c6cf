"""Which address shows what of sign-ups."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.events.views import LARGEST_KEY
from activities.signups import public
from activities.signups.actions import cancel_signup, sign_up
from activities.signups.forms import PublicSignUpForm
from config.kit.rate_limit import count_sending
from config.kit.refusals import sentences

# From one connection in an hour; the activity room has one for everybody who sits there.
SIGNED_AN_HOUR, CODES_AN_HOUR = 20, 20


def _page_or_404(pk):
    page = public.signup_page(pk) if pk <= LARGEST_KEY else None
    if page is None:
        raise Http404
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request, pk):
    """Free places of an event and, while it is open, the form; sending it again signs up once."""
    page = _page_or_404(pk)
    form = PublicSignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_sending(request, "sign-up", at_most=SIGNED_AN_HOUR)
            signup = sign_up(form.signup_for(pk), key=form.key)
        except ValidationError as refusal:
            form.add_error(None, ValidationError(sentences(refusal)))
            page = _page_or_404(pk)
        else:
            return redirect("activities:signed_up", pk, signup.code)
    return render(request, "activities/sign_up.html", {"page": page, "line": page.line, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed_up_page(request, pk, code):
    """One's own sign-up, by its code: a place, or which on the waiting list; posting cancels it."""
    page = _page_or_404(pk)
    signup = public.signup_with_code(pk, code)
    if signup is None:
        raise Http404
    if request.method == "POST":
        # Where it was cancelled already, the page says so.
        with suppress(ValidationError):
            cancel_signup(signup)
        return redirect("activities:signed_up", pk, code)
    context = {"page": page, "line": page.line, "signup": signup, "in_line": public.place_in_line(signup)}
    return render(request, "activities/signed_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def find_signup(request, pk):
    """Where a code that was written down is typed in."""
    page = _page_or_404(pk)
    typed, wrong = "", ""
    if request.method == "POST":
        typed = request.POST.get("code", "")[:40].strip().lower()
        try:
            count_sending(request, "sign-up-code", at_most=CODES_AN_HOUR)
        except ValidationError as refusal:
            wrong = sentences(refusal)[0]
        else:
            if public.signup_with_code(pk, typed):
                return redirect("activities:signed_up", pk, typed)
            wrong = "unknown"
    return render(request, "activities/find_signup.html", {"line": page.line, "typed": typed, "wrong": wrong})
