"""Which address shows what of volunteers."""

from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from activities.mentoring.public import mentor_pairs
from activities.volunteers import public
from activities.volunteers.forms import CompareForm
from config.kit import clock
from config.kit.paging import asked_year
from config.kit.rate_limit import count_sending

COMPARED_AN_HOUR = 30


@require_safe
def volunteers(request):
    today = clock.today()
    year = asked_year(request) or today.year
    context = public.volunteers_page(year=year, on=today) | {"pairs": mentor_pairs(on=today)}
    return render(request, "activities/volunteers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request, number, code):
    """The check page of a certificate's number and code; it also compares name and hours that somebody reads on the paper."""
    line = public.certificate_line(number, code)
    form, agrees = CompareForm(request.POST or None), None
    if request.method == "POST" and line is not None and form.is_valid():
        try:
            count_sending(request, "certificate", at_most=COMPARED_AN_HOUR)
            agrees = public.is_on_certificate(number, code, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"line": line, "form": form, "agrees": agrees}
    response = render(request, "activities/certificate.html", context, status=200 if line else 404)
    response["X-Robots-Tag"] = "noindex"
    return response
