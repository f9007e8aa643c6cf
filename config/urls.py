"""Which address belongs to whom: Chinese at the bare path, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from activities.events.views import picture

urlpatterns: list[URLPattern | URLResolver] = [path("media/<path:name>", picture, name="picture")]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("", include("config.site.urls")),
    path("", include("activities.urls")),
    path("fund/", include("fund.urls")),
    path("honours/", include("honours.urls")),
    prefix_default_language=False,
)

handler400 = "config.site.errors.bad_request"
handler403 = "config.site.errors.forbidden"
handler404 = "config.site.errors.not_found"
handler500 = "config.site.errors.server_error"
