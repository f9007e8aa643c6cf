"""The office side: Django's admin under our name, with the today page in front."""

from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class OfficeSite(admin.AdminSite):
    site_header = _("Yure office")
    site_title = _("Yure office")
    index_title = _("Today")
    site_url = "/"
    enable_nav_sidebar = True
    login_form = AuthenticationForm

    def index(self, request, extra_context=None):
        from config.site.today import today_page

        return super().index(request, {**(extra_context or {}), **today_page(request)})

    def login(self, request, extra_context=None):
        from config.site.accounts import demo_accounts_shown

        return super().login(request, {**(extra_context or {}), "demo_accounts": demo_accounts_shown()})
