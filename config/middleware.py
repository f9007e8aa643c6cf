"""What happens around every request before any app sees it."""

from django.conf import settings
from django.http import HttpResponse


def healthz(get_response):
    """Answer `/healthz` before sessions and languages: load balancers ask often and need one word."""

    def middleware(request):
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        return get_response(request)

    return middleware


def client_address(request):
    """The visitor's address: X-Forwarded-For is believed only from an address in TRUSTED_PROXIES."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while hops and address in settings.TRUSTED_PROXIES:
        address = hops.pop()
    return address
