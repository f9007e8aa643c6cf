"""Who may try to sign in, how often, and how long what is kept of it lasts: two limits, asked before anything else happens.

A pair of user name and address is closed by a few wrong passwords; an address by many, whatever names it tried. Whoever
is closed is refused before the password is looked at and before anything is written.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from config.kit.rate_limit import network_of
from config.site.kept_forms import KEPT_FORM, kept_over_sign_in

# Five mistyped passwords close one account for those at one address, and nobody else. An office behind one address
# types fifty wrong ones an hour between all its people only when a program does the typing; then everybody there waits.
PAIR_LIMIT, PAIR_CLOSED = 5, timedelta(minutes=15)
ADDRESS_LIMIT, ADDRESS_HOUR = 50, timedelta(hours=1)
# The law asks for half a year of sign-ins at least (网络安全法 §21); what came of wrong passwords is of use for days.
SIGN_INS_KEPT, FAILURES_KEPT = timedelta(days=365), timedelta(days=7)
# Where axes keeps the browser's name, these rows say which limit they count for.
PAIR, ADDRESS = "pair", "address"
ANY_NAME = ""


@dataclass(frozen=True)
class Closed:
    """Which limit refuses an attempt, and until when."""

    limit: str
    until: datetime


class SignInGuard(AxesDatabaseHandler):
    """The handler of axes; it stores one row for a pair and one for an address, each a number and a moment."""

    def is_locked(self, request, credentials=None):
        request.sign_in_closed = closed(request, credentials)
        return request.sign_in_closed is not None

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is None or request.axes_locked_out:
            return
        note_failure(request, credentials)
        if self.is_locked(request, credentials):
            request.axes_locked_out = True
            request.axes_credentials = credentials

    def user_logged_in(self, sender, request, user, **kwargs):
        super().user_logged_in(sender, request, user, **kwargs)
        sweep_sometimes()

    def reset_user_attempts(self, request, credentials=None):
        """A success forgets the pair's failures, not those of its address: one account is no key for guessing others."""
        return _rows(request, credentials).filter(user_agent=PAIR).delete()[0]

    def clean_expired_user_attempts(self, request=None, credentials=None):
        """Overridden to delete nothing: `sweep_sometimes` does it, at most once an hour."""
        return 0


def _rows(request, credentials):
    """The rows that count for an attempt."""
    username = get_client_username(request, credentials) or ""
    return AccessAttempt.objects.filter(
        ip_address=network_of(request.axes_ip_address),
        user_agent__in=[PAIR, ADDRESS],
        username__in=[username, ANY_NAME],
    )


def closed(request, credentials=None):
    """The `Closed` that refuses an attempt, or None. One query, and nothing is written."""
    lockout = None
    for row in _rows(request, credentials):
        if row.user_agent == PAIR:
            is_full, until = row.failures_since_start >= PAIR_LIMIT, row.attempt_time + PAIR_CLOSED
        else:
            is_full, until = row.failures_since_start >= ADDRESS_LIMIT, row.attempt_time + ADDRESS_HOUR
        if is_full and until > request.axes_attempt_time and (lockout is None or until > lockout.until):
            lockout = Closed(row.user_agent, until)
    return lockout


def note_failure(request, credentials):
    """Count a wrong password for its pair, whose time begins with the last one, and its address, whose hour with the first."""
    now, network = request.axes_attempt_time, network_of(request.axes_ip_address)
    username = get_client_username(request, credentials) or ""
    with transaction.atomic():
        _count(PAIR, username, network, since=now - PAIR_CLOSED, attempt_time=now)
        _count(ADDRESS, ANY_NAME, network, since=now - ADDRESS_HOUR)
    sweep_sometimes()


def _count(limit, username, network, *, since, **moment):
    key = {"username": username, "ip_address": network, "user_agent": limit}
    one_more = {"failures_since_start": F("failures_since_start") + 1, **moment}
    if not AccessAttempt.objects.filter(**key, attempt_time__gt=since).update(**one_more):
        first, is_new = AccessAttempt.objects.get_or_create(**key, defaults={"failures_since_start": 1})
        if not is_new:
            AccessAttempt.objects.filter(pk=first.pk).update(failures_since_start=1, attempt_time=timezone.now())


def sweep_sometimes():
    """Sweep once in an hour, with whatever attempt comes first."""
    if cache.add("sign-ins-swept", True, 60 * 60):
        sweep()


def sweep():
    """Delete what was kept of sign-ins longer than it may be, and sessions that are over."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - FAILURES_KEPT).delete()
    AccessLog.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()


def locked_out(request, response, credentials=None):
    """The page of a refused sign-in: until when, and whom to ask."""
    shut = request.sign_in_closed
    minutes = max(-(-(shut.until - timezone.now()) // timedelta(minutes=1)), 1)
    context = {
        "of_address": shut.limit == ADDRESS,
        "until": shut.until,
        "minutes": minutes,
        "pair_limit": PAIR_LIMIT,
        "address_limit": ADDRESS_LIMIT,
        # What somebody typed before the session ended waits as long as they do.
        KEPT_FORM: kept_over_sign_in(request),
        "next": request.POST.get("next", ""),
    }
    page = render(request, "admin/locked_out.html", context, status=429)
    page["Retry-After"] = str(minutes * 60)
    add_never_cache_headers(page)
    return page
