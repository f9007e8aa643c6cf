"""What happens around every request before any app sees it."""

from django.http import HttpResponse


def healthz(get_response):
    """Answer `/healthz` before sessions and languages: load balancers ask often and need one word."""

    def middleware(request):
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        return get_response(request)

    return middleware
