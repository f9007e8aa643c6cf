"""Who may sign in: rights come from today's assignments; demo accounts only on loopback names."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Assignment
from config.checks import is_loopback
from config.kit import clock
from config.site.demo.clock import demo_is_loaded

DEMO_PASSWORD = "yure-demo-2018"
DEMO_ACCOUNTS = {
    "street": _("street officer"),
    "secretary-a": _("secretary of branch A"),
    "secretary-b": _("secretary of branch B"),
    "organisation-a": _("organisation officer of branch A"),
    "publicity-a": _("publicity officer of branch A"),
    "discipline": _("discipline officer"),
    "keeper": _("fund keeper"),
    "accountant": _("accountant"),
    "cashier": _("cashier"),
    "point": _("keeper of the education point"),
    "admin": _("administrator"),
}


def on_loopback_only():
    return all(is_loopback(host) for host in settings.ALLOWED_HOSTS)


def demo_accounts_shown():
    """`{user name: what it may do}` for the login page, or nothing where the demo accounts cannot sign in."""
    return DEMO_ACCOUNTS if on_loopback_only() and demo_is_loaded() else {}


class DemoAwareBackend(ModelBackend):
    """Django's own backend; rights follow the roles of the assignments in force today."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        # The demo password is printed in the README, so it opens nothing that strangers can reach.
        if password == DEMO_PASSWORD and username in DEMO_ACCOUNTS and not on_loopback_only():
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)

    def _get_group_permissions(self, user_obj):
        roles = Assignment.objects.in_force(clock.today()).filter(user=user_obj).values("role")
        return Permission.objects.filter(Q(group__name__in=roles) | Q(group__user=user_obj)).distinct()
