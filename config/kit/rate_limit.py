"""Who sends a form to a public page, and how often: addresses behind known proxies, and a limit on sendings."""

import ipaddress
import re

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.crypto import keyed_hash

HOUR = 60 * 60
# All whose address cannot be read count as one.
NO_ADDRESS = "0.0.0.0"


def client_address(request):
    """The visitor's address: X-Forwarded-For is believed only from an address in TRUSTED_PROXIES.

    None where what stands there is no address.
    """
    address = address_in(request.META.get("REMOTE_ADDR", ""))
    proxies = {address_in(proxy) for proxy in settings.TRUSTED_PROXIES} - {None}
    hops = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while hops and address in proxies:
        address = address_in(hops.pop())
    return address


def address_in(words):
    """The address in what a server or a proxy writes, a port or a zone left out, one of IPv4 always as such; or None."""
    words = words.strip()
    if match := re.fullmatch(r"\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+", words):
        words = match[1] or match[2]
    try:
        address = ipaddress.ip_address(words.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def network_of(address):
    """Who counts as one visitor: an address of IPv4, and of IPv6 the /64 that one household or office has for itself."""
    if address and ":" in address:
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    return address or NO_ADDRESS


def count_sending(request, what, *, at_most):
    """Note one sending of a form (`what`) from this visitor's address; ValidationError above `at_most` an hour.

    The address itself is not kept, only a keyed hash of it.
    """
    key = f"sent:{what}:{keyed_hash(network_of(client_address(request)), purpose='visitor')[:32]}"
    cache.add(key, 0, HOUR)
    if cache.incr(key) > at_most:
        raise ValidationError(
            _(
                "A lot was sent from this connection within an hour. Please try again later, or call the supervision "
                "phone; nothing you wrote is lost from this page."
            ),
            code="too_often",
        )
