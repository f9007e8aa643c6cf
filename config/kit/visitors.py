"""Who sends a form to a public page, and how often: addresses behind known proxies, and a limit on sendings."""

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.crypto import keyed_hash

HOUR = 60 * 60


def client_address(request):
    """The visitor's address: X-Forwarded-For is believed only from an address in TRUSTED_PROXIES."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while hops and address in settings.TRUSTED_PROXIES:
        address = hops.pop()
    return address


def count_sending(request, what, *, at_most):
    """Note one sending of a form (`what`) from this visitor's address; ValidationError above `at_most` an hour.

    The address itself is not kept, only a keyed hash of it.
    """
    key = f"sent:{what}:{keyed_hash(client_address(request), purpose='visitor')[:32]}"
    cache.add(key, 0, HOUR)
    if cache.incr(key) > at_most:
        raise ValidationError(
            _(
                "A lot was sent from this connection within an hour. Please try again later, or call the supervision "
                "phone; nothing you wrote is lost from this page."
            ),
            code="too_often",
        )
