"""Who may sign in: rights come from today's assignments; demo accounts only on loopback names."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q

from branches.models import Assignment
from config.checks import is_loopback
from config.kit import clock
from config.site.demo.accounts import DEMO_PASSWORD, WORDS_OF_ACCOUNTS
from config.site.demo.clock import demo_is_loaded


def on_loopback_only():
    return all(is_loopback(host) for host in settings.ALLOWED_HOSTS)


def demo_accounts_shown():
    """`{user name: what it may do}` for the login page, or nothing where the demo accounts cannot sign in."""
    return WORDS_OF_ACCOUNTS if on_loopback_only() and demo_is_loaded() else {}


class DemoAwareBackend(ModelBackend):
    """Django's own backend; rights follow the roles of the assignments in force today."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        # The demo password is printed in the README, so it opens nothing that strangers can reach.
        if password == DEMO_PASSWORD and username in WORDS_OF_ACCOUNTS and not on_loopback_only():
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)

    def _get_group_permissions(self, user_obj):
        roles = Assignment.objects.in_force(clock.today()).filter(user=user_obj).values("role")
        return Permission.objects.filter(Q(group__name__in=roles) | Q(group__user=user_obj)).distinct()
